import { Card, Space, Table, Tag, Timeline } from 'antd';
import { useContext } from 'react';
import { type Clock, type DutyRow, SHARING, type SharingData, type SharingRow } from '../documents/stewardship.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { MATTER_NAMES, REQUEST_STATE_NAMES, useName } from '../parts/names.ts';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';
import { linkTo } from '../route.ts';

/** 共享申请与时钟: what departments ask of each other, whose move it is, and until when. */
export function SharingPage() {
  const text = useText();
  const name = useName();
  const { data, errors, loading } = useGraph<SharingData>(SHARING, {}, 30_000);
  return (
    <>
      <h1>{text('共享申请与时钟', 'Sharing requests and their clocks')}</h1>
      <Problems errors={errors} />
      <Space direction="vertical" size="middle" style={{ width: '100%' }}>
        <Card
          title={text(
            `待办 ${data?.duties.totalCount ?? 0} 项，先到期的在前`,
            `${data?.duties.totalCount ?? 0} duties, the first due first`,
          )}
        >
          <Table<DutyRow>
            size="small"
            rowKey={(duty) => `${duty.matterKind} ${duty.department.name} ${duty.deadline.dueAt} ${duty.startedOn}`}
            loading={loading && data === null}
            pagination={{ pageSize: 10, hideOnSinglePage: true }}
            dataSource={[...(data?.duties.nodes ?? [])]}
            columns={[
              { title: text('事项', 'Matter'), render: (_, duty) => name(MATTER_NAMES, duty.matterKind) },
              { title: text('责任部门', 'Whose move'), render: (_, duty) => duty.department.name },
              { title: text('起算', 'Since'), dataIndex: 'startedOn' },
              { title: text('期限', 'Due'), render: (_, duty) => <DueBy clock={duty.deadline} /> },
              { title: text('依据', 'Legal basis'), render: (_, duty) => duty.deadline.legalBasis },
            ]}
          />
        </Card>
        <Card
          title={text(
            `共享申请 ${data?.sharingRequests.totalCount ?? 0} 件`,
            `${data?.sharingRequests.totalCount ?? 0} sharing requests`,
          )}
        >
          <Table<SharingRow>
            size="small"
            rowKey="id"
            loading={loading && data === null}
            pagination={{ pageSize: 10, hideOnSinglePage: true }}
            dataSource={[...(data?.sharingRequests.nodes ?? [])]}
            expandable={{ expandedRowRender: (request) => <Steps request={request} /> }}
            columns={[
              { title: text('申请部门', 'Asks'), render: (_, request) => request.requestingDepartment.name },
              { title: text('提供部门', 'Is asked'), render: (_, request) => request.providingDepartment.name },
              {
                title: text('信息项', 'Items'),
                render: (_, request) =>
                  request.coordinates.map((coordinate) => (
                    <a key={coordinate} href={linkTo('field', coordinate)}>
                      {coordinate}{' '}
                    </a>
                  )),
              },
              {
                title: text('状态', 'State'),
                render: (_, request) => <Tag>{name(REQUEST_STATE_NAMES, request.state)}</Tag>,
              },
              { title: text('轮到', 'Whose move'), render: (_, request) => request.dutyOf?.name ?? '–' },
              {
                title: text('期限', 'Due'),
                render: (_, request) => (request.deadline === null ? '–' : <DueBy clock={request.deadline} />),
              },
            ]}
          />
        </Card>
      </Space>
    </>
  );
}

function DueBy({ clock }: { clock: Clock }) {
  const text = useText();
  const left = clock.overdue
    ? text('已超期', 'overdue')
    : text(`还有 ${clock.workingDaysLeft} 个工作日`, `${clock.workingDaysLeft} working days left`);
  return (
    <span title={text(clock.ruleTitleZh, clock.ruleTitleEn)}>
      {clock.dueOn}{' '}
      <Tag color={clock.overdue ? 'error' : clock.workingDaysLeft <= 2 ? 'warning' : 'default'}>{left}</Tag>
      {clock.certainty === 'PROVISIONAL' ? <small>{text('（暂算）', '(provisional)')}</small> : null}
    </span>
  );
}

function Steps({ request }: { request: SharingRow }) {
  const language = useContext(LanguageContext);
  return (
    <>
      <p>{request.purposeText}</p>
      <Timeline
        items={request.steps.map((step) => ({
          key: step.ordinal,
          children: `${showTime(step.at, language)} ${step.actorDepartment.name} ${step.eventZh} → ${step.toStateZh}${step.note === null ? '' : `：${step.note}`}`,
        }))}
      />
    </>
  );
}
