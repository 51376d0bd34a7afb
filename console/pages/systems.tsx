import { Segmented, Table, Tag } from 'antd';
import { useContext, useState } from 'react';
import { SYSTEMS, type SystemRow, type SystemsData } from '../documents/stewardship.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { HEALTH_COLOURS, HEALTH_NAMES, TIER_NAMES, useName } from '../parts/names.ts';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';
import { ExternalSubgraphs } from './external-subgraphs.tsx';

const EVERY_MILLISECONDS = 15_000;
const ALL = 'ALL';
/** What is broken stands first. */
const GRAVITY = ['DOWN', 'DEGRADED', 'UP', 'NOT_CONNECTED'];

/** 系统健康: every registered system with its health as last seen, and whom to call. */
export function SystemsPage() {
  const text = useText();
  const name = useName();
  const language = useContext(LanguageContext);
  const [health, setHealth] = useState(ALL);
  const { data, errors, loading } = useGraph<SystemsData>(SYSTEMS, {}, EVERY_MILLISECONDS);
  const systems = [data?.departmentSystems, data?.more, data?.further]
    .flatMap((page) => page?.nodes ?? [])
    .sort((a, b) => GRAVITY.indexOf(a.health) - GRAVITY.indexOf(b.health));
  const count = (wanted: string) => systems.filter((system) => system.health === wanted).length;
  return (
    <>
      <h1>{text('系统健康', 'Health of systems')}</h1>
      <Problems errors={errors} />
      <ExternalSubgraphs rows={data?.externalSubgraphs ?? []} />
      <Segmented
        style={{ marginBottom: 16 }}
        value={health}
        onChange={setHealth}
        options={[
          { value: ALL, label: `${text('全部', 'All')} ${systems.length}` },
          ...Object.keys(HEALTH_NAMES).map((code) => ({
            value: code,
            label: `${name(HEALTH_NAMES, code)} ${count(code)}`,
          })),
        ]}
      />
      <Table<SystemRow>
        size="small"
        rowKey="code"
        loading={loading && data === null}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        dataSource={systems.filter((system) => health === ALL || system.health === health)}
        columns={[
          {
            title: text('系统', 'System'),
            render: (_, row) => (
              <>
                {row.name ?? text('待补', 'to be named')} <small>{row.code}</small>
              </>
            ),
          },
          { title: text('部门', 'Department'), dataIndex: 'departmentName' },
          { title: text('层级', 'Tier'), render: (_, row) => name(TIER_NAMES, row.tier) },
          {
            title: text('状态', 'Health'),
            render: (_, row) => <Tag color={HEALTH_COLOURS[row.health] ?? ''}>{name(HEALTH_NAMES, row.health)}</Tag>,
          },
          {
            title: text('数据量（行）', 'Rows'),
            align: 'right',
            render: (_, row) => row.rowCount?.toLocaleString() ?? '–',
          },
          {
            title: text('最近同步', 'Last given'),
            render: (_, row) => (row.lastSyncedAt === null ? '–' : showTime(row.lastSyncedAt, language)),
          },
          { title: text('联系处室', 'Whom to call'), render: (_, row) => row.contactOffice ?? '–' },
        ]}
      />
    </>
  );
}
