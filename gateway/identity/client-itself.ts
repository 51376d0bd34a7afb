import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import { callerOfClient } from '../../subgraphs/kit/caller/client-caller.ts';
import type { CatalogPort, ClientGrant } from '../../subgraphs/kit/catalog-port.ts';

/**
 * A client as it is now, for what the hub does in its name when nobody acts through it: exports, deliveries, pulls.
 * Undefined when it is gone, disabled or bound to somebody's posts. Sharing grants open the query interface only: files
 * and deliveries have agreements of their own.
 */
export async function findClientItself(
  catalog: Pick<CatalogPort, 'findClient'>,
  clientId: string,
): Promise<{ readonly grant: ClientGrant; readonly caller: Caller } | undefined> {
  const grant = await catalog.findClient(clientId);
  if (grant === null || !grant.active || grant.jurisdictionRule !== 'DIVISIONS') return undefined;
  return { grant, caller: callerOfClient({ ...grant, grants: [] }, new Date()) };
}
