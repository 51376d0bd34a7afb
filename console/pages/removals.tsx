import { Card, Table, Tag } from 'antd';
import { useContext } from 'react';
import { REMOVALS, type Removal, type RemovalsData } from '../documents/changes.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';

/** 停用公告: what is announced to go, on which day, what replaces it, and who still uses it. */
export function Removals() {
  const text = useText();
  const language = useContext(LanguageContext);
  const { data, errors } = useGraph<RemovalsData>(REMOVALS, {}, 15_000);
  const removals = data?.announcedRemovals ?? [];
  if (removals.length === 0) return null;
  return (
    <Card title={text(`停用公告 ${removals.length} 项`, `${removals.length} announced removals`)}>
      <Problems errors={errors} />
      <Table<Removal>
        size="small"
        rowKey="coordinate"
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        dataSource={[...removals]}
        columns={[
          { title: text('坐标', 'Coordinate'), className: 'long', dataIndex: 'coordinate' },
          { title: text('数源部门', 'Owner'), render: (_, { owner }) => owner.name },
          {
            title: text('移除日期', 'Goes on'),
            render: (_, { isDue, removalOn }) => (
              <>
                {removalOn} {isDue ? <Tag color="warning">{text('已到期', 'due')}</Tag> : null}
              </>
            ),
          },
          { title: text('替代', 'Replaced by'), render: (_, { replacement }) => replacement ?? '–' },
          {
            title: text('仍在使用', 'Still used by'),
            className: 'long',
            render: (_, { clients }) =>
              clients === null || clients.length === 0
                ? '–'
                : clients.map((client) => (
                    <div key={client.clientId}>
                      {client.departmentName} {client.clientId}: {client.operationNames.join(', ')}{' '}
                      <small>{showTime(client.lastSeenAt, language)}</small>{' '}
                      {client.acknowledgedAt === null ? (
                        <Tag color="error">{text('未知悉', 'not acknowledged')}</Tag>
                      ) : (
                        <Tag color="success">{text('已知悉', 'acknowledged')}</Tag>
                      )}
                    </div>
                  )),
          },
        ]}
      />
    </Card>
  );
}
