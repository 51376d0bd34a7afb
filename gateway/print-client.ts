import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import type { CodeList } from '../subgraphs/kit/graph/code-lists.ts';
import { projectRoot } from '../subgraphs/kit/project-root.ts';
import { failProgram } from './startup/failure-text.ts';
import { generateClient } from './typed-client/generate-client.ts';

const USAGE = `用法 Usage: npm run client -- --documents 目录 folder --out 目录 folder [--contract schema/api.graphql | --hub URL --token JWT] [--name yiyun-client]
  由操作文档生成带类型的 TypeScript 客户端包 makes a typed TypeScript client package of operation documents
  --documents  *.graphql 所在目录 where the documents lie
  --out        输出目录，先清空 where the package goes; emptied first
  --contract   契约文件 a contract file [schema/api.graphql]
  --hub        改为读取运行中的枢纽（须允许内省） read a running hub instead (introspection must be on)`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      documents: { type: 'string' },
      out: { type: 'string' },
      contract: { type: 'string', default: join(projectRoot, 'schema', 'api.graphql') },
      hub: { type: 'string' },
      token: { type: 'string', default: process.env.YIYUN_TOKEN ?? '' },
      name: { type: 'string', default: 'yiyun-client' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { documents, out } = values;
  if (values.help || documents === undefined || out === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const texts = readdirSync(documents)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(documents, file), 'utf8') }));
  if (texts.length === 0) {
    throw new StartupProblem(`${documents} 中没有 .graphql 文档。`, `There is no .graphql document in ${documents}.`);
  }
  const standards = join(projectRoot, 'schema', 'standards');
  const files = await generateClient({
    contract:
      values.hub === undefined ? readFileSync(values.contract, 'utf8') : await introspect(values.hub, values.token),
    documents: texts,
    codeLists: readdirSync(standards)
      .sort()
      .map((file) => JSON.parse(readFileSync(join(standards, file), 'utf8')) as CodeList), // ours, read at start as well
    packageName: values.name,
  });
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const [file, text] of files) writeFileSync(join(out, file), text);
  console.log(`${out}: ${texts.length} 个文档 documents, ${files.size} 个文件 files`);
  return 0;
}

async function introspect(url: string, token: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: getIntrospectionQuery() }),
  });
  const { data } = (await response.json()) as { data?: IntrospectionQuery | null };
  if (data == null) throw new StartupProblem(`${url} 不允许内省。`, `${url} does not answer introspection.`);
  return printSchema(buildClientSchema(data));
}

try {
  process.exitCode = await main();
} catch (error) {
  failProgram(error, process.env);
  process.exitCode = 2;
}
