import type { ClientGrant } from '../../../kit/catalog-port.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { SqlConnection } from '../../../kit/store/sql-database.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';
import { findTrustedHashes } from './manifest-rows.ts';

export interface ClientRow {
  readonly id: string;
  readonly name: string;
  readonly kind: ClientGrant['kind'];
  readonly departmentCode: string;
  readonly jurisdictionCodes: readonly string[];
  readonly rights: readonly string[];
  readonly costBudgetPerMinute: number;
  readonly active: boolean;
  readonly trustedOnly: boolean;
  readonly redirectUris: readonly string[];
  readonly scenarioCodes: readonly string[];
  readonly createdAt: Date;
}

const COLUMNS = `t.id, t.name, t.kind, t.department_code AS "departmentCode", t.jurisdiction_codes AS "jurisdictionCodes",
  t.rights, t.cost_budget_per_minute AS "costBudgetPerMinute", t.active, t.trusted_only AS "trustedOnly",
  t.redirect_uris AS "redirectUris", t.scenario_codes AS "scenarioCodes", t.created_at AS "createdAt"`;

export const clientList: ListDeclaration<ClientRow> = {
  name: 'catalog.clients',
  from: 'catalog.client t',
  columns: COLUMNS,
  sorts: {
    ID: { columns: [{ expression: 't.id', property: 'id', cast: 'text' }], direction: 'ASC', filters: [] },
  },
  filters: {},
};

export async function findClients(
  store: CatalogStore,
  ids: readonly string[],
  trace: OperationTrace,
): Promise<(ClientRow | null)[]> {
  const rows = await store.database.rows<ClientRow>(
    'client_by_id',
    statementText`SELECT ${COLUMNS} FROM catalog.client t WHERE t.id = ANY($1::text[])`,
    [ids],
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

/** A client with its rights and with the sharing grants through the graph that have not ended at `now`. */
export async function findClientGrant(store: CatalogStore, clientId: string, now: Date): Promise<ClientGrant | null> {
  const [row, grants, trustedHashes] = await Promise.all([
    store.prisma.client.findUnique({ where: { id: clientId } }),
    store.prisma.sharingGrant.findMany({
      where: { clientId, mode: 'QUERY_INTERFACE', endsAt: { gt: now } },
      orderBy: { id: 'asc' },
    }),
    findTrustedHashes(store, clientId),
  ]);
  if (row === null) return null;
  return {
    clientId: row.id,
    name: row.name,
    // Written by insertClients and registerClient only, whose input is typed.
    kind: row.kind as ClientGrant['kind'],
    departmentCode: row.departmentCode,
    jurisdictionCodes: row.jurisdictionCodes,
    jurisdictionRule: row.jurisdictionRule as ClientGrant['jurisdictionRule'],
    rights: row.rights,
    costBudgetPerMinute: row.costBudgetPerMinute,
    active: row.active,
    trustedOnly: row.trustedOnly,
    trustedHashes,
    redirectUris: row.redirectUris,
    scenarioCodes: row.scenarioCodes,
    grants,
  };
}

/** Sum of all clients' versions and their number: any change, new or removed client moves it. */
export async function sumClientVersions(store: CatalogStore): Promise<number> {
  const { _sum, _count } = await store.prisma.client.aggregate({ _sum: { version: true }, _count: true });
  return (_sum.version ?? 0) * 100_003 + _count;
}

export async function insertClients(pool: SqlConnection, clients: readonly ClientGrant[], now: Date): Promise<void> {
  await pool.query(
    `INSERT INTO catalog.client
            (id, name, kind, department_code, jurisdiction_codes, jurisdiction_rule, rights, cost_budget_per_minute,
             active, trusted_only, redirect_uris, created_at)
     SELECT "clientId", name, kind, "departmentCode", ARRAY(SELECT jsonb_array_elements_text("jurisdictionCodes")),
            "jurisdictionRule", ARRAY(SELECT jsonb_array_elements_text(rights)), "costBudgetPerMinute", active,
            "trustedOnly", ARRAY(SELECT jsonb_array_elements_text("redirectUris")), $2
       FROM jsonb_to_recordset($1::jsonb)
         AS r("clientId" text, name text, kind text, "departmentCode" text, "jurisdictionCodes" jsonb,
              "jurisdictionRule" text, rights jsonb, "costBudgetPerMinute" int, active boolean, "trustedOnly" boolean,
              "redirectUris" jsonb)
         ON CONFLICT DO NOTHING`,
    [
      JSON.stringify(
        clients.map((client) => ({ trustedOnly: false, redirectUris: [], ...client, rights: [...client.rights] })),
      ),
      now,
    ],
  );
}
