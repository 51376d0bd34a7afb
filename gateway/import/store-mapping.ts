import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import type { DatasetDeclaration } from '../../subgraphs/kit/ingest/dataset.ts';
import { commandToken } from '../identity/command-token.ts';
import { askHub } from '../operations/ask-hub.ts';
import { type SendOptions, unreadableFile } from './send-file.ts';

const STORE = `mutation StoreMapping($input: StoreSourceMappingInput!) {
  storeSourceMapping(input: $input) {
    ... on StoreSourceMappingSuccess { version }
    ... on Refusal { code messageZh messageEn }
  }
}`;

interface Stored {
  readonly version?: number;
  readonly code?: string;
  readonly messageZh?: string;
  readonly messageEn?: string;
}

/**
 * Stores a mapping file as the newest of the system that `mapping` names, and returns its version.
 *
 * @throws StartupProblem with the hub's reason, when the file maps to nothing that the dataset has.
 */
export async function storeMapping(
  dataset: DatasetDeclaration,
  path: string,
  options: Pick<SendOptions, 'mapping' | 'token' | 'dataDirectory' | 'url' | 'key'> & {
    /** As which client the hub fetches by schedule. */
    readonly clientId: string | undefined;
  },
): Promise<number> {
  if (options.mapping === undefined) {
    throw new StartupProblem(
      '请用 --mapping 给出映射所属的系统。',
      'Name the system that the mapping belongs to with --mapping.',
    );
  }
  const token = await commandToken(options.token, options.dataDirectory, 'system');
  const { storeSourceMapping: stored } = await askHub<{ storeSourceMapping: Stored }>(
    { hub: new URL('/graphql', options.url).href, token, dataDirectory: options.dataDirectory },
    STORE,
    {
      input: {
        ...{ systemCode: options.mapping, dataset: dataset.name, document: readDocument(path) },
        ...{ clientId: options.clientId, idempotencyKey: options.key ?? randomUUID() },
      },
    },
  );
  if (stored.version !== undefined) return stored.version;
  const { code = '', messageZh = '', messageEn = '' } = stored;
  throw new StartupProblem(`${path} 未登记：${code} ${messageZh}。`, `${path} was not stored: ${messageEn}.`);
}

function readDocument(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadableFile(path, error);
  }
}
