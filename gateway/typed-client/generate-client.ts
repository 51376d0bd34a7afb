import { createHash } from 'node:crypto';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildASTSchema, type DocumentNode, Kind, parse, validate } from 'graphql';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import type { CodeList } from '../../subgraphs/kit/graph/code-lists.ts';
import { CLIENT_RUNTIME } from './client-runtime.ts';

export interface ClientSource {
  /** The contract: the API schema as SDL. */
  readonly contract: string;
  readonly documents: readonly { readonly file: string; readonly text: string }[];
  readonly codeLists: readonly CodeList[];
  readonly packageName: string;
}

/**
 * A typed client package by file name: types and document nodes with masked fragments, the code lists with code and
 * name, the documents by hash as they are registered and sent, a `request` and a `subscribe` that need nothing but
 * `fetch`, and `subscribeOverSocket`. Its version names the contract and the documents, so that the same input gives the same package.
 *
 * @throws StartupProblem that names each document which the contract does not serve.
 */
export async function generateClient(source: ClientSource): Promise<ReadonlyMap<string, string>> {
  const schema = parse(source.contract);
  const schemaAst = buildASTSchema(schema, { assumeValidSDL: true });
  const documents = source.documents.map(({ file, text }) => ({
    location: file,
    rawSDL: text,
    document: read(file, text),
  }));
  const faults = documents.flatMap(({ location, document }) =>
    validate(schemaAst, document).map(({ message }) => `${location}: ${message}`),
  );
  if (faults.length > 0) throw unserved(faults);
  const sections = await preset.buildGeneratesSection({
    baseOutputDir: './',
    schema,
    schemaAst,
    documents,
    config: { useTypeImports: true, scalars: { DateTime: 'string', LocalDate: 'string' }, documentMode: 'string' },
    plugins: [],
    pluginMap: {},
    presetConfig: {
      fragmentMasking: { unmaskFunctionName: 'readFragment' },
      persistedDocuments: { hashAlgorithm: (text: string) => createHash('sha256').update(text).digest('hex') },
    },
  });
  const files = new Map<string, string>();
  for (const section of sections) {
    const text = await codegen(section);
    if (section.filename.endsWith('persisted-documents.json')) {
      const byHash = JSON.parse(text) as Record<string, string>; // hash → text, by the preset
      files.set('documents.ts', documentsFile(byHash));
      files.set('manifest.json', manifest(byHash));
    } else {
      files.set(section.filename.replace(/^\.\//, ''), withExtensions(text));
    }
  }
  for (const [file, text] of Object.entries(CLIENT_RUNTIME)) files.set(file, text);
  files.set('code-lists.ts', codeListsFile(source.codeLists));
  files.set('package.json', packageFile(source.packageName, files));
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function read(file: string, text: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    throw unserved([`${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function unserved(faults: readonly string[]): StartupProblem {
  const list = faults.slice(0, 10).join('; ');
  return new StartupProblem(`这些文档与契约不符：${list}`, `The contract does not serve these documents: ${list}`);
}

/** Node and browsers alike want the extension. */
function withExtensions(text: string): string {
  return text.replaceAll(/((?:from |import\()['"]\.\/[\w-]+)(['"])/g, '$1.ts$2');
}

function documentsFile(byHash: Readonly<Record<string, string>>): string {
  return `/** Every operation as it is sent, by the SHA-256 of its text: what trusted clients register. */
export const documents: Readonly<Record<string, string>> = ${JSON.stringify(byHash, null, 2)};
`;
}

/** What \`trustOperations\` registers. */
function manifest(byHash: Readonly<Record<string, string>>): string {
  const operations = Object.entries(byHash).map(([hash, document]) => {
    const [operation] = parse(document).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const name = operation?.kind === Kind.OPERATION_DEFINITION ? operation.name?.value : undefined;
    return { name, hash, document };
  });
  return `${JSON.stringify({ operations }, null, 2)}\n`;
}

function codeListsFile(lists: readonly CodeList[]): string {
  const entries = lists.map(
    ({ standard, name, version, codes }) =>
      `  ${JSON.stringify(standard)}: ${JSON.stringify({ name, version, codes: codes.map(({ code, name }) => ({ code, name })) })},`,
  );
  return `/** 字典 — the code lists of the graph by standard: what a CodeValue's code is called. */
export const codeLists = {
${entries.join('\n')}
} as const;
`;
}

function packageFile(name: string, files: ReadonlyMap<string, string>): string {
  const digest = createHash('sha256');
  for (const [file, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) digest.update(`${file}\n${text}\n`);
  const version = `0.0.0-${digest.digest('hex').slice(0, 16)}`;
  const described = {
    name,
    version,
    type: 'module',
    exports: './index.ts',
    dependencies: { '@graphql-typed-document-node/core': '^3.2.0' },
  };
  return `${JSON.stringify(described, null, 2)}\n`;
}
