import { Table, Tag } from 'antd';
import { useContext } from 'react';
import type { Change } from '../documents/changes.ts';
import { LanguageContext, useText } from '../language.ts';
import { CHANGE_LEVEL_NAMES, useName } from './names.ts';
import { showTime } from './time.ts';

const COLOURS = { BREAKING: 'error', DANGEROUS: 'warning', SAFE: 'success' } as const;

/** What changes for clients, the gravest first; `withUse`: and for whom. */
export function ChangeTable({ changes, withUse }: { changes: readonly Change[]; withUse: boolean }) {
  const text = useText();
  const name = useName();
  const language = useContext(LanguageContext);
  return (
    <Table<Change>
      size="small"
      rowKey={({ coordinate, kind, messageEn }) => `${kind} ${coordinate} ${messageEn}`}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      dataSource={[...changes]}
      columns={[
        {
          title: text('等级', 'Level'),
          render: (_, { level }) => <Tag color={COLOURS[level]}>{name(CHANGE_LEVEL_NAMES, level)}</Tag>,
        },
        { title: text('坐标', 'Coordinate'), className: 'long', dataIndex: 'coordinate' },
        {
          title: text('变更', 'Change'),
          className: 'long',
          render: (_, change) => text(change.messageZh, change.messageEn),
        },
        ...(withUse
          ? [
              {
                title: text('影响谁（一年内）', 'For whom (within a year)'),
                render: (_: unknown, { level, usedBy }: Change) =>
                  level === 'SAFE' || usedBy.length === 0
                    ? '–'
                    : usedBy.map((use) => (
                        <div key={use.clientId}>
                          {use.departmentName} {use.clientId}: {use.operationNames.join(', ') || use.operationCount}{' '}
                          <small>{showTime(use.lastSeenAt, language)}</small>
                        </div>
                      )),
              },
            ]
          : []),
      ]}
    />
  );
}
