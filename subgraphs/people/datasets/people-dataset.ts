import { readCodeList } from '../../kit/graph/code-lists.ts';
import { masks } from '../../kit/graph/masks.ts';
import { citizenIdKind } from '../../kit/ingest/citizen-id-kind.ts';
import { codeKind, dateKind, nameKind, phoneKind, placeCodeKind, textKind } from '../../kit/ingest/column-kinds.ts';
import type { DatasetColumn, DatasetDeclaration, RowFault, StagedValue } from '../../kit/ingest/dataset.ts';
import { plain, plainItem } from '../../kit/ingest/plain-parts.ts';
import { keyedHash, seal } from '../../kit/store/sealing.ts';
import { readName } from '../rules/name-reading.ts';
import { personCounts } from '../store/person-counts.ts';

/** The division code that only synthetic people carry: their records say so. */
const SYNTHETIC_PREFIX = '330499';

const HOUSEHOLD_AND_RELATION = {
  ...{ first: '户编号', second: '与户主关系' },
  ...{ firstKey: 'householdNumber', secondKey: 'relationToHead' },
};

const columns: readonly DatasetColumn[] = [
  {
    key: 'citizenId',
    zh: '公民身份号码',
    aliases: ['身份证号', '身份证号码', '证件号码', 'idNumber'],
    kind: citizenIdKind,
    required: 'ALWAYS',
    coordinate: 'Person.citizenId',
    mask: masks.citizenId,
    example: '330499199001010011',
    descriptionZh: '用于匹配；加密存储',
    descriptionEn: 'what a person is known by; stored encrypted',
    staged: 'citizen_id_sealed',
  },
  {
    key: 'name',
    zh: '姓名',
    kind: nameKind,
    required: 'NEW',
    coordinate: 'Person.name',
    mask: masks.name,
    example: '沈一云',
    descriptionZh: '姓名全称',
    descriptionEn: 'the whole name',
    staged: 'name',
  },
  {
    key: 'sex',
    zh: '性别',
    aliases: ['性别代码', 'sexCode'],
    kind: codeKind(readCodeList('gb-t-2261.1-sex'), { 男: '1', 女: '2' }),
    required: 'NEVER',
    coordinate: 'Person.sexCode',
    mask: plain,
    example: '1',
    descriptionZh: '缺省时取自号码；须与号码一致',
    descriptionEn: 'taken from the number when empty; must agree with it',
    staged: 'sex_code',
  },
  {
    key: 'birthDate',
    zh: '出生日期',
    kind: dateKind({ mayBeInFuture: false }),
    required: 'NEVER',
    coordinate: 'Person.birthDate',
    mask: masks.all,
    example: '1990-01-01',
    descriptionZh: '缺省时取自号码；须与号码一致',
    descriptionEn: 'taken from the number when empty; must agree with it',
    staged: 'birth_date',
  },
  {
    key: 'ethnicGroup',
    zh: '民族',
    aliases: ['民族代码', 'ethnicGroupCode'],
    kind: codeKind(readCodeList('gb-t-3304-ethnic-group')),
    required: 'NEW',
    coordinate: 'Person.ethnicGroup',
    mask: plain,
    example: '01',
    descriptionZh: '民族',
    descriptionEn: 'ethnic group',
    staged: 'ethnic_group_code',
  },
  {
    key: 'education',
    zh: '文化程度',
    aliases: ['学历', '文化程度代码', 'educationCode'],
    kind: codeKind(readCodeList('gb-t-4658-education')),
    required: 'NEW',
    coordinate: 'Person.education',
    mask: plain,
    example: '20',
    descriptionZh: '文化程度',
    descriptionEn: 'education',
    staged: 'education_code',
  },
  {
    key: 'maritalStatus',
    zh: '婚姻状况',
    aliases: ['婚姻状况代码', 'maritalStatusCode'],
    kind: codeKind(readCodeList('gb-t-2261.2-marital-status')),
    required: 'NEW',
    coordinate: 'Person.maritalStatus',
    mask: plain,
    example: '21',
    descriptionZh: '婚姻状况',
    descriptionEn: 'marital status',
    staged: 'marital_status_code',
  },
  {
    key: 'employmentStatus',
    zh: '从业状况',
    aliases: ['从业状况代码', 'employmentStatusCode'],
    kind: codeKind(readCodeList('gb-t-2261.4-employment-status')),
    required: 'NEW',
    coordinate: 'Person.employmentStatus',
    mask: plain,
    example: '17',
    descriptionZh: '从业状况',
    descriptionEn: 'employment status',
    staged: 'employment_status_code',
  },
  {
    key: 'phone',
    zh: '联系电话',
    aliases: ['电话', '手机', '手机号', '手机号码'],
    kind: phoneKind,
    required: 'NEVER',
    coordinate: 'Person.phone',
    mask: masks.phone,
    example: '10012345678',
    descriptionZh: '加密存储',
    descriptionEn: 'stored encrypted',
    staged: 'phone_sealed',
  },
  {
    key: 'householdNumber',
    zh: '户编号',
    aliases: ['户号'],
    kind: textKind(32, '户编号', 'the number of a household'),
    required: 'NEVER',
    coordinate: 'Person.household',
    mask: masks.all,
    example: '',
    descriptionZh: '已登记的户；须与“与户主关系”同时填写',
    descriptionEn: 'a household that is on record; goes together with the relation to its head',
    staged: 'household_number',
  },
  {
    key: 'relationToHead',
    zh: '与户主关系',
    aliases: ['与户主关系代码', 'relationToHeadCode'],
    kind: codeKind(readCodeList('gb-t-4761-family-relation')),
    required: 'NEVER',
    coordinate: 'Person.relationToHead',
    mask: plain,
    example: '',
    descriptionZh: '须与“户编号”同时填写',
    descriptionEn: 'goes together with the number of the household',
    staged: 'relation_to_head_code',
  },
  {
    key: 'registeredDivision',
    zh: '户籍地区划代码',
    aliases: ['户籍地', '户籍地代码', 'registeredDivisionCode'],
    kind: placeCodeKind(
      [6, 9, 12],
      '统计用区划代码（6、9 或 12 位）',
      'a statistical division code (6, 9 or 12 digits)',
    ),
    required: 'NEW',
    coordinate: 'Person.registeredDivisionCode',
    mask: plain,
    example: '330402007024',
    descriptionZh: '只用于新登记；迁移户籍请办理居住变更',
    descriptionEn: 'for new records; moving a registration is a change of residence',
    staged: 'registered_division',
  },
  {
    key: 'microGridCode',
    zh: '现住微网格代码',
    aliases: ['微网格代码', '现住微网格'],
    kind: placeCodeKind([18], '微网格代码（18 位）', 'the code of a micro-grid (18 digits)'),
    required: 'NEW',
    coordinate: 'Person.grid',
    mask: plain,
    example: '330402007024001001',
    descriptionZh: '只用于新登记；搬家请办理居住变更',
    descriptionEn: 'for new records; moving house is a change of residence',
    staged: 'micro_grid_code',
  },
];

const staged = [
  { name: 'citizen_id_hash', type: 'bytea' },
  { name: 'citizen_id_sealed', type: 'bytea' },
  { name: 'synthetic', type: 'boolean' },
  { name: 'name', type: 'text' },
  { name: 'name_pinyin', type: 'text' },
  { name: 'name_initials', type: 'text' },
  { name: 'sex_code', type: 'text' },
  { name: 'birth_date', type: 'date' },
  { name: 'ethnic_group_code', type: 'text' },
  { name: 'education_code', type: 'text' },
  { name: 'marital_status_code', type: 'text' },
  { name: 'employment_status_code', type: 'text' },
  { name: 'phone_sealed', type: 'bytea' },
  { name: 'phone_hash', type: 'bytea' },
  { name: 'household_number', type: 'text', stageOnly: true },
  { name: 'relation_to_head_code', type: 'text' },
  { name: 'registered_division', type: 'text', stageOnly: true },
  { name: 'registered_city_code', type: 'text' },
  { name: 'registered_county_code', type: 'text' },
  { name: 'registered_township_code', type: 'text' },
  { name: 'registered_community_code', type: 'text' },
  { name: 'city_code', type: 'text' },
  { name: 'county_code', type: 'text' },
  { name: 'township_code', type: 'text' },
  { name: 'community_code', type: 'text' },
  { name: 'grid_code', type: 'text' },
  { name: 'micro_grid_code', type: 'text' },
] as const satisfies DatasetDeclaration['staged'];

const registeredColumns = [
  'registered_city_code',
  'registered_county_code',
  'registered_township_code',
  'registered_community_code',
];
const livingColumns = ['city_code', 'county_code', 'township_code', 'community_code', 'grid_code', 'micro_grid_code'];

/** 人口 — the persons of the population register, known by their citizen number. */
export const peopleDataset: DatasetDeclaration = {
  name: 'people',
  version: 1,
  zh: '人口',
  en: 'persons of the population register',
  right: 'person.import',
  typeName: 'Person',
  event: 'person',
  table: 'people.person',
  columns,
  staged,
  identity: ['citizen_id_hash'],
  mergedTable: 'people.merged_person',
  items: [
    {
      key: 'name',
      column: 'name',
      coordinate: 'Person.name',
      stores: ['name', 'name_pinyin', 'name_initials'],
      compares: ['name'],
    },
    plainItem('sex', { column: 'sex', coordinate: 'Person.sexCode', stored: 'sex_code' }),
    plainItem('birthDate', { column: 'birthDate', coordinate: 'Person.birthDate', stored: 'birth_date' }),
    plainItem('ethnicGroup', { column: 'ethnicGroup', coordinate: 'Person.ethnicGroup', stored: 'ethnic_group_code' }),
    plainItem('education', { column: 'education', coordinate: 'Person.education', stored: 'education_code' }),
    plainItem('maritalStatus', {
      column: 'maritalStatus',
      coordinate: 'Person.maritalStatus',
      stored: 'marital_status_code',
    }),
    plainItem('employmentStatus', {
      column: 'employmentStatus',
      coordinate: 'Person.employmentStatus',
      stored: 'employment_status_code',
    }),
    {
      key: 'phone',
      column: 'phone',
      coordinate: 'Person.phone',
      stores: ['phone_sealed', 'phone_hash'],
      compares: ['phone_hash'],
      sealed: 'phone_sealed',
    },
    {
      ...plainItem('household', { column: 'householdNumber', coordinate: 'Person.household', stored: 'household_id' }),
      states: 'household_number',
    },
    plainItem('relationToHead', {
      column: 'relationToHead',
      coordinate: 'Person.relationToHead',
      stored: 'relation_to_head_code',
    }),
    {
      key: 'registered',
      column: 'registeredDivision',
      coordinate: 'Person.registeredDivisionCode',
      stores: registeredColumns,
      compares: ['registered_county_code', 'registered_community_code'],
      states: 'registered_division',
      changesElsewhere: true,
    },
    {
      key: 'lives',
      column: 'microGridCode',
      coordinate: 'Person.grid',
      stores: livingColumns,
      compares: ['micro_grid_code'],
      changesElsewhere: true,
    },
  ],
  onlyNew: ['citizen_id_hash', 'citizen_id_sealed', 'synthetic', ...registeredColumns, ...livingColumns],
  neededForNew: {
    name: 'name',
    ethnic_group_code: 'ethnicGroup',
    education_code: 'education',
    marital_status_code: 'maritalStatus',
    employment_status_code: 'employmentStatus',
    registered_county_code: 'registeredDivision',
    micro_grid_code: 'microGridCode',
  },
  area: ['microGridCode', 'registeredDivision'],
  scope: { alias: 'p', hasGridCode: true, alsoPrefix: 'registered_' },
  places: [
    { column: 'microGridCode', staged: 'micro_grid_code' },
    { column: 'registeredDivision', staged: 'registered_division' },
  ],
  references: [
    {
      column: 'householdNumber',
      staged: 'household_number',
      table: 'people.household',
      tableKey: 'household_number',
      stores: 'household_id',
      whatZh: '户',
      whatEn: 'household',
    },
  ],
  counts: personCounts,
  countedBy: ['city_code', 'county_code', 'township_code', 'community_code', 'grid_code', 'registered_community_code'],
  stage(values, { keys, today: _today }): readonly StagedValue[] | RowFault {
    const number = values.get('citizenId') as string; // required in every row
    const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
    const statedBirth = values.get('birthDate');
    if (statedBirth !== undefined && statedBirth !== birthDate) {
      return { code: 'BIRTH_DATE_CONTRADICTS', column: 'birthDate' };
    }
    const sex = Number(number.charAt(16)) % 2 === 1 ? '1' : '2';
    const statedSex = values.get('sex');
    // 0 and 9 state nothing.
    if ((statedSex === '1' || statedSex === '2') && statedSex !== sex)
      return { code: 'SEX_CONTRADICTS', column: 'sex' };
    const household = values.get('householdNumber') ?? null;
    const relation = values.get('relationToHead') ?? null;
    if ((household === null) !== (relation === null)) {
      const column = household === null ? 'householdNumber' : 'relationToHead';
      return { code: 'VALUES_TOGETHER', column, values: HOUSEHOLD_AND_RELATION };
    }
    const name = values.get('name');
    const reading = name === undefined ? undefined : readName(name);
    const phone = values.get('phone');
    const registered = values.get('registeredDivision') ?? null;
    const lives = values.get('microGridCode') ?? null;
    const upTo = (code: string | null, digits: number) =>
      code === null || code.length < digits ? null : code.slice(0, digits);
    return [
      keyedHash(keys.lookup, number),
      seal(keys.field, number),
      number.startsWith(SYNTHETIC_PREFIX),
      name ?? null,
      reading?.pinyin ?? null,
      reading?.initials ?? null,
      sex,
      birthDate,
      values.get('ethnicGroup') ?? null,
      values.get('education') ?? null,
      values.get('maritalStatus') ?? null,
      values.get('employmentStatus') ?? null,
      phone === undefined ? null : seal(keys.field, phone),
      phone === undefined ? null : keyedHash(keys.lookup, phone),
      household,
      relation,
      registered,
      upTo(registered, 4),
      upTo(registered, 6),
      upTo(registered, 9),
      upTo(registered, 12),
      upTo(lives, 4),
      upTo(lives, 6),
      upTo(lives, 9),
      upTo(lives, 12),
      upTo(lives, 15),
      lives,
    ];
  },
};
