import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';

export interface Manifest {
  readonly documents: readonly string[];
  /** Of the client package that it lies in. */
  readonly version: string | undefined;
}

/**
 * The `manifest.json` of a generated client package.
 *
 * @throws StartupProblem when it is none, or a document is not the one that its hash names.
 */
export function readManifest(file: string): Manifest {
  const operations = readOperations(file);
  for (const { name, hash, document } of operations) {
    if (createHash('sha256').update(document).digest('hex') === hash) continue;
    throw new StartupProblem(
      `${file} 中 ${name} 的文档与其指纹不符：请用 npm run client 重新生成。`,
      `The document of ${name} in ${file} is not the one of its hash: generate it anew with npm run client.`,
    );
  }
  const packageFile = join(dirname(file), 'package.json');
  const version = existsSync(packageFile)
    ? (JSON.parse(readFileSync(packageFile, 'utf8')) as { version?: string }).version
    : undefined;
  return { documents: operations.map(({ document }) => document), version };
}

function readOperations(file: string): { readonly name: string; readonly hash: string; readonly document: string }[] {
  try {
    const { operations } = JSON.parse(readFileSync(file, 'utf8')) as { operations?: unknown };
    if (Array.isArray(operations) && operations.every(({ document }) => typeof document === 'string')) {
      return operations;
    }
  } catch {
    // the same answer as for a file of another kind
  }
  throw new StartupProblem(
    `${file} 不是客户端清单：请给出 npm run client 生成的 manifest.json。`,
    `${file} is no manifest: name the manifest.json that npm run client has made.`,
  );
}
