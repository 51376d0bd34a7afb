import type { CatalogPort, ClientGrant } from '../../subgraphs/kit/catalog-port.ts';

/** Reads grants without asking the catalogue for each request. */
export interface GrantReader {
  /** The client's grant as it stood at most a second ago; null when it is not registered. */
  find(clientId: string): Promise<ClientGrant | null>;
  /** The same at once, where it need not be asked for. */
  known(clientId: string): ClientGrant | undefined;
}

interface Asked {
  readonly grant: Promise<ClientGrant | null>;
  /** Once it is there. */
  found?: ClientGrant | null;
}

/** A client that is switched off must be gone within about a second. */
const TRUSTED_MILLISECONDS = 1_000;
const REMEMBERED_GRANTS = 10_000;

/**
 * Remembers grants for as long as the catalogue's version number stands still. The number is asked for at most once a
 * second, by the first request that needs it; when it cannot be had, the request fails rather than trust an old grant.
 */
export function createGrantReader(
  catalog: Pick<CatalogPort, 'findClient' | 'grantVersion'>,
  now: () => number = () => performance.now(),
): GrantReader {
  let generation: { readonly version: number; readonly grants: Map<string, Asked> } | undefined;
  let trustedUntil = Number.NEGATIVE_INFINITY;
  let checking: Promise<void> | undefined;

  async function check(): Promise<void> {
    const askedAt = now();
    const version = await catalog.grantVersion();
    if (generation?.version !== version) generation = { version, grants: new Map() };
    // Counted from the question, not from the answer, which may be old by the time it arrives.
    trustedUntil = askedAt + TRUSTED_MILLISECONDS;
  }

  return {
    known: (clientId) => (now() < trustedUntil ? (generation?.grants.get(clientId)?.found ?? undefined) : undefined),
    async find(clientId) {
      if (now() >= trustedUntil) {
        checking ??= check().finally(() => {
          checking = undefined;
        });
        await checking;
      }
      const grants = generation?.grants ?? new Map<string, Asked>();
      const known = grants.get(clientId);
      if (known !== undefined) return known.grant;
      const asked: Asked = { grant: catalog.findClient(clientId) };
      if (grants.size >= REMEMBERED_GRANTS) grants.clear();
      grants.set(clientId, asked);
      asked.grant.then(
        (grant) => {
          asked.found = grant;
        },
        // A failure is not remembered: the next request asks again.
        () => grants.delete(clientId),
      );
      return asked.grant;
    },
  };
}
