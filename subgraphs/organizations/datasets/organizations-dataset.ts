import { damagedNumber, dateKind, ownCodeKind, placeCodeKind, textKind } from '../../kit/ingest/column-kinds.ts';
import type { ColumnKind, DatasetColumn, DatasetDeclaration, RowFault, StagedValue } from '../../kit/ingest/dataset.ts';
import { plainColumn, plainItemsOf } from '../../kit/ingest/plain-parts.ts';
import { findUsccFlaw } from '../../kit/uscc.ts';
import { organizationCodes } from './organization-codes.ts';

const usccKind: ColumnKind = {
  zh: '统一社会信用代码（18 位）',
  en: 'a unified social credit code (18 characters)',
  maxLength: 24,
  parse(text) {
    if (damagedNumber(text)) return { code: 'NUMBER_DAMAGED' };
    const code = text.replace(/[\s-]/g, '').toUpperCase();
    const flaw = findUsccFlaw(code);
    return flaw === undefined ? code : { code: 'USCC_INVALID', values: { ...flaw } };
  },
};

const day = dateKind({ mayBeInFuture: false });

/** The register of bodies is public: nothing of it is masked. */
const columns: readonly DatasetColumn[] = [
  plainColumn('uscc', '统一社会信用代码', usccKind, 'ALWAYS', {
    aliases: ['信用代码', '社会信用代码'],
    coordinate: 'Organization.uscc',
    example: '52330499MAN0000010',
    descriptionZh: 'GB 32100，用于匹配',
    descriptionEn: 'GB 32100; what a body is known by',
    staged: 'uscc',
  }),
  plainColumn('name', '名称', textKind(120, '名称', 'a name'), 'NEW', {
    aliases: ['组织名称', '机构名称', '单位名称'],
    coordinate: 'Organization.name',
    example: '示例社区爱心互助社',
    descriptionZh: '登记的全称',
    descriptionEn: 'the whole registered name',
    staged: 'name',
  }),
  plainColumn('kind', '类型', ownCodeKind('组织类型', organizationCodes.kind), 'ALWAYS', {
    aliases: ['组织类型', '机构类型'],
    coordinate: 'Organization.kind',
    example: '社会组织',
    descriptionZh: '组织类型',
    descriptionEn: 'kind of body',
    staged: 'kind',
  }),
  plainColumn('form', '形式', ownCodeKind('社会组织形式', organizationCodes.form), 'NEVER', {
    aliases: ['社会组织形式'],
    coordinate: 'Organization.form',
    example: '社会团体',
    descriptionZh: '社会组织必填，其他类型留空',
    descriptionEn: 'of a social organization only, and then needed',
    staged: 'form',
  }),
  plainColumn('field', '领域', ownCodeKind('社会组织领域', organizationCodes.field), 'NEVER', {
    aliases: ['社会组织领域'],
    coordinate: 'Organization.field',
    example: '公益慈善类',
    descriptionZh: '社会组织必填，其他类型留空',
    descriptionEn: 'of a social organization only, and then needed',
    staged: 'field',
  }),
  plainColumn('registration', '登记方式', ownCodeKind('登记方式', organizationCodes.registration), 'NEVER', {
    aliases: ['登记或备案'],
    coordinate: 'Organization.registration',
    example: '登记',
    descriptionZh: '社会组织必填，其他类型留空',
    descriptionEn: 'of a social organization only, and then needed',
    staged: 'registration',
  }),
  plainColumn(
    'divisionCode',
    '区划代码',
    placeCodeKind([4, 6, 9, 12], '区划代码（4、6、9 或 12 位）', 'a division code (4, 6, 9 or 12 digits)'),
    'NEW',
    {
      aliases: ['所属区划', '所属区划代码'],
      coordinate: 'Organization.division',
      example: '330402007024',
      descriptionZh: '所属的最小区划；只用于新登记',
      descriptionEn: 'the finest division that it belongs to; for new records',
      staged: 'division_code',
    },
  ),
  plainColumn('parentUscc', '上级统一社会信用代码', usccKind, 'NEVER', {
    aliases: ['上级信用代码'],
    coordinate: 'Organization.parent',
    example: '',
    descriptionZh: '已登记的上级机构',
    descriptionEn: 'the body, on record, that it is a unit of',
    staged: 'parent_uscc',
  }),
  plainColumn('establishedOn', '成立日期', day, 'NEW', {
    coordinate: 'Organization.establishedOn',
    example: '2019-05-20',
    descriptionZh: '成立日期',
    descriptionEn: 'its first day',
    staged: 'established_on',
  }),
  plainColumn('dissolvedOn', '注销日期', day, 'NEVER', {
    coordinate: 'Organization.dissolvedOn',
    example: '',
    descriptionZh: '注销后填写',
    descriptionEn: 'once it is no more',
    staged: 'dissolved_on',
  }),
];

const placeColumns = ['city_code', 'county_code', 'township_code', 'community_code'];

const simple = plainItemsOf('Organization');

/** 组织机构 — the bodies of the register, known by their unified social credit code. */
export const organizationsDataset: DatasetDeclaration = {
  name: 'organizations',
  version: 1,
  zh: '组织机构',
  en: 'bodies with a unified social credit code',
  right: 'organization.import',
  typeName: 'Organization',
  event: 'organization',
  table: 'organizations.organization',
  columns,
  staged: [
    { name: 'uscc', type: 'text' },
    { name: 'name', type: 'text' },
    { name: 'kind', type: 'text' },
    { name: 'form', type: 'text' },
    { name: 'field', type: 'text' },
    { name: 'registration', type: 'text' },
    { name: 'parent_uscc', type: 'text', stageOnly: true },
    { name: 'established_on', type: 'date' },
    { name: 'dissolved_on', type: 'date' },
    { name: 'division_code', type: 'text', stageOnly: true },
    ...placeColumns.map((name) => ({ name, type: 'text' as const })),
  ],
  identity: ['uscc'],
  items: [
    simple('name', 'name'),
    // What a body is, it is as a whole: a social organization has all four.
    {
      key: 'kind',
      column: 'kind',
      coordinate: 'Organization.kind',
      stores: ['kind', 'form', 'field', 'registration'],
      compares: ['kind', 'form', 'field', 'registration'],
    },
    {
      key: 'parent',
      column: 'parentUscc',
      coordinate: 'Organization.parent',
      stores: ['parent_id'],
      compares: ['parent_id'],
      states: 'parent_uscc',
    },
    simple('establishedOn', 'established_on'),
    simple('dissolvedOn', 'dissolved_on'),
    {
      key: 'division',
      column: 'divisionCode',
      coordinate: 'Organization.division',
      stores: placeColumns,
      compares: placeColumns,
      states: 'division_code',
      changesElsewhere: true,
    },
  ],
  onlyNew: ['uscc'],
  neededForNew: { name: 'name', division_code: 'divisionCode', established_on: 'establishedOn' },
  area: ['divisionCode'],
  scope: { alias: 'p', hasGridCode: false },
  places: [{ column: 'divisionCode', staged: 'division_code' }],
  references: [
    {
      column: 'parentUscc',
      staged: 'parent_uscc',
      table: 'organizations.organization',
      tableKey: 'uscc',
      stores: 'parent_id',
      whatZh: '上级机构',
      whatEn: 'parent body',
    },
  ],
  counts: [],
  countedBy: ['city_code'],
  stage(values): readonly StagedValue[] | RowFault {
    const stated = (key: string) => values.get(key) ?? null;
    const social = values.get('kind') === 'SOCIAL_ORGANIZATION';
    const unfit = ['form', 'field', 'registration'].find((key) => social !== values.has(key));
    if (unfit !== undefined) {
      return { code: social ? 'SOCIAL_ORGANIZATION_INCOMPLETE' : 'NOT_A_SOCIAL_ORGANIZATION', column: unfit };
    }
    const [from, to] = [values.get('establishedOn'), values.get('dissolvedOn')];
    if (from !== undefined && to !== undefined && to < from) return { code: 'PERIOD_REVERSED', column: 'dissolvedOn' };
    if (values.get('parentUscc') === values.get('uscc')) return { code: 'REFERS_TO_ITSELF', column: 'parentUscc' };
    const division = stated('divisionCode');
    return [
      ...['uscc', 'name', 'kind', 'form', 'field', 'registration', 'parentUscc', 'establishedOn', 'dissolvedOn'].map(
        stated,
      ),
      division,
      ...[4, 6, 9, 12].map((digits) =>
        division !== null && division.length >= digits ? division.slice(0, digits) : null,
      ),
    ];
  },
};
