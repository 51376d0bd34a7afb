import { globalId } from '../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../kit/graph/access-subject.ts';
import { pageArguments } from '../../kit/graph/connection.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { loadedBelow } from '../../kit/graph/loaded-below.ts';
import { loadProvenance } from '../../kit/graph/provenance.ts';
import type { HouseholdRow } from '../store/household-rows.ts';
import { Community, Grid, Provenance } from './builder.ts';
import {
  Dwelling,
  dwellingLoader,
  Household,
  householdLoader,
  Person,
  PersonConnection,
  personLoader,
} from './entities.ts';
import { membersOf } from './household-members.ts';
import { HouseholdType } from './vocabulary.ts';

Household.implement({
  description: '户 A household of the household register.',
  card: { source: 'public-security', sharing: 'CONDITIONAL', grade: 3, category: 'PERSONAL', updateCycle: 'DAILY' },
  entity: householdLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['headPersonId'],
      resolve: ({ headPersonId }) => personSubject(headPersonId),
    }),
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      reads: ['id'],
      resolve: (household) => globalId('Household', household.id),
    }),
    householdNumber: t.exposeString('householdNumber', {
      description: '户号 Number in the household register.',
      card: { right: 'person.identity', mask: 'all' },
    }),
    type: t.field({
      type: HouseholdType,
      description: '户类型 Kind of household.',
      reads: ['type'],
      resolve: (household) => household.type,
    }),
    head: t.field({
      type: Person,
      nullable: true,
      description: '户主 Head of the household.',
      reads: ['headPersonId'],
      ...personLoader.below(({ headPersonId }: { readonly headPersonId: string | null }) =>
        headPersonId === null ? null : globalId('Person', headPersonId),
      ),
    }),
    members: t.field({
      type: PersonConnection,
      description: '户内成员 Members, the head first (by GB/T 4761).',
      args: pageArguments(t.arg),
      reads: ['id'],
      ...loadedBelow({ keyOf: ({ id }: HouseholdRow) => id, loaderOf: membersOf }),
    }),
    dwelling: t.field({
      type: Dwelling,
      nullable: true,
      description: '住所 Dwelling of the household.',
      reads: ['dwellingId'],
      ...dwellingLoader.below(({ dwellingId }: { readonly dwellingId: string }) => globalId('Dwelling', dwellingId)),
    }),
    community: t.field({
      type: Community,
      description: '所在社区 Community of the household.',
      reads: ['communityCode'],
      resolve: (household) => ({ id: globalId('Community', household.communityCode) }),
    }),
    grid: t.field({
      type: Grid,
      description: '所在网格 Grid of the household.',
      reads: ['gridCode'],
      resolve: (household) => ({ id: globalId('Grid', household.gridCode) }),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      reads: ['provenanceId'],
      resolve: (household, _args, context) => loadProvenance(household.provenanceId, context),
    }),
  }),
});
