import { ABOVE_COMMUNITY, type FigureSource, liveOn, turnsOn } from '../../../kit/figures/figure-source.ts';
import { engagementRoles, organizationKinds } from '../bodies/organization-rows.ts';

const countIf = (condition: string) => `count(*) FILTER (WHERE ${condition})`;
const ROLES = ['GRID_CHIEF', 'FULL_TIME_GRID_WORKER', 'PART_TIME_GRID_WORKER', 'GRID_INSTRUCTOR', 'MICRO_GRID_CHIEF'];
const SERVING = '(t.hired_on <= :today AND (t.left_on IS NULL OR t.left_on > :today))';
const SITTING = '(t.term_start <= :today AND t.term_end > :today)';
const STANDING =
  '((t.established_on IS NULL OR t.established_on <= :today) AND (t.dissolved_on IS NULL OR t.dissolved_on > :today))';
/** What is null has been on record for as long as the hub knows, or is so still. */
const ON_RECORD = '((t.valid_from IS NULL OR t.valid_from <= :today) AND (t.valid_to IS NULL OR t.valid_to > :today))';
const ON_RECORD_TURNS = turnsOn('t.valid_from', 't.valid_to');
const LIVE = liveOn('t.valid_from', 't.valid_to');

/** What is counted of the territory, its bodies and its workforce. Names of measures are those of the indicators. */
export const organizationsFigures: readonly FigureSource[] = [
  {
    from: 'organizations.community t',
    community: 't.stat_code',
    figures: { community: countIf(ON_RECORD) },
    turning: ON_RECORD_TURNS,
  },
  {
    from: 'organizations.grid t',
    place: 't.grid_code',
    figures: { grid: countIf(ON_RECORD) },
    turning: ON_RECORD_TURNS,
  },
  {
    from: 'organizations.grid t',
    figures: { 'coverage.GRID': `least(${countIf(ON_RECORD)}, 1)` },
    turning: ON_RECORD_TURNS,
  },
  {
    from: 'organizations.grid_assignment t',
    where: 't.valid_to IS NULL',
    place: 't.grid_code',
    figures: {
      ...Object.fromEntries(ROLES.map((role) => [`post.${role}`, countIf(`t.role = '${role}'`)])),
      'grid.led': `least(${countIf("t.role = 'GRID_CHIEF'")}, 1)`,
    },
  },
  {
    from: 'organizations.community_worker t',
    figures: {
      worker: countIf(SERVING),
      'worker.certified': countIf(`${SERVING} AND t.certificate IS NOT NULL`),
    },
    turning: turnsOn('t.hired_on', 't.left_on'),
  },
  {
    from: 'organizations.committee t',
    figures: {
      'committee.RESIDENTS': countIf(`t.kind = 'RESIDENTS' AND ${SITTING}`),
      'committee.VILLAGERS': countIf(`t.kind = 'VILLAGERS' AND ${SITTING}`),
      'committee.FARM_RESIDENTS': countIf(`t.kind = 'FARM_RESIDENTS' AND ${SITTING}`),
      'committee.SUPERVISION': countIf(`t.kind = 'SUPERVISION' AND ${SITTING}`),
      // Kinds of which a community has had one and has none in its term now.
      'committee.term-ended': `count(DISTINCT t.kind) FILTER (WHERE t.term_end <= :today AND NOT EXISTS (
        SELECT FROM organizations.committee c
         WHERE c.community_code = t.community_code AND c.kind = t.kind AND c.term_end > :today))`,
    },
    turning: turnsOn('t.term_start', 't.term_end'),
  },
  {
    from: 'organizations.organization t',
    above: ABOVE_COMMUNITY,
    figures: Object.fromEntries(
      organizationKinds.map((kind) => [`body.${kind}`, countIf(`t.kind = '${kind}' AND ${STANDING}`)]),
    ),
    turning: turnsOn('t.established_on', 't.dissolved_on'),
  },
  {
    from: 'organizations.engagement t',
    where: "t.subject_type = 'COMMUNITY'",
    community: 't.subject_key',
    figures: Object.fromEntries(
      engagementRoles.map((role) => [`coverage.${role}`, `least(${countIf(`t.role = '${role}' AND ${LIVE}`)}, 1)`]),
    ),
    turning: {
      by: 'DAY',
      rows: `t.subject_type = 'COMMUNITY' AND (${turnsOn('t.valid_from', 't.valid_to').rows})`,
    },
  },
  {
    from: 'organizations.designation t JOIN organizations.programme p ON p.id = t.programme_id',
    // Which programmes there are is data of the city.
    by: 'p.code',
    figures: { designated: countIf(LIVE) },
    turning: turnsOn('t.valid_from', 't.valid_to'),
  },
  {
    from: 'organizations.certificate t',
    where: 't.revoked_on IS NULL',
    figures: { 'certificate.holder': 'count(DISTINCT t.person_id)' },
  },
  {
    // Papers are the whole city's.
    from: 'organizations.policy_provision t',
    community: 'NULL::text',
    above: 't.city_code',
    figures: {
      'policy.work-line': countIf("t.kind = 'WORK_LINE'"),
      'policy.aspect': countIf("t.kind = 'ASPECT'"),
    },
  },
  {
    from: 'organizations.election t',
    where: "t.state NOT IN ('CERTIFIED', 'VOID')",
    figures: { 'election.open': 'count(*)' },
  },
  {
    from: 'organizations.recruitment t',
    where: "t.state NOT IN ('COMPLETED', 'CANCELLED')",
    above: ABOVE_COMMUNITY,
    figures: { 'recruitment.open': 'count(*)' },
  },
  {
    from: 'organizations.social_worker_registration t',
    where: 't.ended_on IS NULL',
    figures: { 'registration.lapsed': countIf('t.expires_on < :today') },
    turning: { by: 'DAY', rows: 't.ended_on IS NULL AND t.expires_on >= :sinceDay AND t.expires_on < :today' },
  },
  {
    from: 'organizations.worker_record t',
    where: "t.kind IN ('TALENT_TITLE', 'TALENT_SUPPORT')",
    figures: {
      'worker.leading-talent': countIf("t.kind = 'TALENT_TITLE' AND t.happened_on <= :today"),
      'worker.talent-support': countIf("t.kind = 'TALENT_SUPPORT' AND t.happened_on <= :today"),
    },
    turning: { by: 'DAY', rows: 't.happened_on > :sinceDay AND t.happened_on <= :today' },
  },
  {
    from: 'organizations.indicator_score t JOIN organizations.indicator i ON i.id = t.indicator_id',
    where: `NOT EXISTS (SELECT FROM organizations.indicator_score n
      WHERE n.indicator_id = t.indicator_id AND n.community_code = t.community_code
        AND n.evaluated_on > t.evaluated_on AND n.evaluated_on <= :today)`,
    by: 'i.code',
    figures: {
      score: 'coalesce(sum(round(t.score * 100)) FILTER (WHERE t.evaluated_on <= :today), 0)',
      'score-full': `${countIf('t.evaluated_on <= :today')} * 10000`,
    },
    turning: { by: 'DAY', rows: 't.evaluated_on > :sinceDay AND t.evaluated_on <= :today' },
  },
];
