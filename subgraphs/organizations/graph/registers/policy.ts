import { globalId } from '../../../kit/global-id.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { requireDivisionCode } from '../../../kit/store/division-filter.ts';
import {
  type PolicyDocumentRow,
  type PolicyProvisionRow,
  policyDocumentsOfCity,
  provisionsOfDocument,
} from '../../store/registers/policy-rows.ts';
import { builder, Provenance } from '../builder.ts';
import { COMMUNITY_CARD } from '../cards.ts';
import { PolicyDocument, policyDocumentLoader } from '../entities.ts';
import { type Context, loadShortList } from '../entity-loading.ts';

export const PolicyTheme = builder.enumType('PolicyTheme', {
  description: '政策主题 What a paper is about.',
  values: {
    GOVERNANCE: { description: '城乡社区治理 Governance of communities.' },
    INTERNATIONAL: { description: '国际化社区 International communities.' },
    RURAL: { description: '农村社区 Rural communities.' },
    DELIBERATION: { description: '协商共治 Deliberation.' },
    VILLAGE_CONVERSION: { description: '撤村建居 Villages converted to communities.' },
    WORKFORCE: { description: '社区工作者队伍 The workforce.' },
    COMMITTEES: { description: '居民委员会建设 Residents’ committees.' },
    SOCIETY_INTERACTION: { description: '政社互动 Between government and society.' },
  },
});

export const PolicyProvisionKind = builder.enumType('PolicyProvisionKind', {
  description: '条目类型 What a paper enumerates.',
  values: {
    WORK_LINE: { description: '工作线 Line of work.' },
    ASPECT: { description: '方面 Aspect.' },
    GOVERNMENT_DUTY: { description: '政府职责 Duty of the government.' },
    SELF_GOVERNANCE_DUTY: { description: '自治职责 Duty of self-governance.' },
  },
});

export const PolicyDocumentKind = builder.enumType('PolicyDocumentKind', {
  description: '文件类型 Kind of paper.',
  values: {
    OPINION: { description: '意见 Opinion.' },
    MEASURES: { description: '办法 Measures.' },
    DUTY_LIST: { description: '职责清单 List of duties.' },
  },
});

const PolicyProvision = builder.objectRef<PolicyProvisionRow>('PolicyProvision').implement({
  description: '文件条目 One item that a paper enumerates.',
  card: COMMUNITY_CARD,
  fields: (t) => ({
    kind: t.field({ type: PolicyProvisionKind, description: '类型 Kind.', resolve: ({ kind }) => kind }),
    ordinal: t.exposeInt('ordinal', { description: '序号 Place, from 1.' }),
    name: t.exposeString('name', { nullable: true, description: '名称 Name; null: 待补.' }),
    namePending: t.boolean({
      description: '名称待补 Whether no source gives the name.',
      card: { derivedFrom: 'name is null' },
      resolve: ({ name }) => name === null,
    }),
  }),
});

async function childrenOf(parent: PolicyDocumentRow, context: Context): Promise<PolicyDocumentRow[]> {
  const rows = await loadShortList(policyDocumentsOfCity, parent.cityCode, context);
  return rows.filter(({ parentId }) => parentId === parent.id);
}

PolicyDocument.implement({
  description: '政策文件 A paper on communities: opinion, measures or list of duties.',
  card: COMMUNITY_CARD,
  entity: policyDocumentLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('PolicyDocument', id),
    }),
    title: t.exposeString('title', { description: '标题 Title.' }),
    kind: t.field({
      type: PolicyDocumentKind,
      description: '类型 Kind.',
      resolve: ({ kind }) => kind,
    }),
    theme: t.field({ type: PolicyTheme, description: '主题 Theme.', resolve: ({ theme }) => theme }),
    issuer: t.exposeString('issuer', { nullable: true, description: '发文机关 Who issued it; null: 待补.' }),
    issuedOn: t.expose('issuedOn', { type: 'LocalDate', nullable: true, description: '印发日期 Day; null: 待补.' }),
    inForce: t.boolean({
      description: '是否现行 False: planned, or repealed.',
      resolve: ({ state, repealedOn }) => state === 'IN_FORCE' && repealedOn === null,
    }),
    repealedOn: t.expose('repealedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '废止日期 First day without it; null while it stands.',
    }),
    parent: t.field({
      type: PolicyDocument,
      nullable: true,
      description: '上位文件 The paper that it carries out.',
      card: KEY_CARD,
      ...policyDocumentLoader.below(({ parentId }: { readonly parentId: string | null }) =>
        parentId === null ? null : globalId('PolicyDocument', parentId),
      ),
    }),
    children: t.field({
      type: [PolicyDocument],
      description: '配套文件 Papers that carry it out.',
      card: KEY_CARD,
      resolve: (document, _args, context) => childrenOf(document, context),
    }),
    provisions: t.field({
      type: [PolicyProvision],
      description: '条目 What it enumerates, in order.',
      card: KEY_CARD,
      args: { kind: t.arg({ type: PolicyProvisionKind, description: '类型 Only this kind.' }) },
      resolve: async ({ id }, { kind }, context) =>
        (await loadShortList(provisionsOfDocument, id, context)).filter((row) => kind == null || row.kind === kind),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (document, _args, context) => loadProvenance(document.provenanceId, context),
    }),
  }),
});

builder.queryField('policyDocuments', (t) =>
  t.field({
    type: [PolicyDocument],
    description: '政策文件 Papers of a city; those at the top of the tree, or all of one theme.',
    card: COMMUNITY_CARD,
    args: {
      cityCode: t.arg.string({ required: true, description: '市代码 4 digits.' }),
      theme: t.arg({ type: PolicyTheme, description: '主题 Only this theme, wherever it stands in the tree.' }),
    },
    resolve: async (_root, { cityCode, theme }, context) => {
      const rows = await loadShortList(policyDocumentsOfCity, requireDivisionCode('cityCode', cityCode, [4]), context);
      return rows.filter((row) => (theme == null ? row.parentId === null : row.theme === theme));
    },
  }),
);
