import { masks } from '../../kit/graph/masks.ts';
import { citizenIdKind } from '../../kit/ingest/citizen-id-kind.ts';
import { ownCodeKind, placeCodeKind, textKind } from '../../kit/ingest/column-kinds.ts';
import type { DatasetColumn, DatasetDeclaration, RowFault, StagedValue } from '../../kit/ingest/dataset.ts';
import { plain } from '../../kit/ingest/plain-parts.ts';
import { keyedHash, seal } from '../../kit/store/sealing.ts';
import { householdCounts } from '../store/household-counts.ts';

const columns: readonly DatasetColumn[] = [
  {
    key: 'householdNumber',
    zh: '户编号',
    aliases: ['户号'],
    kind: textKind(32, '户编号', 'the number of a household'),
    required: 'ALWAYS',
    coordinate: 'Household.householdNumber',
    mask: masks.all,
    example: '33040200702400001',
    descriptionZh: '户口登记中的编号，用于匹配',
    descriptionEn: 'what a household is known by',
    staged: 'household_number',
  },
  {
    key: 'type',
    zh: '户类型',
    kind: ownCodeKind('户类型', { FAMILY: '家庭户', COLLECTIVE: '集体户' }),
    required: 'NEW',
    coordinate: 'Household.type',
    mask: plain,
    example: '家庭户',
    descriptionZh: '家庭户或集体户',
    descriptionEn: 'a family household or a collective one',
    staged: 'type',
  },
  {
    key: 'headCitizenId',
    zh: '户主公民身份号码',
    aliases: ['户主身份证号', '户主身份证号码'],
    kind: citizenIdKind,
    required: 'NEVER',
    coordinate: 'Household.head',
    mask: masks.citizenId,
    example: '330499199001010011',
    descriptionZh: '已登记的人；加密存储',
    descriptionEn: 'somebody on record; stored encrypted',
    staged: 'head_sealed',
  },
  {
    key: 'dwellingAddress',
    zh: '房屋地址',
    aliases: ['住址', '标准地址', 'address'],
    kind: textKind(200, '标准地址', 'a standard address'),
    required: 'NEW',
    coordinate: 'Household.dwelling',
    mask: masks.address,
    example: '嘉兴市南湖区示例小区1幢1单元101室',
    descriptionZh: '已登记房屋的完整标准地址',
    descriptionEn: 'the whole standard address of a dwelling on record',
    staged: 'dwelling_address',
  },
  {
    key: 'microGridCode',
    zh: '微网格代码',
    aliases: ['现住微网格代码'],
    kind: placeCodeKind([18], '微网格代码（18 位）', 'the code of a micro-grid (18 digits)'),
    required: 'NEW',
    coordinate: 'Household.grid',
    mask: plain,
    example: '330402007024001001',
    descriptionZh: '房屋所在的微网格，须与房屋一致',
    descriptionEn: 'where the dwelling lies; must agree with it',
    staged: 'micro_grid_code',
  },
];

const livingColumns = ['city_code', 'county_code', 'township_code', 'community_code', 'grid_code', 'micro_grid_code'];

/** 户 — the households of the household register, known by their number. Who belongs to one, the people dataset says. */
export const householdsDataset: DatasetDeclaration = {
  name: 'households',
  version: 1,
  zh: '户',
  en: 'households of the household register',
  right: 'household.import',
  typeName: 'Household',
  event: 'household',
  table: 'people.household',
  columns,
  staged: [
    { name: 'household_number', type: 'text' },
    { name: 'type', type: 'text' },
    { name: 'head_hash', type: 'bytea', stageOnly: true },
    { name: 'head_sealed', type: 'bytea', stageOnly: true },
    { name: 'dwelling_address', type: 'text', stageOnly: true },
    ...livingColumns.map((name) => ({ name, type: 'text' as const })),
  ],
  identity: ['household_number'],
  items: [
    { key: 'type', column: 'type', coordinate: 'Household.type', stores: ['type'], compares: ['type'] },
    {
      key: 'head',
      column: 'headCitizenId',
      coordinate: 'Household.head',
      stores: ['head_person_id'],
      compares: ['head_person_id'],
      states: 'head_hash',
      sealed: 'head_sealed',
    },
    {
      key: 'dwelling',
      column: 'dwellingAddress',
      coordinate: 'Household.dwelling',
      stores: ['dwelling_id', ...livingColumns],
      compares: ['dwelling_id'],
      states: 'dwelling_address',
      changesElsewhere: true,
    },
  ],
  onlyNew: ['household_number'],
  neededForNew: { type: 'type', dwelling_address: 'dwellingAddress', micro_grid_code: 'microGridCode' },
  area: ['microGridCode'],
  scope: { alias: 'p', hasGridCode: true },
  places: [{ column: 'microGridCode', staged: 'micro_grid_code' }],
  references: [
    {
      column: 'dwellingAddress',
      staged: 'dwelling_address',
      table: 'people.dwelling',
      tableKey: 'address_text',
      also: [{ tableColumn: 'micro_grid_code', staged: 'micro_grid_code' }],
      mayRepeat: true,
      scope: { alias: 'r', hasGridCode: true },
      stores: 'dwelling_id',
      whatZh: '房屋',
      whatEn: 'dwelling',
    },
    {
      column: 'headCitizenId',
      staged: 'head_hash',
      table: 'people.person',
      tableKey: 'citizen_id_hash',
      scope: { alias: 'r', hasGridCode: true, alsoPrefix: 'registered_' },
      stores: 'head_person_id',
      whatZh: '户主',
      whatEn: 'head of the household',
    },
  ],
  counts: householdCounts,
  countedBy: ['city_code', 'county_code', 'township_code', 'community_code', 'grid_code'],
  stage(values, { keys }): readonly StagedValue[] | RowFault {
    const address = values.get('dwellingAddress') ?? null;
    const lives = values.get('microGridCode') ?? null;
    if ((address === null) !== (lives === null)) {
      const column = address === null ? 'dwellingAddress' : 'microGridCode';
      return { code: 'VALUES_TOGETHER', column, values: { first: '房屋地址', second: '微网格代码' } };
    }
    const head = values.get('headCitizenId');
    return [
      values.get('householdNumber') as string, // required in every row
      values.get('type') ?? null,
      head === undefined ? null : keyedHash(keys.lookup, head),
      head === undefined ? null : seal(keys.field, head),
      address,
      ...[4, 6, 9, 12, 15, 18].map((digits) => lives?.slice(0, digits) ?? null),
    ];
  },
};
