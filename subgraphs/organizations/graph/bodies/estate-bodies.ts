import { findUuidKey } from '../../../kit/global-id.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { estateBodies, findPropertyServices } from '../../store/bodies/estate-bodies.ts';
import type { OrganizationRow } from '../../store/bodies/organization-rows.ts';
import { builder, StandardAddress } from '../builder.ts';
import { Organization } from '../entities.ts';
import { loadShortList } from '../entity-loading.ts';

builder.objectFields(StandardAddress, (t) => ({
  ownersCommittee: t.field({
    type: Organization,
    nullable: true,
    description: '业主委员会 The owners’ committee of the estate; null where there is none, and below an estate.',
    card: KEY_CARD,
    resolve: async ({ id }, _args, context) => {
      const key = findUuidKey('StandardAddress', id);
      const bodies = key === undefined ? [] : await loadShortList(estateBodies, key, context);
      return bodies.find(({ kind, dissolvedOn }) => kind === 'OWNERS_COMMITTEE' && dissolvedOn === null) ?? null;
    },
  }),
  propertyServices: t.field({
    type: [Organization],
    description: '物业服务 Property services that the owners’ committee of the estate has engaged.',
    card: KEY_CARD,
    resolve: ({ id }, _args, { store, trace, loaders }) => {
      const key = findUuidKey('StandardAddress', id);
      return key === undefined
        ? []
        : loaders
            .get<OrganizationRow[]>('propertyServices', (ids) => findPropertyServices(store, ids, trace))
            .load(key);
    },
  }),
}));
