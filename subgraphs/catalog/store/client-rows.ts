import type { ClientGrant } from '../../kit/catalog-port.ts';
import type { CatalogStore } from './catalog-store.ts';

export async function findClientGrant(store: CatalogStore, clientId: string): Promise<ClientGrant | null> {
  const row = await store.prisma.client.findUnique({ where: { id: clientId } });
  if (row === null) return null;
  return {
    clientId: row.id,
    name: row.name,
    // Written by insertClients only, whose input is typed.
    kind: row.kind as ClientGrant['kind'],
    departmentCode: row.departmentCode,
    jurisdictionCodes: row.jurisdictionCodes,
    jurisdictionRule: row.jurisdictionRule as ClientGrant['jurisdictionRule'],
    rights: row.rights,
    costBudgetPerMinute: row.costBudgetPerMinute,
    active: row.active,
  };
}

/** Sum of all clients' versions and their number: any change, new or removed client moves it. */
export async function sumClientVersions(store: CatalogStore): Promise<number> {
  const { _sum, _count } = await store.prisma.client.aggregate({ _sum: { version: true }, _count: true });
  return (_sum.version ?? 0) * 100_003 + _count;
}

export async function insertClients(store: CatalogStore, clients: readonly ClientGrant[], now: Date): Promise<void> {
  await store.prisma.client.createMany({
    data: clients.map(({ clientId, jurisdictionCodes, rights, ...client }) => ({
      ...client,
      id: clientId,
      jurisdictionCodes: [...jurisdictionCodes],
      rights: [...rights],
      createdAt: now,
    })),
    skipDuplicates: true,
  });
}
