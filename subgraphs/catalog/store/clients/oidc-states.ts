import type { FoundOidcState, OidcStates } from '../../../kit/catalog-port.ts';
import type { CatalogStore } from '../catalog-store.ts';

/** About one write in so many also clears away what has expired. */
const SWEEP_EVERY = 50;

/** Keeps the embedded issuer's sessions and codes in the catalogue's schema. What has expired is not found. */
export function openOidcStates({ prisma }: CatalogStore): OidcStates {
  let writes = 0;
  const live = () => ({ OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] });
  const read = (row: { payload: string; consumedAt: Date | null } | null): FoundOidcState | null =>
    row === null ? null : { payload: row.payload, consumedAt: row.consumedAt };
  return {
    async put(model, id, { payload, grantId = null, uid = null }, expiresInSeconds) {
      const expiresAt = expiresInSeconds === undefined ? null : new Date(Date.now() + expiresInSeconds * 1000);
      const data = { payload, grantId, uid, expiresAt };
      await prisma.oidcState.upsert({
        where: { model_id: { model, id } },
        create: { model, id, ...data },
        update: data,
      });
      writes += 1;
      if (writes % SWEEP_EVERY === 0) await prisma.oidcState.deleteMany({ where: { expiresAt: { lt: new Date() } } });
    },
    find: async (model, id) => read(await prisma.oidcState.findFirst({ where: { model, id, ...live() } })),
    findByUid: async (model, uid) => read(await prisma.oidcState.findFirst({ where: { model, uid, ...live() } })),
    async consume(model, id) {
      await prisma.oidcState.updateMany({ where: { model, id }, data: { consumedAt: new Date() } });
    },
    async remove(model, id) {
      await prisma.oidcState.deleteMany({ where: { model, id } });
    },
    async removeGrant(grantId) {
      await prisma.oidcState.deleteMany({ where: { grantId } });
    },
  };
}
