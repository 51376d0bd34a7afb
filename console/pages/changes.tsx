import { Card, Space, Table, Tag } from 'antd';
import { useContext, useState } from 'react';
import { PROPOSALS, type ProposalRow, type ProposalsData } from '../documents/changes.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { PROPOSAL_COLOURS, PROPOSAL_STATE_NAMES, useName, VERDICT_COLOURS, VERDICT_NAMES } from '../parts/names.ts';
import { Pager } from '../parts/pager.tsx';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';
import { linkTo } from '../route.ts';
import { ContractCheck } from './contract-check.tsx';
import { GraphVersions } from './graph-versions.tsx';
import { Removals } from './removals.tsx';

/**
 * 图谱变更: what is proposed and who has to sign it, what is announced to go, a contract held against the year's
 * operations, what was published.
 */
export function ChangesPage() {
  const text = useText();
  return (
    <>
      <h1>{text('图谱变更与会签', 'Changes of the graph and sign-offs')}</h1>
      <Space direction="vertical" size="middle" style={{ width: '100%' }}>
        <Proposals />
        <Removals />
        <ContractCheck />
        <GraphVersions />
      </Space>
    </>
  );
}

function Proposals() {
  const text = useText();
  const name = useName();
  const language = useContext(LanguageContext);
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const { data, errors, loading } = useGraph<ProposalsData>(
    PROPOSALS,
    { after: cursors[cursors.length - 1] ?? null },
    15_000,
  );
  const page = data?.schemaProposals;
  return (
    <Card title={text(`提案 ${page?.totalCount ?? 0} 件`, `${page?.totalCount ?? 0} proposals`)}>
      <Problems errors={errors} />
      <Table<ProposalRow>
        size="small"
        rowKey="id"
        loading={loading && data === null}
        pagination={false}
        dataSource={[...(page?.nodes ?? [])]}
        columns={[
          {
            title: text('提案', 'Proposal'),
            className: 'long',
            render: (_, row) => <a href={linkTo('proposal', row.id)}>{row.title}</a>,
          },
          { title: text('子图', 'Contracts'), render: (_, row) => row.contracts.map((c) => c.subgraph).join(', ') },
          { title: text('提案部门', 'Proposed by'), render: (_, row) => row.department.name },
          { title: text('提出时间', 'Proposed'), render: (_, row) => showTime(row.submittedAt, language) },
          {
            title: text('状态', 'State'),
            render: (_, row) => (
              <Tag color={PROPOSAL_COLOURS[row.state] ?? ''}>{name(PROPOSAL_STATE_NAMES, row.state)}</Tag>
            ),
          },
          {
            title: text('评审', 'Check'),
            render: (_, { verdict }) =>
              verdict === null ? '–' : <Tag color={VERDICT_COLOURS[verdict] ?? ''}>{name(VERDICT_NAMES, verdict)}</Tag>,
          },
          {
            title: text('待会签', 'To be signed by'),
            render: (_, row) => row.missingSignOffs.map((department) => department.name).join('、') || '–',
          },
          {
            title: text('版本', 'Version'),
            align: 'right',
            render: (_, row) => row.publishedNumber ?? '–',
          },
        ]}
      />
      <Pager cursors={cursors} pageInfo={page?.pageInfo} onTurn={setCursors} />
    </Card>
  );
}
