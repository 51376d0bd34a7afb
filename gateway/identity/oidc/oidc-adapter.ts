import { randomBytes } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { CatalogPort, FoundOidcState } from '../../../subgraphs/kit/catalog-port.ts';

type OidcCatalog = Pick<CatalogPort, 'findClient' | 'oidcStates'>;

/** How `oidc-provider` reaches the catalogue: clients are those of the registry, everything else is its own state. */
export function oidcAdapter(catalog: OidcCatalog): (model: string) => Adapter {
  return (model) => (model === 'Client' ? clientAdapter(catalog) : stateAdapter(catalog, model));
}

/** Never a real secret: secrets are compared by their hashes, see `compareClientSecret` in `oidc-issuer.ts`. */
const NO_SECRET = randomBytes(32).toString('base64url');

function clientAdapter({ findClient }: OidcCatalog): Adapter {
  const refuse = async (): Promise<never> => {
    throw new Error('clients are registered on the graph');
  };
  return {
    async find(id) {
      const client = await findClient(id);
      if (client === null || !client.active) return undefined;
      const { redirectUris = [] } = client;
      const common = { client_id: id, client_name: client.name, id_token_signed_response_alg: 'ES256' } as const;
      // People log in at it, in a browser or on their own machine: it can keep no secret.
      if (redirectUris.length > 0) {
        return {
          ...common,
          application_type: redirectUris.every((uri) => uri.startsWith('https:')) ? 'web' : 'native',
          grant_types: ['authorization_code'],
          response_types: ['code'],
          redirect_uris: [...redirectUris],
          token_endpoint_auth_method: 'none',
        };
      }
      return {
        ...common,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
        token_endpoint_auth_method: 'client_secret_basic',
        client_secret: NO_SECRET,
      };
    },
    upsert: refuse,
    findByUserCode: refuse,
    findByUid: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  };
}

function stateAdapter({ oidcStates }: OidcCatalog, model: string): Adapter {
  return {
    upsert: (id, payload, expiresIn) =>
      oidcStates.put(
        model,
        id,
        { payload: JSON.stringify(payload), grantId: payload.grantId, uid: payload.uid },
        expiresIn,
      ),
    find: async (id) => readState(await oidcStates.find(model, id)),
    findByUid: async (uid) => readState(await oidcStates.findByUid(model, uid)),
    findByUserCode: async () => undefined,
    consume: (id) => oidcStates.consume(model, id),
    destroy: (id) => oidcStates.remove(model, id),
    revokeByGrantId: (grantId) => oidcStates.removeGrant(grantId),
  };
}

function readState(state: FoundOidcState | null): AdapterPayload | undefined {
  if (state === null) return undefined;
  // Written by `upsert` above.
  const payload = JSON.parse(state.payload) as AdapterPayload;
  return state.consumedAt === null ? payload : { ...payload, consumed: Math.floor(state.consumedAt.getTime() / 1000) };
}
