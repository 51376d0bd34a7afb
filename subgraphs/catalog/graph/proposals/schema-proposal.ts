import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { proposalMachine } from '../../rules/proposals/proposal-machine.ts';
import { readCheck } from '../../rules/schema/check-schema.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import {
  findProposalContracts,
  findSignOffs,
  type ProposalContractRow,
  type ProposalRow,
  proposalList,
  type SignOffRow,
} from '../../store/proposals/proposal-rows.ts';
import { findSchemaTexts } from '../../store/versions/version-rows.ts';
import { builder, Department, Provenance, Transition, TransitionStep } from '../builder.ts';
import { MATTER_CARD, proposalLoader, SchemaProposal, SchemaProposalConnection } from '../matters/entities.ts';
import { stepsOf } from '../matters/matter-fields.ts';
import { SchemaProposalState } from '../matters/vocabulary.ts';
import { SchemaCheckType, SchemaVerdict } from '../schema/schema-check.ts';

const PROPOSERS = { ...MATTER_CARD, right: 'schema.propose' } as const;

const ProposalContract = builder.objectRef<ProposalContractRow>('SchemaProposalContract').implement({
  description: '提案契约 One subgraph’s contract as it is to be.',
  card: MATTER_CARD,
  fields: (t) => ({
    subgraph: t.exposeString('graph', { description: '子图 Its name.' }),
    hash: t.exposeString('hash', { description: '指纹 SHA-256 of the contract.' }),
    sdl: t.string({
      nullable: true,
      description: '契约原文 The contract in SDL.',
      resolve: ({ hash }, _args, { loaders, store, trace }) =>
        loaders.get<string | null>('schemaTexts', (hashes) => findSchemaTexts(store, hashes, trace)).load(hash),
    }),
  }),
});

const SignOff = builder.objectRef<SignOffRow>('SchemaSignOff').implement({
  description: '会签 A department’s word on what changes of its data.',
  card: MATTER_CARD,
  fields: (t) => ({
    department: t.field({
      type: Department,
      description: '会签部门 The department.',
      resolve: ({ departmentCode }) => ({ code: departmentCode }),
    }),
    revision: t.exposeInt('revision', { description: '稿次 Which revision it is of.', card: { unit: '稿 revision' } }),
    agreed: t.exposeBoolean('agreed', { description: '是否同意 Whether it agrees.' }),
    note: t.exposeString('note', { nullable: true, description: '意见 What it says.' }),
    signedAt: t.expose('signedAt', { type: 'DateTime', description: '会签时间 When.' }),
  }),
});

const checkOf = ({ check }: ProposalRow) => (check === null ? null : readCheck(check));

const signOffsOf = ({ id }: ProposalRow, { loaders, store, trace }: SubgraphContext<CatalogStore>) =>
  loaders.get<SignOffRow[]>('signOffs', (ids) => findSignOffs(store, ids, trace)).load(id);

SchemaProposal.implement({
  description: '图谱提案 Contracts that are proposed, on their way into the graph.',
  card: MATTER_CARD,
  entity: proposalLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('SchemaProposal', id),
    }),
    title: t.exposeString('title', { description: '名称 What it is about.' }),
    reason: t.exposeString('reason', { description: '理由 Why.' }),
    department: t.field({
      type: Department,
      description: '提案部门 The department that proposed it.',
      resolve: ({ departmentCode }) => ({ code: departmentCode }),
    }),
    state: t.field({
      type: SchemaProposalState,
      description: '状态 State.',
      resolve: ({ state }) => state,
    }),
    revision: t.exposeInt('revision', {
      description: '稿次 From 1; each revision is reviewed and signed anew.',
      card: { unit: '稿 revision' },
    }),
    verdict: t.field({
      type: SchemaVerdict,
      nullable: true,
      description: '评审结论 Verdict of the check that is attached; null before a review.',
      resolve: ({ verdict }) => verdict,
    }),
    check: t.field({
      type: SchemaCheckType,
      nullable: true,
      description: '评审 The check as it was attached by the review, or made anew at publication.',
      card: PROPOSERS,
      resolve: checkOf,
    }),
    contracts: t.field({
      type: [ProposalContract],
      description: '提案契约 The contracts of the present revision.',
      resolve: ({ id }, _args, { loaders, store, trace }) =>
        loaders
          .get<ProposalContractRow[]>('proposalContracts', (ids) => findProposalContracts(store, ids, trace))
          .load(id),
    }),
    signOffs: t.field({
      type: [SignOff],
      description: '会签情况 What owners have said, the newest revision first.',
      resolve: (proposal, _args, context) => signOffsOf(proposal, context),
    }),
    missingSignOffs: t.field({
      type: [Department],
      description: '待会签部门 Owners of what changes who have not agreed to the present revision.',
      resolve: async (proposal, _args, context) => {
        const signed = (await signOffsOf(proposal, context)).filter(
          ({ agreed, revision }) => agreed && revision === proposal.revision,
        );
        return (checkOf(proposal)?.owners ?? [])
          .filter((code) => !signed.some(({ departmentCode }) => departmentCode === code))
          .map((code) => ({ code }));
      },
    }),
    publishedNumber: t.exposeInt('publishedNumber', {
      nullable: true,
      description: '发布版本号 The version that published it.',
      card: { unit: '版 version' },
    }),
    submittedAt: t.expose('submittedAt', { type: 'DateTime', description: '提出时间 When.' }),
    availableTransitions: t.field({
      type: [Transition],
      description: '可用流转 What the caller may do with it now.',
      resolve: (row, _args, { caller }) => proposalMachine.availableTransitions(row.state, caller, row),
    }),
    steps: t.field({
      type: [TransitionStep],
      description: '办理记录 Every step, oldest first.',
      resolve: ({ id }, _args, context) => stepsOf(id, proposalMachine, context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

const Filter = builder.inputType('SchemaProposalFilter', {
  description: '提案筛选 Which proposals; all given conditions hold together.',
  fields: (t) => ({
    state: t.field({ type: SchemaProposalState, description: '状态 State.' }),
    departmentCode: t.string({ description: '提案部门代码 Code of the department.' }),
  }),
});

builder.queryField('schemaProposals', (t) =>
  t.field({
    type: SchemaProposalConnection,
    nullable: true,
    description: '图谱提案清单 Proposals, newest first.',
    card: PROPOSERS,
    args: { ...pageArguments(t.arg), filter: t.arg({ type: Filter, description: '筛选 Which proposals.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(proposalList, page, { sort: 'SUBMITTED_AT', filter: { ...filter } }, context, info),
  }),
);
