import type { CatalogPort, ClientGrant } from '../../subgraphs/kit/catalog-port.ts';

/** Reads grants without asking the catalogue for each request. */
export interface GrantReader {
  /** The client's grant as it stood at most a second ago; null when it is not registered. */
  find(clientId: string): Promise<ClientGrant | null>;
  /** The same at once, where it need not be asked for. */
  known(clientId: string): ClientGrant | undefined;
}

interface Generation {
  readonly version: number;
  /** What has been asked for. */
  readonly grants: Map<string, Promise<ClientGrant | null>>;
  /** Of that, what is there. */
  readonly found: Map<string, ClientGrant>;
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
  let generation: Generation | undefined;
  let trustedUntil = Number.NEGATIVE_INFINITY;
  let checking: Promise<void> | undefined;

  async function check(): Promise<void> {
    const askedAt = now();
    const version = await catalog.grantVersion();
    if (generation?.version !== version) generation = { version, grants: new Map(), found: new Map() };
    // Counted from the question, not from the answer, which may be old by the time it arrives.
    trustedUntil = askedAt + TRUSTED_MILLISECONDS;
  }

  return {
    known: (clientId) => (now() < trustedUntil ? generation?.found.get(clientId) : undefined),
    async find(clientId) {
      if (now() >= trustedUntil) {
        checking ??= check().finally(() => {
          checking = undefined;
        });
        await checking;
      }
      const { grants, found } = generation ?? { grants: new Map<string, Promise<ClientGrant | null>>() };
      const known = grants.get(clientId);
      if (known !== undefined) return known;
      const asked = catalog.findClient(clientId);
      if (grants.size >= REMEMBERED_GRANTS) {
        grants.clear();
        found?.clear();
      }
      grants.set(clientId, asked);
      asked.then(
        (grant) => {
          if (grant !== null) found?.set(clientId, grant);
        },
        // A failure is not remembered: the next request asks again.
        () => grants.delete(clientId),
      );
      return asked;
    },
  };
}
