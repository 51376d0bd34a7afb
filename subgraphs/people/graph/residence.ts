import { globalId } from '../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../kit/graph/access-subject.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { loadProvenance } from '../../kit/graph/provenance.ts';
import { Community, Provenance } from './builder.ts';
import { Dwelling, dwellingLoader, Person, personLoader, Residence, residenceLoader } from './entities.ts';
import { ResidenceKind } from './vocabulary.ts';

Residence.implement({
  description: '居住登记 That somebody is registered or lives at a dwelling, from when to when.',
  card: { source: 'public-security', sharing: 'CONDITIONAL', grade: 3, category: 'PERSONAL', updateCycle: 'DAILY' },
  entity: residenceLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: (residence) => globalId('Residence', residence.id),
    }),
    kind: t.field({ type: ResidenceKind, description: '居住类型 Kind.', resolve: (residence) => residence.kind }),
    person: t.field({
      type: Person,
      nullable: true,
      description: '居住人 The person.',
      ...personLoader.below(({ personId }: { readonly personId: string }) => globalId('Person', personId)),
    }),
    dwelling: t.field({
      type: Dwelling,
      nullable: true,
      description: '房屋 The dwelling.',
      ...dwellingLoader.below(({ dwellingId }: { readonly dwellingId: string }) => globalId('Dwelling', dwellingId)),
    }),
    community: t.field({
      type: Community,
      description: '社区 Community of the dwelling.',
      resolve: (residence) => ({ id: globalId('Community', residence.communityCode) }),
    }),
    validFrom: t.expose('validFrom', { type: 'LocalDate', description: '起始日期 First day.' }),
    validTo: t.expose('validTo', {
      type: 'LocalDate',
      nullable: true,
      description: '终止日期 First day on which it no longer holds; null while it is live.',
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (residence, _args, context) => loadProvenance(residence.provenanceId, context),
    }),
  }),
});
