import { graphProblem } from '../../../kit/codes/problems.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { oneBodyKey } from '../../rules/bodies/body-key.ts';
import type { OrganizationRow } from '../../store/bodies/organization-rows.ts';
import { findBodiesByKey, MAX_BODY_MATCHES } from '../../store/bodies/organization-search.ts';
import { builder } from '../builder.ts';
import { Organization } from '../entities.ts';

const FindOrganizationInput = builder.inputType('FindOrganizationInput', {
  description:
    '查组织条件 One key: code or telephone whole, or a part of the name, its pinyin, its initials, the address.',
  fields: (t) => ({
    uscc: t.string({ description: '统一社会信用代码 GB 32100 code, 18 characters.' }),
    phone: t.string({ description: '电话 Telephone, digits with or without hyphens.' }),
    name: t.string({ description: '名称 Part of the name, 3 to 60 characters.' }),
    namePinyin: t.string({ description: '名称拼音 Part of the name in pinyin without tones, 3 to 60 letters.' }),
    nameInitials: t.string({ description: '名称首字母 Part of the initials in pinyin, 3 to 60 letters.' }),
    address: t.string({ description: '地址 Part of the address, 3 to 60 characters.' }),
  }),
});

interface Found {
  readonly __typename: 'OrganizationFound' | 'SeveralOrganizationsMatch' | 'NoOrganizationMatches';
  readonly rows: readonly OrganizationRow[];
}

const OrganizationFound = builder.objectRef<Found>('OrganizationFound').implement({
  description: '唯一匹配 The key finds one body.',
  card: GRAPH_CARD,
  fields: (t) => ({
    organization: t.field({
      type: Organization,
      nullable: true,
      description: '组织 The body.',
      resolve: ({ rows }) => rows[0] ?? null,
    }),
  }),
});

const SeveralOrganizationsMatch = builder.objectRef<Found>('SeveralOrganizationsMatch').implement({
  description: '多个匹配，不作猜测 The key finds several bodies; none of them is guessed.',
  card: GRAPH_CARD,
  fields: (t) => ({
    organizations: t.field({
      type: [Organization],
      description: `候选组织，最多 ${MAX_BODY_MATCHES} 个 Those that match, the shortest name first, ${MAX_BODY_MATCHES} at most.`,
      resolve: ({ rows }) => rows.slice(0, MAX_BODY_MATCHES),
    }),
    moreMatch: t.boolean({
      description: '是否还有更多 Whether more match than are listed.',
      resolve: ({ rows }) => rows.length > MAX_BODY_MATCHES,
    }),
    nextStep: t.string({
      description: '建议 How to tell them apart.',
      resolve: () => '请输入更多文字，或改用统一社会信用代码 Type more of it, or use the credit code.',
    }),
  }),
});

const NoOrganizationMatches = builder.objectRef<Found>('NoOrganizationMatches').implement({
  description: '辖区内无匹配 No body inside the caller’s area, or of the divisions above it, has this key.',
  card: GRAPH_CARD,
  fields: (t) => ({
    nextStep: t.string({
      description: '建议 What to check.',
      resolve: () =>
        '请核对条件；已注销的和辖区外的组织不予查找 Check the key; dissolved bodies and those outside of your area are not found.',
    }),
  }),
});

const FindOrganizationAnswer = builder.unionType('FindOrganizationAnswer', {
  description: '查组织结果 One body, several, or none.',
  types: [OrganizationFound, SeveralOrganizationsMatch, NoOrganizationMatches],
  resolveType: (found) => found.__typename,
});

builder.queryField('findOrganization', (t) =>
  t.field({
    type: FindOrganizationAnswer,
    description:
      '查组织 Finds a body of the caller’s area by one key. An ambiguous key is answered with all that match, never with a guess.',
    args: { by: t.arg({ type: FindOrganizationInput, required: true, description: '条件 The key.' }) },
    resolve: async (_root, { by }, { store, caller, trace }) => {
      const key = oneBodyKey(by);
      if ('reasonZh' in key) throw graphProblem('FILTER_INVALID', { filter: 'by', ...key });
      const rows = await findBodiesByKey(store, key.key, key.text, caller, trace);
      const __typename =
        rows.length === 0
          ? 'NoOrganizationMatches'
          : rows.length === 1
            ? 'OrganizationFound'
            : 'SeveralOrganizationsMatch';
      return { __typename, rows } as const;
    },
  }),
);
