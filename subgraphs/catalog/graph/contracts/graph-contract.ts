import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { type ComposedVariant, composeInWorker } from '../../../kit/schema-check/graph-variant.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { defineGraphContract } from '../../rules/contracts/define-graph-contract.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { findGraphContracts, type GraphContractRow } from '../../store/contracts/graph-contract-rows.ts';
import { findVersionTexts } from '../../store/versions/graph-release.ts';
import { builder, refusalTypes } from '../builder.ts';
import { CATALOG_CARD } from '../entities.ts';
import { IDEMPOTENCY_KEY } from '../matters/payload.ts';

/** The contract composed of the version in force; once for its fields. */
const composedOf = (contract: GraphContractRow, { loaders, store, trace }: SubgraphContext<CatalogStore>) =>
  loaders
    .get<ComposedVariant>(`composed ${contract.name}`, async (keys) => {
      trace.recordStatement('catalog', 'catalog.live_contracts');
      const head = await findVersionTexts(store.pool);
      const { excludeTags, includeTags, maxGrade } = contract;
      const composed: ComposedVariant =
        head === null
          ? { findings: ['没有现行版本 There is no version in force'] }
          : await composeInWorker({
              contracts: head.contracts.map((known) => ({ ...known, url: known.url ?? undefined })),
              filter: { kind: 'CONTRACT', maxGrade, includeTags, excludeTags },
            });
      return keys.map(() => composed);
    })
    .load('');

const GraphContract = builder.objectRef<GraphContractRow>('GraphContract').implement({
  description: '契约变体 A part of the graph under a name of its own, by grade and tags.',
  card: CATALOG_CARD,
  fields: (t) => ({
    name: t.exposeString('name', {
      description: '变体名 Its name: the header x-yiyun-contract or ?contract= of a request chooses it.',
    }),
    titleZh: t.exposeString('titleZh', { description: '名称 What it is, in Chinese.' }),
    titleEn: t.exposeString('titleEn', { description: '英文名称 What it is, in English.' }),
    maxGrade: t.exposeInt('maxGrade', {
      description: '最高分级 Fields above this grade are left out.',
      card: { unit: '级 grade' },
    }),
    includeTags: t.stringList({
      description: '列入的标签 Of tagged fields only those with one of these; none: any.',
      resolve: ({ includeTags }) => [...includeTags],
    }),
    excludeTags: t.stringList({
      description: '排除的标签 Nothing with one of these.',
      resolve: ({ excludeTags }) => [...excludeTags],
    }),
    definedAt: t.expose('definedAt', { type: 'DateTime', description: '定义时间 When it was defined last.' }),
    compositionFindings: t.stringList({
      nullable: true,
      // Composing takes seconds of a thread.
      card: { right: 'schema.propose' },
      description: '合成问题 Why it does not compose with the version in force; empty when it does.',
      resolve: async (contract, _args, context) => {
        const composed = await composedOf(contract, context);
        return 'findings' in composed ? [...composed.findings] : [];
      },
    }),
    sdl: t.string({
      nullable: true,
      card: { right: 'schema.propose' },
      description: '变体原文 What its clients see, in SDL.',
      resolve: async (contract, _args, context) => {
        const composed = await composedOf(contract, context);
        return 'findings' in composed ? null : composed.apiSdl;
      },
    }),
  }),
});

builder.queryField('graphContracts', (t) =>
  t.field({
    type: [GraphContract],
    description: '契约变体清单 Parts of the graph that are served under names of their own.',
    card: CATALOG_CARD,
    resolve: (_root, _args, { store, trace }) => findGraphContracts(store, trace),
  }),
);

const Input = builder.inputType('DefineGraphContractInput', {
  description: '定义契约变体 What a contract holds; one of that name is changed.',
  fields: (t) => ({
    name: t.string({ required: true, description: '变体名 2 to 40 lower-case letters, digits or hyphens.' }),
    titleZh: t.string({ required: true, description: '名称 2 to 80 characters.' }),
    titleEn: t.string({ required: true, description: '英文名称 2 to 80 characters.' }),
    maxGrade: t.int({ required: true, description: '最高分级 1 to 4.' }),
    includeTags: t.stringList({ required: true, defaultValue: [], description: '列入的标签 None: any.' }),
    excludeTags: t.stringList({ required: true, defaultValue: [], description: '排除的标签 Left out.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

defineMutation(builder, {
  name: 'defineGraphContract',
  description: '定义契约变体 Defines or changes a contract; it must compose with the version in force.',
  card: { right: 'schema.publish' },
  input: Input,
  refusals: [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  run: (input, context) => defineGraphContract(context, input),
  result: {
    field: 'contract',
    type: GraphContract,
    description: '契约变体 The contract.',
    load: async ({ name }, { store, trace }) =>
      (await findGraphContracts(store, trace)).find((contract) => contract.name === name) ?? null,
  },
});
