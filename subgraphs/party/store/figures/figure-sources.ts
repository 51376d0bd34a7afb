import { ABOVE_COMMUNITY, type FigureSource, liveOn, turnsOn } from '../../../kit/figures/figure-source.ts';

const countIf = (condition: string) => `count(*) FILTER (WHERE ${condition})`;
/** An agreement that has run out holds no more, whether somebody has ended it or not. */
const LIVE = `${liveOn('t.valid_from', 't.valid_to')} AND (t.expires_on IS NULL OR t.expires_on > :today)`;

const ORGANIZATION_KINDS = [
  'COMMITTEE',
  'GENERAL_BRANCH',
  'BRANCH',
  'GRID_BRANCH',
  'MICRO_GRID_GROUP',
  'JOINT_BRANCH',
  'GROUP',
];
const ENGAGEMENT_KINDS = [
  'GRAND_COMMITTEE_MEMBER',
  'PAIRING',
  'CADRE_LINK',
  'FIRST_SECRETARY',
  'UNIT_REPORT',
  'MEMBER_REPORT',
];
const LIST_KINDS = ['DEMAND', 'RESOURCE', 'PROJECT', 'CALL_OUT'];

/** What is counted of the party's work in a place. */
export const partyFigures: readonly FigureSource[] = [
  {
    from: 'party.party_organization t',
    place: 'coalesce(t.grid_code, t.community_code)',
    above: ABOVE_COMMUNITY,
    figures: {
      ...Object.fromEntries(ORGANIZATION_KINDS.map((kind) => [`organization.${kind}`, countIf(`t.kind = '${kind}'`)])),
      'organization.civic-team': countIf("t.host_kind = 'CIVIC_TEAM'"),
      'organization.term-ended': countIf('t.term_ends_on IS NOT NULL AND t.term_ends_on < :today'),
    },
    turning: { by: 'DAY', rows: 't.term_ends_on >= :sinceDay AND t.term_ends_on < :today' },
  },
  {
    from: 'party.party_member t',
    place: 't.grid_code',
    figures: {
      'member.FULL': countIf("t.category = 'FULL'"),
      'member.PROBATIONARY': countIf("t.category = 'PROBATIONARY'"),
    },
  },
  {
    from: 'party.post_claim t',
    place: 't.grid_code',
    figures: { 'post-claim': countIf(liveOn('t.valid_from', 't.valid_to')) },
    turning: turnsOn('t.valid_from', 't.valid_to'),
  },
  {
    from: 'party.party_engagement t',
    figures: {
      ...Object.fromEntries(
        ENGAGEMENT_KINDS.map((kind) => [`engagement.${kind}`, countIf(`t.kind = '${kind}' AND ${LIVE}`)]),
      ),
      'coverage.PAIRING': `least(${countIf(`t.kind = 'PAIRING' AND ${LIVE}`)}, 1)`,
      'coverage.GRAND_COMMITTEE_MEMBER': `least(${countIf(`t.kind = 'GRAND_COMMITTEE_MEMBER' AND ${LIVE}`)}, 1)`,
    },
    turning: {
      by: 'DAY',
      rows: `${turnsOn('t.valid_from', 't.valid_to').rows} OR (t.expires_on > :sinceDay AND t.expires_on <= :today)`,
    },
  },
  {
    from: 'party.list_entry t',
    figures: {
      ...Object.fromEntries(
        LIST_KINDS.map((kind) => [`list.${kind}.open`, countIf(`t.kind = '${kind}' AND t.state = 'OPEN'`)]),
      ),
      ...Object.fromEntries(
        LIST_KINDS.map((kind) => [`list.${kind}.claimed`, countIf(`t.kind = '${kind}' AND t.state <> 'OPEN'`)]),
      ),
      'list.fulfilled': countIf('t.fulfilled_at IS NOT NULL'),
    },
  },
  {
    from: 'party.volunteer_station t',
    above: ABOVE_COMMUNITY,
    figures: {
      station: countIf("t.level <> 'TEAM'"),
      'station.TEAM': countIf("t.level = 'TEAM'"),
    },
  },
  {
    from: 'party.supervision_finding t',
    where: "t.state = 'OPEN'",
    above: ABOVE_COMMUNITY,
    figures: { 'finding.open': 'count(*)', 'finding.overdue': countIf('t.due_on < :today') },
    turning: { by: 'DAY', rows: "t.state = 'OPEN' AND t.due_on >= :sinceDay AND t.due_on < :today" },
  },
];
