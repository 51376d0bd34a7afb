import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { developmentMachine } from '../../rules/development/development-machine.ts';
import { findCategoriesOf, type MemberCategoryRow } from '../../store/development/category-rows.ts';
import { builder, Provenance, transitionTypes } from '../builder.ts';
import { MEMBERSHIP, MEMBERSHIP_CARD } from '../cards.ts';
import { PartyMember } from '../entities.ts';
import { PartyMemberCategory } from '../vocabulary.ts';

const MemberCategoryPeriod = builder.objectRef<MemberCategoryRow>('MemberCategoryPeriod').implement({
  description: '党员类别沿革 What somebody was on the way to full membership, from when to when.',
  card: MEMBERSHIP_CARD,
  fields: (t) => ({
    category: t.field({
      type: PartyMemberCategory,
      nullable: true,
      description: '类别 Category.',
      card: MEMBERSHIP,
      resolve: ({ category }) => category,
    }),
    validFrom: t.expose('validFrom', {
      type: 'LocalDate',
      nullable: true,
      description: '起始日期 First day.',
      card: MEMBERSHIP,
    }),
    validTo: t.expose('validTo', {
      type: 'LocalDate',
      nullable: true,
      description: '终止日期 First day on which it no longer holds; null while it does.',
      card: MEMBERSHIP,
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

builder.objectFields(PartyMember, (t) => ({
  categories: t.field({
    type: [MemberCategoryPeriod],
    nullable: true,
    description: '类别沿革 What the member was, the newest first.',
    card: MEMBERSHIP,
    resolve: ({ id }, _args, { caller, loaders, store, trace }) =>
      loaders
        .get<MemberCategoryRow[]>('memberCategories', (ids) => findCategoriesOf(store, ids, caller, trace))
        .load(id),
  }),
  availableTransitions: t.field({
    type: [transitionTypes.Transition],
    nullable: true,
    description: '可用流转 The next step towards full membership that the caller may take.',
    card: { ...MEMBERSHIP, derivedFrom: 'category' },
    resolve: ({ category }, _args, { caller }) => developmentMachine.availableTransitions(category, caller, null),
  }),
}));
