import { Button, Card, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { useAct } from '../act.ts';
import { CHECK, type CheckData, type SentContract, SUBMIT } from '../documents/changes.ts';
import { useGraph } from '../graph.ts';
import { useText } from '../language.ts';
import { CheckVerdict } from '../parts/check-verdict.tsx';
import { Problems } from '../parts/problems.tsx';
import { linkTo } from '../route.ts';

interface Typed {
  readonly subgraph?: string;
  readonly sdl?: string;
}

/** 评审一份契约: files or a pasted contract, held against the year's operations; what passes is proposed from here. */
export function ContractCheck() {
  const text = useText();
  const [files, setFiles] = useState<readonly { readonly subgraph: string; readonly sdl: string }[]>([]);
  const [contracts, setContracts] = useState<readonly SentContract[]>();
  const check = useGraph<CheckData>(CHECK, contracts === undefined ? undefined : { contracts });
  const verdict = check.data?.schemaCheck;
  const judge = async ({ sdl = '', subgraph = '' }: Typed) => {
    const given = files.length > 0 ? files : [{ subgraph: subgraph.trim(), sdl }];
    setContracts(await Promise.all(given.map(compressed)));
  };
  return (
    <Card title={text('评审一份契约', 'Check a contract')}>
      <Form<Typed> layout="vertical" onFinish={(typed) => void judge(typed)}>
        <label className="files">
          {text(
            '契约文件（文件名即子图名，可多选）',
            'Contract files (named after their subgraphs; several may be chosen)',
          )}
          <input
            type="file"
            accept=".graphql,.graphqls,.gql"
            multiple
            onChange={(event) => void readFiles(event.target.files).then(setFiles)}
          />
        </label>
        {files.length > 0 ? null : (
          <>
            <Form.Item
              name="subgraph"
              label={text('或粘贴：子图（新名称表示加入）', 'Or paste: subgraph (a new name joins)')}
              rules={[{ required: true, message: text('请填写子图名称', 'Name the subgraph') }]}
            >
              <Input placeholder="people" style={{ width: '16rem' }} />
            </Form.Item>
            <Form.Item
              name="sdl"
              label="SDL"
              rules={[{ required: true, message: text('请粘贴契约', 'Paste the contract') }]}
            >
              <Input.TextArea rows={5} spellCheck={false} />
            </Form.Item>
          </>
        )}
        <Button type="primary" htmlType="submit" loading={contracts !== undefined && check.loading}>
          {text('评审', 'Check')}
        </Button>
      </Form>
      <Problems errors={check.errors} />
      {verdict == null ? null : <CheckVerdict verdict={verdict} />}
      {verdict == null || contracts === undefined ? null : <Propose contracts={contracts} />}
    </Card>
  );
}

function Propose({ contracts }: { contracts: readonly SentContract[] }) {
  const text = useText();
  const { busy, problems, run } = useAct(SUBMIT);
  const submit = async (typed: { title: string; reason: string }) => {
    const done = (await run({ ...typed, contracts })) as { proposal: { id: string } } | undefined; // as SUBMIT asks
    if (done !== undefined) location.hash = linkTo('proposal', done.proposal.id);
  };
  return (
    <Form<{ title: string; reason: string }> layout="vertical" onFinish={(typed) => void submit(typed)}>
      <h3>{text('提出这项变更', 'Propose this change')}</h3>
      <Space wrap align="start">
        <Form.Item name="title" label={text('名称', 'Title')} rules={[{ required: true, min: 2, max: 80 }]}>
          <Input style={{ width: '22rem' }} />
        </Form.Item>
        <Form.Item name="reason" label={text('理由', 'Reason')} rules={[{ required: true, min: 2, max: 500 }]}>
          <Input style={{ width: '34rem' }} />
        </Form.Item>
      </Space>
      <Problems errors={problems} of="act" />
      <Button htmlType="submit" loading={busy}>
        {text('提出', 'Propose')}
      </Button>
    </Form>
  );
}

async function readFiles(list: FileList | null) {
  return Promise.all(
    [...(list ?? [])].map(async (file) => ({
      subgraph: file.name.replace(/\.[^.]*$/, ''),
      sdl: await file.text(),
    })),
  );
}

/** A city's contract is larger than what a request may carry as it is. */
async function compressed({ subgraph, sdl }: { subgraph: string; sdl: string }): Promise<SentContract> {
  const zipped = new Blob([sdl]).stream().pipeThrough(new CompressionStream('gzip'));
  const bytes = new Uint8Array(await new Response(zipped).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { subgraph, sdlGzipBase64: btoa(binary) };
}
