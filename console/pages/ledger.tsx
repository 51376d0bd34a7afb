import { Button, Form, Input, Select, Table, Tag, Typography } from 'antd';
import { useContext, useState } from 'react';
import {
  LEDGER,
  type LedgerData,
  type LedgerLine,
  type Named,
  PURPOSES,
  type PurposesData,
} from '../documents/stewardship.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { DECISION_NAMES, useName } from '../parts/names.ts';
import { Pager } from '../parts/pager.tsx';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';

interface Sought {
  readonly subject?: string;
  readonly clientId?: string;
  readonly departmentCode?: string;
  readonly coordinate?: string;
  readonly decision?: string;
  readonly from?: string;
  readonly to?: string;
}

const COLOURS: Readonly<Record<LedgerLine['decision'], string>> = {
  READ: 'blue',
  UNMASKED: 'gold',
  REFUSED: 'red',
  WRITE: 'green',
};

/** 谁读过此人，为什么: a search of the access log. Whom one looks for goes into the request's body, never an address. */
export function LedgerPage() {
  const text = useText();
  const name = useName();
  const language = useContext(LanguageContext);
  const [filter, setFilter] = useState<Record<string, unknown>>();
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const { data, errors, loading } = useGraph<LedgerData>(
    LEDGER,
    filter === undefined ? undefined : { filter, after: cursors[cursors.length - 1] },
  );
  const purposes = useGraph<PurposesData>(PURPOSES, {}).data;
  const named = (list: readonly Named[] | undefined, code: string | null) => {
    const found = list?.find((candidate) => candidate.code === code);
    return found === undefined ? (code ?? '–') : text(found.nameZh, found.nameEn);
  };
  const page = data?.accessLog;
  const search = (sought: Sought) => {
    setCursors([undefined]);
    setFilter(filterOf(sought));
  };
  return (
    <>
      <h1>{text('谁读过此人，为什么', 'Who read this person, and why')}</h1>
      <Form<Sought> layout="inline" onFinish={search} style={{ rowGap: 12, marginBottom: 16 }}>
        <Form.Item name="subject" label={text('人员编号', 'Person')}>
          <Input autoFocus allowClear placeholder="Person:…" style={{ width: '24rem' }} />
        </Form.Item>
        <Form.Item name="clientId" label={text('接入方', 'Client')}>
          <Input allowClear style={{ width: '11rem' }} />
        </Form.Item>
        <Form.Item name="departmentCode" label={text('部门代码', 'Department')}>
          <Input allowClear style={{ width: '11rem' }} />
        </Form.Item>
        <Form.Item name="coordinate" label={text('字段', 'Field')}>
          <Input allowClear placeholder="Person.phone" style={{ width: '12rem' }} />
        </Form.Item>
        <Form.Item name="decision" label={text('结果', 'Outcome')}>
          <Select
            allowClear
            style={{ width: '9rem' }}
            options={Object.keys(DECISION_NAMES).map((code) => ({ value: code, label: name(DECISION_NAMES, code) }))}
          />
        </Form.Item>
        <Form.Item name="from" label={text('自', 'From')}>
          <Input type="date" style={{ width: '10rem' }} />
        </Form.Item>
        <Form.Item name="to" label={text('至（含）', 'Until (incl.)')}>
          <Input type="date" style={{ width: '10rem' }} />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {text('查询', 'Search')}
        </Button>
      </Form>
      <Problems errors={errors} />
      {filter === undefined ? (
        <Typography.Paragraph type="secondary">
          {text('查询本身也会记入访问日志。', 'The search itself goes on record, too.')}
        </Typography.Paragraph>
      ) : (
        <>
          <p role="status">
            {page == null
              ? ''
              : text(
                  `共 ${page.totalCount}${page.totalCountCapped ? '+' : ''} 次访问`,
                  `${page.totalCount}${page.totalCountCapped ? '+' : ''} accesses`,
                )}
          </p>
          <Table<LedgerLine>
            size="small"
            rowKey={(line) => `${line.requestId} ${line.decision} ${line.at}`}
            loading={loading}
            pagination={false}
            dataSource={[...(page?.nodes ?? [])]}
            expandable={{ expandedRowRender: (line) => <Fields line={line} /> }}
            columns={[
              { title: text('时间', 'When'), render: (_, { at }) => showTime(at, language) },
              {
                title: text('谁', 'Who'),
                render: (_, line) => (
                  <>
                    {line.departmentName} <small>{line.clientId}</small>
                    {line.workerId === null ? null : <div>{line.workerId}</div>}
                  </>
                ),
              },
              {
                title: text('为什么', 'Why'),
                render: (_, line) => (
                  <>
                    {named(purposes?.useScenarios, line.scenarioCode)}
                    <div>
                      <small>{named(purposes?.legalBases, line.legalBasisCode)}</small>
                    </div>
                  </>
                ),
              },
              {
                title: text('结果', 'Outcome'),
                render: (_, { decision }) => <Tag color={COLOURS[decision]}>{name(DECISION_NAMES, decision)}</Tag>,
              },
              {
                title: text('通过哪个操作', 'Through which operation'),
                render: (_, line) => (
                  <span title={line.operationHash}>{line.operationName ?? line.operationHash.slice(0, 12)}</span>
                ),
              },
              { title: text('对象数', 'Objects'), dataIndex: 'rowCount', align: 'right' },
            ]}
          />
          <Pager cursors={cursors} pageInfo={page?.pageInfo} onTurn={setCursors} />
        </>
      )}
    </>
  );
}

function Fields({ line }: { line: LedgerLine }) {
  const text = useText();
  const groups: [string, readonly string[]][] = [
    [text('给出', 'Given'), line.givenCoordinates],
    [text('去脱敏', 'Unmasked'), line.unmaskedCoordinates],
    [text('脱敏', 'Masked'), line.maskedCoordinates],
    [text('拒绝', 'Refused'), line.refusedCoordinates],
  ];
  return (
    <>
      {groups.map(([label, coordinates]) =>
        coordinates.length === 0 ? null : (
          <p key={label}>
            <strong>{label}</strong>{' '}
            {coordinates.map((coordinate) => (
              <Tag key={coordinate}>{coordinate}</Tag>
            ))}
          </p>
        ),
      )}
      <small>{line.requestId}</small>
    </>
  );
}

/** Days are China's; the last one is meant whole. */
function filterOf({
  subject,
  clientId,
  departmentCode,
  coordinate,
  decision,
  from,
  to,
}: Sought): Record<string, unknown> {
  const given = (value: string | undefined) => (value?.trim() ? value.trim() : undefined);
  const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000).toISOString();
  const filter = {
    subjectIds: given(subject) === undefined ? undefined : [given(subject)],
    clientId: given(clientId),
    departmentCode: given(departmentCode),
    coordinate: given(coordinate),
    decision: given(decision),
    from: given(from) === undefined ? undefined : `${from}T00:00:00+08:00`,
    to: given(to) === undefined ? undefined : dayAfter(to as string), // given, by the line before
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
