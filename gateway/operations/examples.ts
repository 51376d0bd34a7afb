import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, GraphQLError, Kind, parse } from 'graphql';
import type { ExampleOperation } from './example-operation.ts';

export type { ExampleOperation } from './example-operation.ts';

const DOCUMENT_SUFFIX = '.graphql';
const VARIABLES_SUFFIX = '.variables.json';

/** An example operation that cannot be used; the message names the file and what to change, in Chinese and English. */
export class InvalidExampleOperation extends Error {
  override readonly name = 'InvalidExampleOperation';
  /** Path of the file to correct. */
  readonly file: string;

  constructor(file: string, chinese: string, english: string, cause?: unknown) {
    super(`${file}: ${chinese} / ${english}`, cause === undefined ? undefined : { cause });
    this.file = file;
  }
}

/**
 * Reads the example operations of a folder, sorted by name.
 *
 * A file `<name>.graphql` starts with `# rows: S05, S22`, then optionally `# city: sanya`, then optionally
 * `# 中文标题 / English title`; everything after these lines is the document. Variables stand in `<name>.variables.json`,
 * those of other cities that its rows are of in `<name>.<city>.variables.json`.
 *
 * @throws {InvalidExampleOperation} for the first file that breaks these rules.
 */
export function readExamples(folder: string): ExampleOperation[] {
  const files = listFolder(folder);
  const names = files
    .filter((file) => file.endsWith(DOCUMENT_SUFFIX))
    .map((file) => file.slice(0, -DOCUMENT_SUFFIX.length))
    .sort();
  const variableFiles = new Set(files.filter((file) => file.endsWith(VARIABLES_SUFFIX)));
  const examples = names.map((name) => {
    const hasVariables = variableFiles.delete(name + VARIABLES_SUFFIX);
    const cities = [...variableFiles].flatMap((file) => cityOf(file, name) ?? []).sort();
    for (const city of cities) variableFiles.delete(`${name}.${city}${VARIABLES_SUFFIX}`);
    return readExample(folder, name, hasVariables, cities);
  });
  for (const orphan of variableFiles) {
    const document = orphan.slice(0, -VARIABLES_SUFFIX.length) + DOCUMENT_SUFFIX;
    throw new InvalidExampleOperation(
      join(folder, orphan),
      `缺少对应的查询文件 ${document}，请补上或删除本文件`,
      `there is no ${document} beside it: add it, or delete this file`,
    );
  }
  return examples;
}

/** `sanya` of `funds.sanya.variables.json`, for the document `funds`. */
function cityOf(file: string, name: string): string | undefined {
  const city = file.startsWith(`${name}.`) ? file.slice(name.length + 1, -VARIABLES_SUFFIX.length) : '';
  return /^[a-z]+$/.test(city) ? city : undefined;
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new InvalidExampleOperation(folder, '无法读取示例目录', 'the folder of examples cannot be read', cause);
  }
}

function readExample(folder: string, name: string, hasVariables: boolean, cities: readonly string[]): ExampleOperation {
  const file = join(folder, name + DOCUMENT_SUFFIX);
  const { rows, city, title, headerLines, document } = splitHeader(file, readText(file));
  const operationName = findOperationName(file, parseDocument(file, document, headerLines));
  const elsewhere = Object.fromEntries(
    cities.map((place) => [place, readVariables(join(folder, `${name}.${place}${VARIABLES_SUFFIX}`))]),
  );
  return {
    name,
    title: title ?? name,
    rows,
    ...(city === undefined ? {} : { city }),
    document,
    variables: hasVariables ? readVariables(join(folder, name + VARIABLES_SUFFIX)) : {},
    ...(cities.length === 0 ? {} : { elsewhere }),
    ...(operationName === undefined ? {} : { operationName }),
  };
}

/** Text of a file as every editor may have saved it: byte order mark dropped, line ends unified. */
function readText(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n');
}

function splitHeader(file: string, text: string) {
  const lines = text.split('\n');
  const lineCount = lines.length;
  const rows = parseRows(file, lines.shift() ?? '');
  let city: string | undefined;
  const cityLine = /^#\s*city\s*[:：](.*)$/i.exec(lines[0] ?? '');
  if (cityLine) {
    lines.shift();
    city = cityLine[1]?.trim();
    if (!city) {
      throw new InvalidExampleOperation(
        file,
        '“# city:”之后没有城市，请写明（如 # city: sanya）或删除该行',
        '"# city:" names no city: write one (for example # city: sanya) or delete the line',
      );
    }
  }
  const title = /^#\s*(\S.*)$/.exec(lines[0] ?? '')?.[1]?.trim();
  if (title) {
    lines.shift();
  }
  while (lines[0]?.trim() === '') {
    lines.shift();
  }
  return { rows, city, title, headerLines: lineCount - lines.length, document: `${lines.join('\n').trimEnd()}\n` };
}

function parseRows(file: string, line: string): string[] {
  const list = /^#\s*rows\s*[:：](.*)$/i.exec(line)?.[1];
  const rows = list?.split(/[,，、]/).map((row) => row.trim()) ?? [];
  const wrong = rows.find((row) => !/^[A-Z]+\d+[a-z]?$/.test(row));
  if (list === undefined || wrong === '') {
    throw new InvalidExampleOperation(
      file,
      '第一行必须写明所证明的需求行，例如“# rows: S05, S22”',
      'the first line must name the rows that the operation proves, for example "# rows: S05, S22"',
    );
  }
  if (wrong !== undefined) {
    throw new InvalidExampleOperation(
      file,
      `“# rows:”中的“${wrong}”不是行号（应如 S05）`,
      `"${wrong}" in "# rows:" is not a row id (one looks like S05)`,
    );
  }
  return rows;
}

function parseDocument(file: string, document: string, headerLines: number): DocumentNode {
  try {
    return parse(document);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const at = cause instanceof GraphQLError ? cause.locations?.[0] : undefined;
    const line = headerLines + (at?.line ?? 1);
    const column = at?.column ?? 1;
    throw new InvalidExampleOperation(
      file,
      `第 ${line} 行第 ${column} 列有 GraphQL 语法错误`,
      `line ${line}, column ${column}: ${reason}`,
      cause,
    );
  }
}

function findOperationName(file: string, document: DocumentNode): string | undefined {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0) {
    throw new InvalidExampleOperation(
      file,
      '文件中没有 query、mutation 或 subscription',
      'there is no query, mutation or subscription in it',
    );
  }
  return operations.find((operation) => operation.name)?.name?.value;
}

function readVariables(file: string): Record<string, unknown> {
  let variables: unknown;
  try {
    variables = JSON.parse(readText(file));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidExampleOperation(
      file,
      '变量不是合法的 JSON',
      `the variables are not valid JSON: ${reason}`,
      cause,
    );
  }
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) {
    throw new InvalidExampleOperation(file, '变量必须是一个 JSON 对象', 'the variables must be one JSON object');
  }
  return variables as Record<string, unknown>; // JSON.parse answers string keys only; the shape was checked above
}
