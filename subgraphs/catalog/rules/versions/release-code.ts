import { createHash } from 'node:crypto';
import type { PublishedGraph } from '../../../kit/catalog-port.ts';
import { composeInWorker } from '../../../kit/schema-check/graph-variant.ts';
import type { SqlConnection } from '../../../kit/store/sql-database.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { openCatalogTransaction } from '../../store/department-system-rows.ts';
import { findVersionTexts } from '../../store/versions/graph-release.ts';
import {
  hashOf,
  insertVersion,
  lockHead,
  type NewVersion,
  type VersionContract,
} from '../../store/versions/version-writes.ts';

/**
 * Makes the graph that the code carries a version, when it is not the one that the head was made over: newer code has
 * started. What was published over the older code ends with it; departments' own subgraphs go on, unless they no longer
 * fit, which the version then says.
 *
 * @returns the number of the version that is to be served.
 */
export async function releaseCode(
  pool: SqlConnection,
  store: CatalogStore,
  release: NonNullable<PublishedGraph['release']>,
  now: Date,
): Promise<number> {
  const contracts: VersionContract[] = release.contracts.map(({ name, sdl }) => ({
    graph: name,
    sdl,
    codeHash: hashOf(sdl),
    url: null,
  }));
  const codeHash = createHash('sha256')
    .update(contracts.map(({ graph, codeHash: hash }) => `${graph} ${hash}`).join('\n'))
    .digest('hex');
  const head = await findVersionTexts(pool);
  if (head?.codeHash === codeHash) return head.number;
  const external = (head?.contracts ?? []).filter(({ codeSdl, url }) => codeSdl === null && url !== null);
  const version: NewVersion = {
    ...release,
    codeHash,
    contracts,
    ...(external.length === 0 ? {} : await withExternal(contracts, external)),
    origin: 'START',
    departmentCode: 'data-authority',
    clientId: 'hub',
    publishedAt: now,
  };
  return openCatalogTransaction(store)(async (transaction) => {
    const number = await lockHead(transaction);
    // Another hub with the same code was quicker.
    const known = number === 0 ? null : await transaction.graphVersion.findUnique({ where: { number } });
    if (known?.codeHash === codeHash) return number;
    return insertVersion(transaction, number, version);
  });
}

async function withExternal(
  contracts: readonly VersionContract[],
  external: readonly { readonly name: string; readonly sdl: string; readonly url: string | null }[],
): Promise<Partial<NewVersion>> {
  const all = [...contracts, ...external.map(({ name, sdl, url }) => ({ graph: name, sdl, url, codeHash: null }))];
  const composed = await composeInWorker({
    contracts: all.map(({ graph, sdl, url }) => ({ name: graph, sdl, url: url ?? undefined })),
  });
  const names = external.map(({ name }) => name).join(', ');
  return 'findings' in composed
    ? {
        note: `外部子图 ${names} 与新代码不能合成，未纳入 left out, no longer composes: ${composed.findings.join('; ')}`.slice(
          0,
          500,
        ),
      }
    : { ...composed, contracts: all };
}
