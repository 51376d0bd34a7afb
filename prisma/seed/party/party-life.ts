import { organizationCodeOf } from '../../../subgraphs/kit/party-organization-code.ts';
import { dayText } from '../chance/calendar-day.ts';
import type { Random } from '../chance/random.ts';
import { RowIds } from '../chance/row-ids.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import { provenanceIds } from '../provenance.ts';
import type { PartyMemberRow, PartyOrganizationRow } from '../rows.ts';
import type { CommunityDraft } from '../territory/community-draft.ts';

/** Its ids begin here inside the community's block, so that they shift no others. */
const FIRST_ID = 1 << 18;

const UNITS = ['实验小学', '卫生服务中心', '供电营业所', '农商银行支行', '税务分局', '派出所'] as const;
const POSTS = [
  ['政策宣传岗', '每月入户宣传政策', '纳入年度评优'],
  ['邻里调解岗', '调解邻里纠纷', '计入志愿积分'],
  ['平安巡查岗', '每周参加巡查', '连续缺勤退出认岗'],
  ['助老服务岗', '结对照看独居老人', '优先推荐先进'],
] as const;
const DEMANDS = ['老年人理发', '暑期托管', '楼道照明修缮', '健康义诊'] as const;
const RESOURCES = ['场地共享', '健康讲座', '法律咨询', '课后辅导'] as const;
const MODES = ['MENU', 'GROUP', 'ALLIANCE'] as const;
const HOUR = 3_600_000;
const REFERENCE_MIDNIGHT = REFERENCE_DAY * 24 * HOUR - 8 * HOUR;

/** A community's party life: who is linked to it, what was held, claimed and listed. Organizations and members exist. */
export function livePartyLife(draft: CommunityDraft): void {
  const random = draft.stream('party-life');
  const ids = new RowIds(draft.stream('party-life-ids'), draft.plan.ordinal + 1, FIRST_ID);
  const organizations = draft.table('party.party_organization');
  const members = draft.table('party.party_member');
  const [top] = organizations.filter(({ gridCode }) => gridCode === null);
  if (top === undefined) return;
  hostGroups(draft, ids, random, top);
  engage(draft, ids, random, members);
  for (const organization of organizations) holdMeetings(draft, ids, random, organization);
  for (const member of members) claim(draft, ids, random, member);
  list(draft, ids, random);
  const station = draft.state.volunteerStations.get(draft.plan.townshipCode) ?? null;
  const point = volunteer(draft, ids, 'SERVICE_POINT', `${draft.plan.name}党员志愿服务点`, station, null);
  volunteer(draft, ids, 'TEAM', `${draft.plan.name}党员志愿服务队`, point, top.id);
  if (draft.plan.ordinal % 3 === 0) supervise(draft, ids, random, top);
}

/** A group in a stairwell with its contact posted there, and one in a team of residents. */
function hostGroups(draft: CommunityDraft, ids: RowIds, random: Random, top: PartyOrganizationRow): void {
  const hosts = draft.plan.urban
    ? ([
        ['STAIRWELL', '1幢1单元', '楼道党小组'],
        ['CIVIC_TEAM', '社区排舞队', '党小组'],
      ] as const)
    : ([['CIVIC_TEAM', '老娘舅调解队', '党小组']] as const);
  for (const [hostKind, hostName, suffix] of hosts) {
    const id = ids.next();
    draft.table('party.party_organization').push({
      ...top,
      id,
      organizationCode: organizationCodeOf(id),
      kind: 'GROUP',
      name: `${draft.plan.name}${hostName}${suffix}`,
      parentId: top.id,
      secretaryPersonId: null,
      secretaryName: null,
      establishedOn: dayText(REFERENCE_DAY - 200 - random.below(900)),
      termEndsOn: null,
      hostKind,
      hostName,
      publicContact: hostKind === 'STAIRWELL' ? '社区党群服务中心公告栏' : null,
    });
  }
}

function engage(draft: CommunityDraft, ids: RowIds, random: Random, members: readonly PartyMemberRow[]): void {
  const unit = (index: number) => `${draft.plan.countyName}${UNITS[index % UNITS.length]}`;
  const first = random.below(UNITS.length);
  // Cadres come from elsewhere; their names are made like those of the synthetic people here.
  const names = draft.stream('party-cadres');
  const name = () => names.pick(draft.residents).row.name;
  const add = (
    kind: string,
    unitName: string | null,
    holder: readonly [string, string] | null,
    memberId: string | null,
  ) => {
    const started = REFERENCE_DAY - 60 - random.below(500);
    const visits = kind === 'CADRE_LINK' || kind === 'FIRST_SECRETARY' ? random.below(12) : 0;
    draft.table('party.party_engagement').push({
      id: ids.next(),
      kind,
      unitName,
      holderName: holder?.[0] ?? null,
      holderPost: holder?.[1] ?? null,
      memberId,
      subjectKey: memberId ?? (holder === null ? (unitName ?? '') : `${unitName}/${holder[0]}`),
      validFrom: dayText(started),
      expiresOn: kind === 'PAIRING' ? dayText(started + 3 * 365) : null,
      validTo: null,
      visitCount: visits,
      lastVisitedOn: visits === 0 ? null : dayText(REFERENCE_DAY - 1 - random.below(50)),
      ...draft.place,
      provenanceId: provenanceIds['party.party_engagement'],
    });
  };
  add('PAIRING', unit(first), null, null);
  for (const index of [first, first + 1]) {
    add('UNIT_REPORT', unit(index), null, null);
    add('GRAND_COMMITTEE_MEMBER', unit(index), [name(), '单位党组织负责人'], null);
  }
  add('CADRE_LINK', `${draft.plan.countyName}机关`, [name(), '区（县）级干部'], null);
  if (!draft.plan.urban && random.chance(0.5))
    add('FIRST_SECRETARY', `${draft.plan.countyName}机关`, [name(), '科级干部'], null);
  for (const member of members.filter(({ employedMember }) => employedMember).slice(0, 20)) {
    add('MEMBER_REPORT', null, null, member.id);
  }
}

function holdMeetings(draft: CommunityDraft, ids: RowIds, random: Random, organization: PartyOrganizationRow): void {
  if (organization.kind !== 'GRID_BRANCH') return;
  const hold = (kind: string, daysAgo: number, topic: string) => {
    const expected = 10 + random.below(25);
    draft.table('party.party_meeting').push({
      id: ids.next(),
      organizationId: organization.id,
      kind,
      heldOn: dayText(REFERENCE_DAY - daysAgo),
      topic,
      expectedCount: expected,
      attendedCount: expected - random.below(5),
      ...draft.place,
      gridCode: organization.gridCode,
      provenanceId: provenanceIds['party.party_meeting'],
    });
  };
  hold('MEMBERS_ASSEMBLY', 20 + random.below(100), '半年工作');
  hold('COMMITTEE_MEETING', 3 + random.below(40), '党员发展与网格事务');
  hold('PARTY_LESSON', 10 + random.below(110), '基层治理专题');
  hold('THEME_DAY', 5 + random.below(25), '志愿服务');
}

function claim(draft: CommunityDraft, ids: RowIds, random: Random, member: PartyMemberRow): void {
  const [post, duty, reward] = random.pick(POSTS);
  draft.table('party.post_claim').push({
    id: ids.next(),
    memberId: member.id,
    post,
    duty,
    reward,
    validFrom: dayText(REFERENCE_DAY - 30 - random.below(400)),
    validTo: null,
    ...draft.place,
    gridCode: member.gridCode,
    provenanceId: provenanceIds['party.post_claim'],
  });
}

function list(draft: CommunityDraft, ids: RowIds, random: Random): void {
  const add = (kind: string, title: string, ownerName: string, mode: string | null, claimedBy: string | null) => {
    const published = REFERENCE_MIDNIGHT - (2 + random.below(60)) * 24 * HOUR;
    draft.table('party.list_entry').push({
      id: ids.next(),
      kind,
      title,
      mode,
      ownerName,
      state: claimedBy === null ? 'OPEN' : 'CLAIMED',
      claimedBy,
      claimedAt: claimedBy === null ? null : new Date(published + 30 * HOUR).toISOString(),
      fulfilledAt: null,
      publishedAt: new Date(published).toISOString(),
      ...draft.place,
      provenanceId: provenanceIds['party.list_entry'],
    });
  };
  const unit = `${draft.plan.countyName}${random.pick(UNITS)}`;
  add('DEMAND', random.pick(DEMANDS), draft.plan.name, null, null);
  add('RESOURCE', random.pick(RESOURCES), unit, random.pick(MODES), draft.plan.name);
  add('PROJECT', '邻里共建项目', draft.plan.name, null, random.chance(0.5) ? unit : null);
  add('CALL_OUT', '汛期巡查增援', draft.plan.name, 'GROUP', random.chance(0.5) ? unit : null);
}

function volunteer(
  draft: CommunityDraft,
  ids: RowIds,
  level: string,
  name: string,
  parentId: string | null,
  organizationId: string | null,
): string {
  const id = ids.next();
  draft.table('party.volunteer_station').push({
    id,
    level,
    name,
    parentId,
    organizationId,
    establishedOn: `${2017 + (draft.plan.ordinal % 6)}-12-05`,
    ...draft.place,
    provenanceId: provenanceIds['party.volunteer_station'],
  });
  return id;
}

function supervise(draft: CommunityDraft, ids: RowIds, random: Random, top: PartyOrganizationRow): void {
  const found = REFERENCE_DAY - 20 - random.below(80);
  draft.table('party.supervision_finding').push({
    id: ids.next(),
    channel: random.pick(['TARGET_APPRAISAL', 'PARTY_INSPECTION', 'CONDUCT_REVIEW', 'SPECIAL_INSPECTION']),
    organizationId: top.id,
    finding: '台账登记不及时',
    state: 'OPEN',
    foundOn: dayText(found),
    dueOn: dayText(found + 60),
    rectification: null,
    rectifiedOn: null,
    ...draft.place,
    provenanceId: provenanceIds['party.supervision_finding'],
  });
}
