import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildASTSchema, parse } from 'graphql';
import { projectRoot } from '../subgraphs/kit/project-root.ts';
import { changelog } from './documentation/changelog.ts';
import { DocsSite } from './documentation/site/docs-site.ts';
import { DOCS_STYLE } from './documentation/site/style.ts';
import { readExamples } from './operations/examples.ts';
import { failProgram } from './startup/failure-text.ts';

const USAGE = `用法 Usage: npm run docs -- --out <目录 folder> [--contract schema/api.graphql] [--before <旧契约 older.graphql>]
  由契约生成文档网站（置于站点的 /docs 下），每个类型、操作、示例与错误代码一页
  prints the documentation as a site to be put at /docs: a page for each type, operation, example and code
  --before  与之比较，写入变更记录 what the changelog compares with; may be given several times, the newest first`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      contract: { type: 'string', default: join(projectRoot, 'schema', 'api.graphql') },
      before: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { before, contract, out } = values;
  if (values.help || out === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const contracts = [contract, ...before].map((file) => ({
    version: file,
    publishedAt: undefined,
    sdl: readFileSync(file, 'utf8'),
  }));
  const [newest] = contracts;
  const site = new DocsSite({
    schema: buildASTSchema(parse(newest?.sdl ?? ''), { assumeValidSDL: true }),
    examples: readExamples(join(projectRoot, 'schema', 'operations')),
    readChangelog: async () => changelog(contracts),
  });
  for (const path of site.paths()) write(join(out, path, 'index.html'), (await site.render(path)) ?? '');
  write(join(out, 'style.css'), DOCS_STYLE);
  console.log(`${out}: ${site.paths().length} 页 pages`);
  return 0;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

try {
  process.exitCode = await main();
} catch (error) {
  failProgram(error, process.env);
  process.exitCode = 2;
}
