import { isRefusal, type Refusal } from '../../kit/codes/refusals.ts';
import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import { changeResidence, type ResidenceChanged } from '../rules/change-residence.ts';
import { builder, refusalTypes } from './builder.ts';
import { Person, personLoader, Residence, residenceLoader } from './entities.ts';
import { ResidenceKind } from './vocabulary.ts';

const ChangeResidenceInput = builder.inputType('ChangeResidenceInput', {
  description: '居住变更 Who moves where, from when.',
  fields: (t) => ({
    personId: t.id({ required: true, description: '居住人 The person.' }),
    dwellingId: t.id({ required: true, description: '新住处 The dwelling moved to.' }),
    kind: t.field({ type: ResidenceKind, required: true, description: '居住类型 Kind of residence that changes.' }),
    from: t.field({ type: 'LocalDate', required: true, description: '起始日期 First day; not in the future.' }),
    idempotencyKey: t.string({
      required: true,
      description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
    }),
  }),
});

const ChangeResidenceSuccess = builder
  .objectRef<ResidenceChanged & { __typename: 'ChangeResidenceSuccess' }>('ChangeResidenceSuccess')
  .implement({
    description: '居住变更完成 The residence was changed.',
    card: GRAPH_CARD,
    fields: (t) => ({
      residence: t.field({
        type: Residence,
        nullable: true,
        description: '新的居住登记 The new residence.',
        resolve: ({ residenceId }, _args, context) => residenceLoader.load(residenceId, context),
      }),
      person: t.field({
        type: Person,
        nullable: true,
        description: '居住人 The person, as changed.',
        resolve: ({ personId }, _args, context) => personLoader.load(personId, context),
      }),
      closedResidence: t.field({
        type: Residence,
        nullable: true,
        description: '被替代的居住登记 The residence that it closed.',
        resolve: ({ closedResidenceId }, _args, context) =>
          closedResidenceId === null ? null : residenceLoader.load(closedResidenceId, context),
      }),
    }),
  });

const ChangeResidencePayload = builder.unionType('ChangeResidencePayload', {
  description: '居住变更结果 Done, or why not.',
  types: [ChangeResidenceSuccess, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  resolveType: (value) => (value as { __typename: string }).__typename,
});

builder.mutationFields((t) => ({
  changeResidence: t.field({
    type: ChangeResidencePayload,
    nullable: true,
    description: '居住变更 Registers a person at another dwelling and closes the former residence of the same kind.',
    card: { source: 'public-security', right: 'residence.write' },
    args: { input: t.arg({ type: ChangeResidenceInput, required: true, description: '输入 What to change.' }) },
    resolve: async (_root, { input }, { store, caller, clock, loaders }) => {
      const result: ResidenceChanged | Refusal = await changeResidence(store, caller, clock, input);
      loaders.clear();
      return isRefusal(result) ? result : { __typename: 'ChangeResidenceSuccess' as const, ...result };
    },
  }),
}));
