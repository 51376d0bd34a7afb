import {
  dateKind,
  nameKind,
  ownCodeKind,
  placeCodeKind,
  referenceCodeKind,
  textKind,
} from '../../kit/ingest/column-kinds.ts';
import type { DatasetColumn, DatasetDeclaration, RowFault, StagedValue } from '../../kit/ingest/dataset.ts';
import { plainColumn, plainItemsOf } from '../../kit/ingest/plain-parts.ts';
import { partyCodes } from './party-codes.ts';

export const organizationCodeKind = referenceCodeKind(32, '党组织编码', 'the code of a party organization');

/** The structure of the party's organizations is public: nothing of it is masked. */
const columns: readonly DatasetColumn[] = [
  plainColumn('organizationCode', '党组织编码', organizationCodeKind, 'ALWAYS', {
    aliases: ['组织编码', '党组织代码'],
    coordinate: 'PartyOrganization.organizationCode',
    example: 'DZ330402007024',
    descriptionZh: '党务系统中的编码，用于匹配',
    descriptionEn: 'what the party’s systems know it by',
    staged: 'organization_code',
  }),
  plainColumn('name', '党组织名称', textKind(60, '党组织名称', 'the name of a party organization'), 'NEW', {
    aliases: ['名称', '组织名称'],
    coordinate: 'PartyOrganization.name',
    example: '中共示例社区总支部委员会',
    descriptionZh: '全称',
    descriptionEn: 'the whole name',
    staged: 'name',
  }),
  plainColumn('kind', '类型', ownCodeKind('党组织类型', partyCodes.kind), 'NEW', {
    aliases: ['组织类别', '党组织类型'],
    coordinate: 'PartyOrganization.kind',
    example: '党总支',
    descriptionZh: '只用于新登记',
    descriptionEn: 'for new records',
    staged: 'kind',
  }),
  plainColumn('parentCode', '上级党组织编码', organizationCodeKind, 'NEVER', {
    aliases: ['上级组织编码'],
    coordinate: 'PartyOrganization.parent',
    example: '',
    descriptionZh: '已登记的上级党组织',
    descriptionEn: 'the organization, on record, above it',
    staged: 'parent_code',
  }),
  plainColumn(
    'placeCode',
    '所在区划或网格代码',
    placeCodeKind([4, 6, 9, 12, 15, 18], '区划、网格或微网格代码', 'the code of a division, a grid or a micro-grid'),
    'NEW',
    {
      aliases: ['区划代码', '所在区划'],
      coordinate: 'PartyOrganization.division',
      example: '330402007024',
      descriptionZh: '所属的最小区划；网格党支部填网格，微网格党小组填微网格；只用于新登记',
      descriptionEn: 'the finest place that it belongs to, a grid branch’s grid, a group’s micro-grid; for new records',
      staged: 'place_code',
    },
  ),
  plainColumn('secretaryName', '书记姓名', nameKind, 'NEVER', {
    aliases: ['书记'],
    coordinate: 'PartyOrganization.secretaryName',
    example: '沈一云',
    descriptionZh: '公示的书记姓名',
    descriptionEn: 'the secretary’s name as published',
    staged: 'secretary_name',
  }),
  plainColumn('establishedOn', '成立日期', dateKind({ mayBeInFuture: false }), 'NEW', {
    aliases: ['建立日期'],
    coordinate: 'PartyOrganization.establishedOn',
    example: '2019-05-20',
    descriptionZh: '成立日期',
    descriptionEn: 'its first day',
    staged: 'established_on',
  }),
  plainColumn('termEndsOn', '届满日期', dateKind({ mayBeInFuture: true }), 'NEVER', {
    coordinate: 'PartyOrganization.termEndsOn',
    example: '2029-05-20',
    descriptionZh: '本届届满日期；党小组没有届期',
    descriptionEn: 'the day on which the term ends; a group has none',
    staged: 'term_ends_on',
  }),
];

const TABLE = 'party.party_organization';
const placeColumns = ['city_code', 'county_code', 'township_code', 'community_code', 'grid_code', 'micro_grid_code'];
const DIGITS = [4, 6, 9, 12, 15, 18];
/** Digits of the place that a kind must have; others lie in a division. */
const PLACE_DIGITS: Readonly<Record<string, number>> = { GRID_BRANCH: 15, MICRO_GRID_GROUP: 18 };

const simple = plainItemsOf('PartyOrganization');

/** Of one place no second organization of a kind: on record under another code, or in an earlier row of the file. */
const placeTaken = (kind: string, place: string) =>
  `s.kind = '${kind}' AND (
     EXISTS (SELECT FROM ${TABLE} p WHERE p.kind = '${kind}' AND p.${place} = s.${place}
                AND p.organization_code <> s.organization_code)
     OR EXISTS (SELECT FROM {stage} e WHERE e.code IS NULL AND e.kind = '${kind}' AND e.${place} = s.${place}
                   AND e.line < s.line AND e.organization_code <> s.organization_code))`;

/** 党组织 — from the city's committee to the group of a micro-grid, known by their codes. */
export const partyOrganizationsDataset: DatasetDeclaration = {
  name: 'party-organizations',
  version: 1,
  zh: '党组织',
  en: 'party organizations',
  right: 'party-organization.import',
  typeName: 'PartyOrganization',
  event: 'party_organization',
  table: TABLE,
  columns,
  staged: [
    { name: 'organization_code', type: 'text' },
    { name: 'name', type: 'text' },
    { name: 'kind', type: 'text' },
    { name: 'parent_code', type: 'text', stageOnly: true },
    { name: 'secretary_name', type: 'text' },
    { name: 'established_on', type: 'date' },
    { name: 'term_ends_on', type: 'date' },
    { name: 'place_code', type: 'text', stageOnly: true },
    ...placeColumns.map((name) => ({ name, type: 'text' as const })),
  ],
  identity: ['organization_code'],
  items: [
    simple('name', 'name'),
    { ...simple('kind', 'kind'), changesElsewhere: true },
    {
      key: 'parent',
      column: 'parentCode',
      coordinate: 'PartyOrganization.parent',
      stores: ['parent_id'],
      compares: ['parent_id'],
      states: 'parent_code',
    },
    simple('secretaryName', 'secretary_name'),
    simple('establishedOn', 'established_on'),
    simple('termEndsOn', 'term_ends_on'),
    {
      key: 'place',
      column: 'placeCode',
      coordinate: 'PartyOrganization.division',
      stores: placeColumns,
      compares: placeColumns,
      states: 'place_code',
      changesElsewhere: true,
    },
  ],
  onlyNew: ['organization_code'],
  neededForNew: { name: 'name', kind: 'kind', place_code: 'placeCode', established_on: 'establishedOn' },
  area: ['placeCode'],
  scope: { alias: 'p', hasGridCode: true },
  places: [{ column: 'placeCode', staged: 'place_code' }],
  references: [
    {
      column: 'parentCode',
      staged: 'parent_code',
      table: TABLE,
      tableKey: 'organization_code',
      stores: 'parent_id',
      whatZh: '上级党组织',
      whatEn: 'party organization above',
    },
  ],
  checks: [
    { outcome: 'HELD', code: 'PLACE_TAKEN', column: 'placeCode', when: placeTaken('GRID_BRANCH', 'grid_code') },
    {
      outcome: 'HELD',
      code: 'PLACE_TAKEN',
      column: 'placeCode',
      when: placeTaken('MICRO_GRID_GROUP', 'micro_grid_code'),
    },
  ],
  counts: [],
  countedBy: ['city_code'],
  stage(values): readonly StagedValue[] | RowFault {
    const stated = (key: string) => values.get(key) ?? null;
    const [kind, place, from, to] = ['kind', 'placeCode', 'establishedOn', 'termEndsOn'].map(stated);
    if (stated('parentCode') === stated('organizationCode')) return { code: 'REFERS_TO_ITSELF', column: 'parentCode' };
    if (from != null && to != null && to <= from) return { code: 'PERIOD_REVERSED', column: 'termEndsOn' };
    if (kind != null && place != null) {
      const digits = PLACE_DIGITS[kind];
      const fits = digits === undefined ? place.length <= 15 : place.length === digits;
      if (!fits) return { code: 'PLACE_UNFIT_FOR_KIND', column: 'placeCode' };
    }
    const isGroup = kind === 'GROUP' || kind === 'MICRO_GRID_GROUP';
    if (isGroup && to != null) return { code: 'GROUP_HAS_NO_TERM', column: 'termEndsOn' };
    return [
      ...['organizationCode', 'name', 'kind', 'parentCode', 'secretaryName', 'establishedOn', 'termEndsOn'].map(stated),
      place ?? null,
      ...DIGITS.map((digits) => (place != null && place.length >= digits ? place.slice(0, digits) : null)),
    ];
  },
};
