import { Card, Table, Tag } from 'antd';
import { useContext } from 'react';
import type { ExternalRow } from '../documents/stewardship.ts';
import { LanguageContext, useText } from '../language.ts';
import { HEALTH_COLOURS, HEALTH_NAMES, useName } from '../parts/names.ts';
import { showTime } from '../parts/time.ts';
import { linkTo } from '../route.ts';

/** 外部子图: departments' own services, their health, their windows, and how long each field takes. */
export function ExternalSubgraphs({ rows }: { rows: readonly ExternalRow[] }) {
  const text = useText();
  const name = useName();
  const language = useContext(LanguageContext);
  if (rows.length === 0) return null;
  return (
    <Card title={text('外部子图', 'Departments’ own services')} style={{ marginBottom: 16 }}>
      <Table<ExternalRow>
        size="small"
        rowKey="name"
        pagination={false}
        dataSource={[...rows]}
        expandable={{
          rowExpandable: ({ fields }) => fields.length > 0,
          expandedRowRender: ({ fields }) => <Fields fields={fields} />,
        }}
        columns={[
          { title: text('子图', 'Service'), dataIndex: 'name' },
          { title: text('部门', 'Department'), render: (_, row) => row.department.name },
          {
            title: text('状态', 'Health'),
            render: (_, row) =>
              row.active ? (
                <Tag color={HEALTH_COLOURS[row.health] ?? ''}>{name(HEALTH_NAMES, row.health)}</Tag>
              ) : (
                <Tag>{text('已退出', 'Has left')}</Tag>
              ),
          },
          { title: text('接入', 'Admitted'), render: (_, row) => showTime(row.admittedAt, language) },
          {
            title: text('维护窗口', 'Maintenance'),
            className: 'long',
            render: (_, { maintenance }) =>
              maintenance.length === 0
                ? '–'
                : maintenance.map(({ endsAt, reason, startsAt }) => (
                    <div key={startsAt}>
                      {showTime(startsAt, language)} – {showTime(endsAt, language)} {reason}
                    </div>
                  )),
          },
        ]}
      />
    </Card>
  );
}

function Fields({ fields }: Pick<ExternalRow, 'fields'>) {
  const text = useText();
  return (
    <Table
      size="small"
      rowKey="coordinate"
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      dataSource={[...fields]}
      columns={[
        {
          title: text('字段', 'Field'),
          render: (_, { coordinate }) => <a href={linkTo('field', coordinate)}>{coordinate}</a>,
        },
        { title: text('请求数', 'Requests'), dataIndex: 'requestCount', align: 'right' },
        { title: text('失败数', 'Failed'), dataIndex: 'errorCount', align: 'right' },
        {
          title: text('中位耗时（毫秒）', 'Median (ms)'),
          align: 'right',
          render: (_, row) => row.medianMilliseconds ?? '–',
        },
        {
          title: text('95% 耗时（毫秒）', '95 % (ms)'),
          align: 'right',
          render: (_, row) => row.p95Milliseconds ?? '–',
        },
      ]}
    />
  );
}
