import { Button, Card, Form, Input, Space, Table, Tag } from 'antd';
import { useContext, useState } from 'react';
import { useAct } from '../act.ts';
import {
  DIFFERENCE,
  type DifferenceData,
  ROLL_BACK,
  VERSIONS,
  type VersionRow,
  type VersionsData,
} from '../documents/changes.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { ChangeTable } from '../parts/change-table.tsx';
import { useName, VERSION_ORIGIN_NAMES } from '../parts/names.ts';
import { Pager } from '../parts/pager.tsx';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';
import { linkTo } from '../route.ts';

/** 已发布版本: every graph that was served, what differs, and the way back. */
export function GraphVersions() {
  const text = useText();
  const name = useName();
  const language = useContext(LanguageContext);
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const [chosen, setChosen] = useState<{ readonly number: number; readonly what: 'DIFFERENCE' | 'ROLL_BACK' }>();
  const versions = useGraph<VersionsData>(VERSIONS, { after: cursors[cursors.length - 1] ?? null }, 15_000);
  const page = versions.data?.graphVersions;
  const mayPublish = versions.data?.currentCaller?.rights.includes('schema.publish') === true;
  return (
    <Card
      title={text('已发布版本', 'Published versions')}
      extra={<a href={linkTo('fields')}>{text('浏览图谱', 'Browse the schema')}</a>}
    >
      <Problems errors={versions.errors} />
      <Table<VersionRow>
        size="small"
        rowKey="number"
        loading={versions.loading && versions.data === null}
        pagination={false}
        dataSource={[...(page?.nodes ?? [])]}
        expandable={{
          expandedRowKeys: chosen === undefined ? [] : [chosen.number],
          showExpandColumn: false,
          // Rows that were open once are kept, hidden.
          expandedRowRender: ({ number }) =>
            chosen?.number !== number ? null : chosen.what === 'ROLL_BACK' ? (
              <RollBack
                to={number}
                onDone={() => {
                  setChosen(undefined);
                  versions.again();
                }}
              />
            ) : (
              <Difference number={number} />
            ),
        }}
        columns={[
          {
            title: text('版本', 'Version'),
            render: (_, { inForce, number }) => (
              <>
                {number} {inForce ? <Tag color="success">{text('现行', 'In force')}</Tag> : null}
              </>
            ),
          },
          {
            title: text('由来', 'Origin'),
            render: (_, { origin, proposal, rolledBackTo }) => (
              <>
                {name(VERSION_ORIGIN_NAMES, origin)}
                {rolledBackTo === null ? null : ` → ${rolledBackTo}`}
                {proposal === null ? null : (
                  <>
                    {' '}
                    <a href={linkTo('proposal', proposal.id)}>{proposal.title}</a>
                  </>
                )}
              </>
            ),
          },
          { title: text('说明', 'Note'), className: 'long', render: (_, { note }) => note ?? '–' },
          {
            title: text('发布', 'Published'),
            render: (_, version) => (
              <>
                {version.department.name} <small>{showTime(version.publishedAt, language)}</small>
              </>
            ),
          },
          {
            title: text('装载', 'Loaded'),
            render: (_, { loads }) => <Loads loads={loads} />,
          },
          {
            title: text('指纹', 'SHA-256'),
            render: (_, version) => <code>{version.supergraphHash.slice(0, 12)}</code>,
          },
          {
            title: text('办理', 'Actions'),
            render: (_, { inForce, number }) => (
              <Space wrap>
                {number > 1 ? (
                  <Button
                    size="small"
                    aria-expanded={chosen?.number === number && chosen.what === 'DIFFERENCE'}
                    aria-label={text(`版本 ${number} 的差异`, `What version ${number} changed`)}
                    onClick={() => setChosen(toggled(chosen, { number, what: 'DIFFERENCE' }))}
                  >
                    {text('差异', 'Difference')}
                  </Button>
                ) : null}
                {inForce || !mayPublish ? null : (
                  <Button
                    size="small"
                    aria-expanded={chosen?.number === number && chosen.what === 'ROLL_BACK'}
                    aria-label={text(`退回到版本 ${number}`, `Roll back to version ${number}`)}
                    onClick={() => setChosen(toggled(chosen, { number, what: 'ROLL_BACK' }))}
                  >
                    {text('退回', 'Roll back')}
                  </Button>
                )}
              </Space>
            ),
          },
        ]}
      />
      <Pager cursors={cursors} pageInfo={page?.pageInfo} onTurn={setCursors} />
    </Card>
  );
}

type Chosen = { readonly number: number; readonly what: 'DIFFERENCE' | 'ROLL_BACK' };

/** Chosen again is closed again. */
function toggled(before: Chosen | undefined, next: Chosen): Chosen | undefined {
  return before?.number === next.number && before.what === next.what ? undefined : next;
}

function Loads({ loads }: { loads: VersionRow['loads'] }) {
  const text = useText();
  const failed = loads.find(({ loaded }) => !loaded);
  if (failed !== undefined) return <Tag color="error">{failed.reason ?? text('未装载', 'Not loaded')}</Tag>;
  return <>{loads.length === 0 ? '–' : text(`${loads.length} 个枢纽`, `${loads.length} hubs`)}</>;
}

function Difference({ number }: { number: number }) {
  const text = useText();
  const { data, errors, loading } = useGraph<DifferenceData>(DIFFERENCE, { from: number - 1, to: number });
  const changes = data?.graphDifference;
  return (
    <section aria-live="polite">
      <Problems errors={errors} />
      <p>
        {loading
          ? text('正在比较…', 'Comparing …')
          : text(
              `版本 ${number - 1} → ${number}：${changes?.length ?? 0} 处变更`,
              `Version ${number - 1} → ${number}: ${changes?.length ?? 0} changes`,
            )}
      </p>
      {changes == null || changes.length === 0 ? null : <ChangeTable changes={changes} withUse={false} />}
    </section>
  );
}

function RollBack({ to, onDone }: { to: number; onDone: () => void }) {
  const text = useText();
  const { busy, problems, run } = useAct(ROLL_BACK);
  const rollBack = async ({ reason }: { reason: string }) => {
    if ((await run({ toNumber: to, reason })) !== undefined) onDone();
  };
  return (
    <Form<{ reason: string }> layout="inline" onFinish={(typed) => void rollBack(typed)}>
      <Form.Item
        name="reason"
        label={text(`退回到版本 ${to} 的原因`, `Why version ${to} comes back`)}
        rules={[{ required: true, min: 2, max: 300 }]}
      >
        <Input autoFocus style={{ width: '26rem' }} />
      </Form.Item>
      <Button type="primary" danger htmlType="submit" loading={busy}>
        {text('确认退回', 'Roll back')}
      </Button>
      <Problems errors={problems} of="act" />
    </Form>
  );
}
