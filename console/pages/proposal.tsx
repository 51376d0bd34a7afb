import { Button, Card, Descriptions, Empty, Form, Input, Space, Spin, Steps, Table, Tag, Timeline } from 'antd';
import { useContext, useState } from 'react';
import { useAct } from '../act.ts';
import {
  ADVANCE,
  type Caller,
  PROPOSAL,
  type Proposal,
  type ProposalData,
  SIGN,
  type SignOff,
} from '../documents/changes.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { CheckVerdict } from '../parts/check-verdict.tsx';
import { PROPOSAL_STATE_NAMES, useName } from '../parts/names.ts';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';
import { linkTo } from '../route.ts';

const ROAD = ['DRAFT', 'REVIEWED', 'APPROVED', 'PUBLISHED'];
const ENDED_EARLY = new Set(['REJECTED', 'WITHDRAWN']);

/** 一件提案: how far it is, what it changes for whom, who has signed and who must, and what the user may do with it. */
export function ProposalPage({ id }: { id: string }) {
  const text = useText();
  const name = useName();
  const { again, data, errors, loading } = useGraph<ProposalData>(PROPOSAL, { id }, 15_000);
  const proposal = data?.node;
  if (data === null && loading) return <Spin />;
  if (proposal?.id === undefined) {
    return (
      <>
        <Problems errors={errors} />
        <Empty description={text('没有这件提案', 'There is no such proposal')} />
      </>
    );
  }
  const ended = ENDED_EARLY.has(proposal.state);
  return (
    <>
      <h1>
        {proposal.title}{' '}
        <a className="aside" href={linkTo('changes')}>
          {text('全部提案', 'All proposals')}
        </a>
      </h1>
      <Problems errors={errors} />
      <Space direction="vertical" size="middle" style={{ width: '100%' }}>
        <Card>
          <Steps
            size="small"
            current={ended ? 0 : ROAD.indexOf(proposal.state)}
            status={ended ? 'error' : proposal.state === 'PUBLISHED' ? 'finish' : 'process'}
            items={ROAD.map((state, index) => ({
              title: name(PROPOSAL_STATE_NAMES, ended && index === 0 ? proposal.state : state),
            }))}
          />
          <Descriptions
            size="small"
            style={{ marginTop: 16 }}
            column={{ xs: 1, lg: 2 }}
            items={factsOf(proposal, text).map(([label, children]) => ({ key: label, label, children }))}
          />
        </Card>
        <Actions key={proposal.state} proposal={proposal} onDone={again} />
        <SignOffs proposal={proposal} caller={data?.currentCaller ?? undefined} onDone={again} />
        {proposal.check === null ? null : (
          <Card title={text('评审', 'Check')}>
            <CheckVerdict verdict={proposal.check} />
          </Card>
        )}
        <History proposal={proposal} />
      </Space>
    </>
  );
}

function factsOf(proposal: Proposal, text: ReturnType<typeof useText>): [string, string][] {
  return [
    [text('理由', 'Reason'), proposal.reason],
    [text('提案部门', 'Proposed by'), proposal.department.name],
    [text('契约', 'Contracts'), proposal.contracts.map(({ subgraph }) => subgraph).join(', ')],
    [text('稿次', 'Revision'), String(proposal.revision)],
    [text('发布版本', 'Published as'), proposal.publishedNumber === null ? '–' : String(proposal.publishedNumber)],
  ];
}

/** What the user may do now; steps that take a contract are taken where contracts are sent. */
function Actions({ proposal, onDone }: { proposal: Proposal; onDone: () => void }) {
  const text = useText();
  const { busy, problems, run } = useAct(ADVANCE);
  const [note, setNote] = useState('');
  const offered = proposal.availableTransitions.filter(({ requiredInputs }) => !requiredInputs.includes('contracts'));
  if (offered.length === 0) return null;
  const take = async (event: string) => {
    const given = note.trim();
    await run({ id: proposal.id, event, ...(given === '' ? {} : { note: given }) });
    onDone();
  };
  return (
    <Card title={text('办理', 'What can be done')}>
      <Problems errors={problems} of="act" />
      <Space wrap>
        <Input
          style={{ width: '28rem' }}
          maxLength={500}
          aria-label={text('意见', 'Note')}
          placeholder={text('意见（退回、不予采纳时必填）', 'Note (needed to return or reject)')}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        {offered.map((transition) => (
          <Button
            key={transition.event}
            type={['REVIEW', 'APPROVE', 'PUBLISH'].includes(transition.event) ? 'primary' : 'default'}
            loading={busy}
            disabled={!transition.ready || (transition.requiredInputs.includes('note') && note.trim() === '')}
            onClick={() => void take(transition.event)}
          >
            {text(transition.nameZh, transition.nameEn)}
          </Button>
        ))}
      </Space>
    </Card>
  );
}

interface Signer {
  readonly code: string;
  readonly name: string;
  readonly word: SignOff | undefined;
}

/** 会签: every department that owns what changes, with its word on this revision; one's own is given here. */
function SignOffs(props: { proposal: Proposal; caller: Caller | undefined; onDone: () => void }) {
  const { caller, onDone, proposal } = props;
  const text = useText();
  const language = useContext(LanguageContext);
  const owners = proposal.check?.owners ?? [];
  if (owners.length === 0) return null;
  const signers = owners.map(({ code, name }): Signer => {
    const word = proposal.signOffs.find((s) => s.department.code === code && s.revision === proposal.revision);
    return { code, name, word };
  });
  const open = proposal.state === 'REVIEWED' || proposal.state === 'APPROVED';
  const isOwner = owners.some(({ code }) => code === caller?.departmentCode);
  return (
    <Card title={text('会签', 'Sign-offs')}>
      <Table<Signer>
        size="small"
        rowKey="code"
        pagination={false}
        dataSource={signers}
        columns={[
          { title: text('数源部门', 'Owner'), dataIndex: 'name' },
          {
            title: text('意见', 'Word'),
            render: (_, { word }) =>
              word === undefined ? (
                <Tag>{text('待会签', 'To be signed')}</Tag>
              ) : (
                <Tag color={word.agreed ? 'success' : 'error'}>
                  {word.agreed ? text('同意', 'Agrees') : text('不同意', 'Objects')}
                </Tag>
              ),
          },
          { title: text('说明', 'Note'), className: 'long', render: (_, { word }) => word?.note ?? '–' },
          {
            title: text('时间', 'When'),
            render: (_, { word }) => (word === undefined ? '–' : showTime(word.signedAt, language)),
          },
        ]}
      />
      {open && isOwner && caller !== undefined ? <Sign proposal={proposal} caller={caller} onDone={onDone} /> : null}
    </Card>
  );
}

function Sign({ caller, onDone, proposal }: { proposal: Proposal; caller: Caller; onDone: () => void }) {
  const text = useText();
  const { busy, problems, run } = useAct(SIGN);
  const [note, setNote] = useState('');
  const sign = async (agreed: boolean) => {
    const given = note.trim();
    await run({ id: proposal.id, agreed, ...(given === '' ? {} : { note: given }) });
    onDone();
  };
  return (
    <Form style={{ marginTop: 16 }}>
      <Problems errors={problems} of="act" />
      <Space wrap>
        <span>{text(`以${caller.departmentName}的名义`, `For ${caller.departmentName}`)}</span>
        <Input
          style={{ width: '24rem' }}
          maxLength={500}
          aria-label={text('会签意见', 'Note on the sign-off')}
          placeholder={text('意见（不同意时必填）', 'Note (needed to object)')}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button type="primary" loading={busy} onClick={() => void sign(true)}>
          {text('同意', 'Agree')}
        </Button>
        <Button danger loading={busy} disabled={note.trim() === ''} onClick={() => void sign(false)}>
          {text('不同意', 'Object')}
        </Button>
      </Space>
    </Form>
  );
}

function History({ proposal }: { proposal: Proposal }) {
  const text = useText();
  const name = useName();
  const language = useContext(LanguageContext);
  return (
    <Card title={text('办理记录', 'History')}>
      <Timeline
        items={proposal.steps.map((step) => ({
          key: step.ordinal,
          children: `${showTime(step.at, language)} ${step.actorDepartment.name} ${text(step.eventZh, step.event)} → ${name(PROPOSAL_STATE_NAMES, step.toState)}${step.note === null ? '' : `：${step.note}`}`,
        }))}
      />
    </Card>
  );
}
