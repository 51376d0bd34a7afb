import { Alert, Table, Typography } from 'antd';
import type { Verdict } from '../documents/changes.ts';
import { useText } from '../language.ts';
import { ChangeTable } from './change-table.tsx';

/** 评审结论: whether contracts may land, what they change for whom, and which rules they break. */
export function CheckVerdict({ verdict }: { verdict: Verdict }) {
  const text = useText();
  const passed = verdict.verdict === 'PASSED';
  const owners = verdict.owners.map(({ name }) => name).join('、');
  return (
    <section aria-live="polite" style={{ marginTop: 16 }}>
      <Alert
        type={passed ? 'success' : 'error'}
        showIcon
        style={{ marginBottom: 12 }}
        message={passed ? text('通过', 'Passed') : text('不通过', 'Failed')}
        description={text(
          `破坏性 ${verdict.breakingCount}，有风险 ${verdict.dangerousCount}，安全 ${verdict.safeCount}；对照 ${verdict.since} 以来的 ${verdict.documentCount} 个操作；须会签：${owners || '无'}`,
          `${verdict.breakingCount} breaking, ${verdict.dangerousCount} dangerous, ${verdict.safeCount} safe; held against ${verdict.documentCount} operations since ${verdict.since}; to be signed by ${owners || 'nobody'}`,
        )}
      />
      {verdict.compositionFindings.map((finding) => (
        <Typography.Paragraph key={finding} type="danger">
          {finding}
        </Typography.Paragraph>
      ))}
      {verdict.changes.length === 0 ? null : <ChangeTable changes={verdict.changes} withUse />}
      {verdict.lint.length === 0 ? null : (
        <Table
          size="small"
          rowKey={({ coordinate, rule }) => `${rule} ${coordinate}`}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          dataSource={[...verdict.lint]}
          columns={[
            { title: text('规范', 'Rule'), dataIndex: 'rule' },
            { title: text('坐标', 'Coordinate'), className: 'long', dataIndex: 'coordinate' },
            {
              title: text('问题', 'Finding'),
              className: 'long',
              render: (_, finding) => text(finding.messageZh, finding.messageEn),
            },
          ]}
        />
      )}
    </section>
  );
}
