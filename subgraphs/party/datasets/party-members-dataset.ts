import { masks } from '../../kit/graph/masks.ts';
import { citizenIdKind } from '../../kit/ingest/citizen-id-kind.ts';
import { dateKind, ownCodeKind, yesNoKind } from '../../kit/ingest/column-kinds.ts';
import type { DatasetColumn, DatasetDeclaration, RowFault, StagedValue } from '../../kit/ingest/dataset.ts';
import { plainItemsOf } from '../../kit/ingest/plain-parts.ts';
import { seal } from '../../kit/store/sealing.ts';
import { HOLDS_MEMBERS } from '../rules/holds-members.ts';
import { partyCodes } from './party-codes.ts';
import { organizationCodeKind } from './party-organizations-dataset.ts';

/** That somebody is a member is sensitive in itself: no value of a damaged row is shown. */
const hidden = { mask: masks.all } as const;

const columns: readonly DatasetColumn[] = [
  {
    key: 'citizenId',
    zh: '公民身份号码',
    aliases: ['身份证号', '身份证号码'],
    kind: citizenIdKind,
    required: 'ALWAYS',
    coordinate: 'PartyMember.person',
    ...hidden,
    example: '330499199001010011',
    descriptionZh: '已登记、居住在本辖区的人；只用于匹配，不在党建域存储',
    descriptionEn: 'somebody on record who lives in the area; only to find him, not stored with the party’s rows',
    staged: 'citizen_id_sealed',
  },
  {
    key: 'category',
    zh: '党员类别',
    aliases: ['人员类别'],
    kind: ownCodeKind('党员类别', partyCodes.category),
    required: 'NEW',
    coordinate: 'PartyMember.category',
    ...hidden,
    example: '正式党员',
    descriptionZh: '只用于新登记；转正按发展党员程序办理',
    descriptionEn: 'for new records; confirmation is a step of its own',
    staged: 'category',
  },
  {
    key: 'joinedOn',
    zh: '入党日期',
    aliases: ['加入党组织日期'],
    kind: dateKind({ mayBeInFuture: false }),
    required: 'NEW',
    coordinate: 'PartyMember.joinedOn',
    ...hidden,
    example: '2012-07-01',
    descriptionZh: '成为预备党员的日期',
    descriptionEn: 'the day of becoming a probationary member',
    staged: 'joined_on',
  },
  {
    key: 'organizationCode',
    zh: '党组织编码',
    aliases: ['所在党支部编码', '组织编码'],
    kind: organizationCodeKind,
    required: 'NEW',
    coordinate: 'PartyMember.organization',
    ...hidden,
    example: 'DZ330402007024',
    descriptionZh: '所在党支部，须已登记；转接请办理组织关系转接',
    descriptionEn: 'the branch, on record; moving to another one is a transfer of membership',
    staged: 'organization_code',
  },
  {
    key: 'memberSince',
    zh: '组织关系起始日期',
    aliases: ['转入日期', '进入支部日期'],
    kind: dateKind({ mayBeInFuture: false }),
    required: 'NEVER',
    coordinate: 'PartyMember.memberships',
    ...hidden,
    example: '',
    descriptionZh: '缺省为入党日期；只用于新登记',
    descriptionEn: 'the first day in the branch; the day of joining when empty; for new records',
    staged: 'member_since',
  },
  {
    key: 'employedMember',
    zh: '在职党员',
    aliases: ['是否在职党员'],
    kind: yesNoKind,
    required: 'NEW',
    coordinate: 'PartyMember.employedMember',
    ...hidden,
    example: '否',
    descriptionZh: '是否在职并到社区报到',
    descriptionEn: 'in employment, and reporting to the community as well',
    staged: 'employed_member',
  },
  {
    key: 'mobileMember',
    zh: '流动党员',
    aliases: ['是否流动党员'],
    kind: yesNoKind,
    required: 'NEW',
    coordinate: 'PartyMember.mobileMember',
    ...hidden,
    example: '否',
    descriptionZh: '是否为流动党员',
    descriptionEn: 'living away from the place of registration',
    staged: 'mobile_member',
  },
];

const TABLE = 'party.party_member';
const placeColumns = ['city_code', 'county_code', 'township_code', 'community_code', 'grid_code'] as const;

const simple = plainItemsOf('PartyMember');
const holders = [...HOLDS_MEMBERS].map((kind) => `'${kind}'`).join(', ');

/** 党员 — who belongs to which branch, known by the person. Restricted like membership itself. */
export const partyMembersDataset: DatasetDeclaration = {
  name: 'party-members',
  version: 1,
  zh: '党员',
  en: 'members of party organizations',
  right: 'party-member.import',
  typeName: 'PartyMember',
  event: 'party_member',
  table: TABLE,
  columns,
  staged: [
    { name: 'person_id', type: 'uuid' },
    { name: 'citizen_id_sealed', type: 'bytea', stageOnly: true },
    { name: 'category', type: 'text' },
    { name: 'joined_on', type: 'date' },
    { name: 'organization_code', type: 'text', stageOnly: true },
    { name: 'member_since', type: 'date', stageOnly: true },
    { name: 'employed_member', type: 'boolean' },
    { name: 'mobile_member', type: 'boolean' },
    ...placeColumns.map((name) => ({ name, type: 'text' as const })),
  ],
  identity: ['person_id'],
  person: {
    column: 'citizenId',
    sealed: 'citizen_id_sealed',
    id: 'person_id',
    places: { 4: 'city_code', 6: 'county_code', 9: 'township_code', 12: 'community_code', 15: 'grid_code' },
  },
  items: [
    { ...simple('category', 'category'), changesElsewhere: true },
    simple('joinedOn', 'joined_on'),
    {
      key: 'organization',
      column: 'organizationCode',
      coordinate: 'PartyMember.organization',
      stores: ['organization_id'],
      compares: ['organization_id'],
      states: 'organization_code',
      changesElsewhere: true,
    },
    simple('employedMember', 'employed_member'),
    simple('mobileMember', 'mobile_member'),
  ],
  onlyNew: ['person_id', ...placeColumns],
  neededForNew: {
    category: 'category',
    joined_on: 'joinedOn',
    organization_code: 'organizationCode',
    employed_member: 'employedMember',
    mobile_member: 'mobileMember',
  },
  area: [],
  scope: { alias: 'p', hasGridCode: true },
  places: [],
  references: [
    {
      column: 'organizationCode',
      staged: 'organization_code',
      table: 'party.party_organization',
      tableKey: 'organization_code',
      stores: 'organization_id',
      whatZh: '党组织',
      whatEn: 'party organization',
    },
  ],
  checks: [
    {
      outcome: 'REJECTED',
      code: 'HOLDS_NO_MEMBERS',
      column: 'organizationCode',
      when: `EXISTS (SELECT FROM party.party_organization r WHERE r.organization_code = s.organization_code
                        AND r.kind NOT IN (${holders}))`,
    },
  ],
  counts: [],
  countedBy: ['city_code'],
  following: {
    ofNew: `WITH member AS (
        SELECT p.id, p.category, p.joined_on, p.organization_id, coalesce(s.member_since, p.joined_on) AS since
          FROM {new} n JOIN ${TABLE} p ON p.id = n.id JOIN {stage} s ON s.id = n.id),
      belonging AS (
        INSERT INTO party.membership (id, member_id, organization_id, valid_from, provenance_id)
        SELECT gen_random_uuid(), id, organization_id, since, {batch} FROM member)
      INSERT INTO party.member_category (member_id, category, valid_from, provenance_id)
      SELECT id, category, joined_on, {batch} FROM member`,
  },
  stage(values, { keys }): readonly StagedValue[] | RowFault {
    const stated = (key: string) => values.get(key) ?? null;
    const [joined, since] = [stated('joinedOn'), stated('memberSince')];
    if (joined !== null && since !== null && since < joined) return { code: 'PERIOD_REVERSED', column: 'memberSince' };
    const flag = (key: string) => (values.has(key) ? values.get(key) === 'true' : null);
    return [
      null,
      seal(keys.field, values.get('citizenId') as string), // required in every row
      stated('category'),
      joined,
      stated('organizationCode'),
      since,
      flag('employedMember'),
      flag('mobileMember'),
      ...placeColumns.map(() => null),
    ];
  },
};
