import { Alert, Button, Card, Form, Input, Space, Table, Tag, Typography } from 'antd';
import { useContext, useState } from 'react';
import { CHECK, type CheckData, VERSIONS, type VersionsData } from '../documents/stewardship.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';
import { linkTo } from '../route.ts';

interface Proposal {
  readonly subgraph: string;
  readonly sdl: string;
}

const LEVELS = { BREAKING: 'error', DANGEROUS: 'warning', SAFE: 'success' } as const;

/** 图谱变更: a contract held against the year's operations, and the versions that were published. */
export function ChangesPage() {
  const text = useText();
  const language = useContext(LanguageContext);
  const versions = useGraph<VersionsData>(VERSIONS, {});
  const [proposal, setProposal] = useState<Proposal>();
  const check = useGraph<CheckData>(CHECK, proposal === undefined ? undefined : { contracts: [proposal] });
  const verdict = check.data?.schemaCheck;
  return (
    <>
      <h1>{text('图谱变更', 'Changes of the graph')}</h1>
      <Space direction="vertical" size="middle" style={{ width: '100%' }}>
        <Card title={text('评审一份契约', 'Check a contract')}>
          <Form<Proposal> layout="vertical" onFinish={setProposal}>
            <Form.Item
              name="subgraph"
              label={text('子图（新名称表示加入）', 'Subgraph (a new name joins)')}
              rules={[{ required: true }]}
            >
              <Input placeholder="people" style={{ width: '16rem' }} />
            </Form.Item>
            <Form.Item name="sdl" label="SDL" rules={[{ required: true }]}>
              <Input.TextArea rows={6} spellCheck={false} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={proposal !== undefined && check.loading}>
              {text('评审', 'Check')}
            </Button>
          </Form>
          <Problems errors={check.errors} />
          {verdict == null ? null : (
            <section aria-live="polite" style={{ marginTop: 16 }}>
              <Alert
                type={verdict.verdict === 'PASSED' ? 'success' : 'error'}
                showIcon
                message={verdict.verdict === 'PASSED' ? text('通过', 'Passed') : text('不通过', 'Failed')}
                description={text(
                  `破坏性 ${verdict.breakingCount}，有风险 ${verdict.dangerousCount}，安全 ${verdict.safeCount}；对照 ${verdict.since} 以来的 ${verdict.documentCount} 个操作`,
                  `${verdict.breakingCount} breaking, ${verdict.dangerousCount} dangerous, ${verdict.safeCount} safe; held against ${verdict.documentCount} operations since ${verdict.since}`,
                )}
              />
              {verdict.compositionFindings.map((finding) => (
                <Typography.Paragraph key={finding} type="danger">
                  {finding}
                </Typography.Paragraph>
              ))}
              <Table
                size="small"
                rowKey={({ coordinate, kind }) => `${kind} ${coordinate}`}
                pagination={{ pageSize: 20, hideOnSinglePage: true }}
                dataSource={[...verdict.changes]}
                columns={[
                  {
                    title: text('等级', 'Level'),
                    render: (_, change) => <Tag color={LEVELS[change.level]}>{change.level}</Tag>,
                  },
                  { title: text('坐标', 'Coordinate'), dataIndex: 'coordinate' },
                  { title: text('变更', 'Change'), render: (_, change) => text(change.messageZh, change.messageEn) },
                  {
                    title: text('影响谁（一年内）', 'For whom (within a year)'),
                    render: (_, change) =>
                      change.level === 'SAFE' || change.usedBy.length === 0
                        ? '–'
                        : change.usedBy.map((use) => (
                            <div key={use.clientId}>
                              {use.departmentName} {use.clientId}: {use.operationNames.join(', ') || use.operationCount}{' '}
                              <small>{showTime(use.lastSeenAt, language)}</small>
                            </div>
                          )),
                  },
                ]}
              />
              <Table
                size="small"
                rowKey={({ coordinate, rule }) => `${rule} ${coordinate}`}
                pagination={{ pageSize: 20, hideOnSinglePage: true }}
                dataSource={[...verdict.lint]}
                columns={[
                  { title: text('规范', 'Rule'), dataIndex: 'rule' },
                  { title: text('坐标', 'Coordinate'), dataIndex: 'coordinate' },
                  {
                    title: text('问题', 'Finding'),
                    render: (_, finding) => text(finding.messageZh, finding.messageEn),
                  },
                ]}
              />
            </section>
          )}
        </Card>
        <Card
          title={text('已发布版本', 'Published versions')}
          extra={<a href={linkTo('fields')}>{text('浏览图谱', 'Browse the schema')}</a>}
        >
          <Problems errors={versions.errors} />
          <Table
            size="small"
            rowKey={({ graph, hash }) => `${graph} ${hash}`}
            pagination={{ pageSize: 10, hideOnSinglePage: true }}
            dataSource={[...(versions.data?.schemaVersions?.nodes ?? [])]}
            columns={[
              { title: text('图谱', 'Graph'), dataIndex: 'graph' },
              { title: text('指纹', 'SHA-256'), render: (_, version) => <code>{version.hash.slice(0, 16)}</code> },
              { title: text('发布时间', 'Published'), render: (_, version) => showTime(version.publishedAt, language) },
            ]}
          />
        </Card>
      </Space>
    </>
  );
}
