import { DAY_ENDS, HELD, IN_COMMUNITIES, type Measures, recordedIn } from '../../../kit/figures/measures.ts';

/** 名单版本 — the day of the list of divisions that the city began with; before it nobody knows what stood there. */
const LISTED = `(SELECT d.list_edition::date FROM organizations.division d
  WHERE d.city_code = left(k.code, 4) AND d.level = 'PREFECTURE' AND d.list_edition ~ '^\\d{4}-\\d{2}-\\d{2}$' LIMIT 1)`;
/** Territory whose first day nobody knows is known since the oldest record that lies in it; since that list at the latest. */
const known = (...oldest: string[]) => `coalesce(least(${[...oldest, LISTED].join(', ')}), '-infinity')`;
const COMMUNITY_KNOWN = known(
  '(SELECT min(w.hired_on) FROM organizations.community_worker w WHERE w.community_code = t.stat_code)',
  '(SELECT min(c.term_start) FROM organizations.committee c WHERE c.community_code = t.stat_code)',
);
const GRID_KNOWN = known(
  `(SELECT (min(a.valid_from) AT TIME ZONE 'Asia/Shanghai')::date FROM organizations.grid_assignment a WHERE a.grid_code = t.grid_code)`,
);
/** Of territory that had not ended. Where it is unknown of any whether it stood already, there is no figure: less would be false. */
const territory = (count: string, from: string, since: string) =>
  `SELECT CASE WHEN bool_or(CASE WHEN t.valid_from IS NULL AND k.day < coalesce(${LISTED}, '-infinity') THEN ${since} > k.day ELSE false END) THEN NULL
     ELSE count(${count}) FILTER (WHERE t.valid_from IS NULL OR t.valid_from <= k.day) END
    FROM ${from} AND (t.valid_to IS NULL OR t.valid_to > k.day)`;
const communities = (count: string, more = 'true') =>
  territory(
    count,
    `organizations.community t WHERE t.stat_code BETWEEN k.code AND rpad(k.code, 12, '9') AND ${more}`,
    COMMUNITY_KNOWN,
  );
/** A township and what is above it: no community is one, nor has one. */
const downToTownships = (figure: string) => `SELECT CASE WHEN length(k.code) <= 9 THEN (${figure}) END`;
const RECORDED = recordedIn('organizations');
const LIVE_AT = `(t.valid_from < ${DAY_ENDS} AND (t.valid_to IS NULL OR t.valid_to >= ${DAY_ENDS}))`;
const IN_SERVICE = '(t.hired_on <= k.day AND (t.left_on IS NULL OR t.left_on > k.day))';

const committees = (kinds: string) =>
  `SELECT count(*) FROM organizations.committee t WHERE ${IN_COMMUNITIES} AND t.kind ${kinds} AND t.term_start <= k.day AND t.term_end > k.day`;
const workers = (condition = 'true') =>
  `SELECT count(*) FROM organizations.community_worker t WHERE ${IN_COMMUNITIES} AND ${IN_SERVICE} AND ${condition}`;
/** By the first certificate on file; who has none there is certified since nobody knows when. */
const CERTIFIED_BY = `coalesce((SELECT min(c.passed_year) FROM organizations.certificate c
  WHERE c.person_id = t.person_id), 0) <= extract(year FROM k.day)`;
const posts = (...roles: string[]) =>
  `SELECT count(*) FROM organizations.grid_assignment t WHERE ${IN_COMMUNITIES} AND t.role IN (${roles.map((role) => `'${role}'`).join(', ')}) AND ${LIVE_AT}`;
const STANDING =
  '(t.established_on IS NULL OR t.established_on <= k.day) AND (t.dissolved_on IS NULL OR t.dissolved_on > k.day)';
const bodies = (kind: string) =>
  `SELECT count(*) FROM organizations.organization t WHERE ${IN_COMMUNITIES} AND t.kind = '${kind}' AND ${STANDING}`;
/** Seats of committees in their term; a supervision committee is none of the people’s own. */
const SEATS = `organizations.committee t JOIN organizations.election_candidate m ON m.committee_id = t.id
  WHERE ${IN_COMMUNITIES} AND t.kind <> 'SUPERVISION' AND t.term_start <= k.day AND t.term_end > k.day`;
/** Of a city's papers; a part of the city has none of its own. */
const provisions = (kind: string) =>
  `SELECT count(*) FROM organizations.policy_provision t JOIN organizations.policy_document d ON d.id = t.document_id
    WHERE t.city_code = k.code AND t.kind = '${kind}' AND (d.issued_on <= k.day OR d.issued_on IS NULL AND (${RECORDED} OR ${recordedIn('organizations', 'd')}))`;
const records = (kind: string, figure: string) =>
  `SELECT ${figure} FROM organizations.worker_record t WHERE ${IN_COMMUNITIES} AND t.kind = '${kind}' AND t.happened_on <= k.day`;
const scores = (figure: string) => `SELECT ${figure} FROM (
  SELECT DISTINCT ON (t.community_code) t.score FROM organizations.indicator_score t
    JOIN organizations.indicator i ON i.id = t.indicator_id
   WHERE ${IN_COMMUNITIES} AND i.city_code = left(k.code, 4) AND i.code = k.argument AND t.evaluated_on <= k.day
   ORDER BY t.community_code, t.evaluated_on DESC) last`;
/** Courses of a tier and a term, `CITY.2017`. */
const courses = (figure: string) => `SELECT ${figure} FROM organizations.training_course t
  WHERE t.city_code = left(k.code, 4) AND coalesce(t.township_code, t.county_code, t.city_code) LIKE k.code || '%'
    AND t.term = split_part(k.argument, '.', 2) AND t.tier = split_part(k.argument, '.', 1) AND t.starts_on <= k.day`;
const FIXED_THINGS = ["t.duties <> ''", 't.headcount > 0', "t.position <> ''", "t.goals <> ''"]
  .concat("t.appraisal <> ''", "t.pay <> ''")
  .map((thing) => `(${thing})::int`)
  .join(' + ');
const IN_DIVISION = "t.stat_code BETWEEN rpad(k.code, 12, '0') AND rpad(k.code, 12, '9') AND NOT t.pseudo";
/** As many of the values as have a row: one probe of an index each. */
const valuesWithRows = (values: readonly string[], rows: string) =>
  `SELECT count(*) FROM unnest(ARRAY[${values.map((value) => `'${value}'`).join(', ')}]) AS v(value) WHERE EXISTS (${rows})`;

/** 口径 — what an indicator may measure of the rows of organizations. */
export const organizationsMeasures: Measures = {
  COMMUNITIES: {
    sql: communities('*'),
    kept: ['community'],
  },
  RESIDENTS_COMMITTEES: { sql: committees("= 'RESIDENTS'"), kept: ['committee.RESIDENTS'] },
  VILLAGERS_COMMITTEES: { sql: committees("= 'VILLAGERS'"), kept: ['committee.VILLAGERS'] },
  FARM_COMMITTEES: { sql: committees("= 'FARM_RESIDENTS'"), kept: ['committee.FARM_RESIDENTS'] },
  COMMITTEES: {
    sql: committees("<> 'SUPERVISION'"),
    kept: ['committee.RESIDENTS', 'committee.VILLAGERS', 'committee.FARM_RESIDENTS'],
  },
  COMMUNITY_WORKERS: { sql: workers(), kept: ['worker'] },
  CERTIFIED_WORKERS: { sql: workers(`t.certificate IS NOT NULL AND ${CERTIFIED_BY}`), kept: ['worker.certified'] },
  LEADING_TALENTS: { sql: records('TALENT_TITLE', 'count(*)'), kept: ['worker.leading-talent'] },
  SUPPORTED_TALENTS: { sql: records('TALENT_SUPPORT', 'count(*)'), kept: ['worker.talent-support'] },
  /** What each of them gets: pay, for those with the right to it. */
  TALENT_SUPPORT_MEAN: { sql: records('TALENT_SUPPORT', 'round(avg(t.amount_yuan))'), right: 'workforce.pay' },
  GRIDS: {
    sql: territory('*', `organizations.grid t WHERE ${IN_COMMUNITIES}`, GRID_KNOWN),
    kept: ['grid'],
  },
  GRID_CHIEFS: { sql: posts('GRID_CHIEF'), kept: ['post.GRID_CHIEF'] },
  GRID_WORKERS: {
    sql: posts('FULL_TIME_GRID_WORKER', 'PART_TIME_GRID_WORKER'),
    kept: ['post.FULL_TIME_GRID_WORKER', 'post.PART_TIME_GRID_WORKER'],
  },
  MICRO_GRID_CHIEFS: { sql: posts('MICRO_GRID_CHIEF'), kept: ['post.MICRO_GRID_CHIEF'] },
  SERVICE_TEAMS: { sql: bodies('SERVICE_TEAM'), kept: ['body.SERVICE_TEAM'] },
  SOCIAL_ORGANIZATIONS: { sql: bodies('SOCIAL_ORGANIZATION'), kept: ['body.SOCIAL_ORGANIZATION'] },
  LEGAL_ADVISED_COMMUNITIES: {
    sql: `SELECT count(DISTINCT t.subject_key) FROM organizations.engagement t WHERE t.subject_type = 'COMMUNITY' AND t.role = 'LEGAL_ADVISER' AND t.subject_key BETWEEN k.code AND rpad(k.code, 12, '9') AND ${HELD}`,
    kept: ['coverage.LEGAL_ADVISER'],
  },
  EXAM_PASSERS: {
    sql: `SELECT count(DISTINCT t.person_id) FROM organizations.certificate t WHERE ${IN_COMMUNITIES} AND t.passed_year <= extract(year FROM k.day) AND (t.revoked_on IS NULL OR t.revoked_on > k.day)`,
    kept: ['certificate.holder'],
  },
  COMMUNITIES_WITH_GRIDS: {
    sql: territory('DISTINCT t.community_code', `organizations.grid t WHERE ${IN_COMMUNITIES}`, GRID_KNOWN),
    kept: ['coverage.GRID'],
  },
  /** 镇街道 — those with communities; what stands for a missing tier is none. */
  TOWNSHIPS: {
    sql: downToTownships(
      communities(
        'DISTINCT t.township_code',
        "NOT EXISTS (SELECT FROM organizations.division d WHERE d.stat_code = rpad(t.township_code, 12, '0') AND d.pseudo)",
      ),
    ),
  },
  TOWNSHIPS_WITH_SOCIAL_WORK_STATIONS: {
    sql: downToTownships(
      `SELECT count(DISTINCT t.township_code) FROM organizations.organization t WHERE t.kind = 'SOCIAL_WORK_STATION'
         AND t.city_code = left(k.code, 4) AND t.township_code BETWEEN k.code AND rpad(k.code, 9, '9')
         AND ${STANDING}`,
    ),
  },
  /** 居（村）委会成员 — seats that somebody was elected into. */
  COMMITTEE_MEMBERS: { sql: `SELECT count(*) FROM ${SEATS}` },
  POLICY_WORK_LINES: { sql: provisions('WORK_LINE'), kept: ['policy.work-line'] },
  POLICY_ASPECTS: { sql: provisions('ASPECT'), kept: ['policy.aspect'] },
  /** Communities designated under a programme of the city. */
  DESIGNATED: {
    sql: `SELECT count(*) FROM organizations.designation t JOIN organizations.programme p ON p.id = t.programme_id
      WHERE ${IN_COMMUNITIES} AND p.code = k.argument AND ${HELD}`,
    kept: ['designated.*'],
  },
  /** What communities last scored under an indicator of the city, and what they could have: hundredths of points. */
  SCORES: { sql: scores('coalesce(sum(round(last.score * 100)), 0)'), kept: ['score.*'] },
  FULL_SCORES: { sql: scores('count(*) * 10000'), kept: ['score-full.*'] },
  TRAINING_RUNS: { sql: courses('count(*)') },
  TRAINED_HEADS: {
    sql: courses(`coalesce(sum(coalesce(t.reported_attendees,
      (SELECT count(*) FROM organizations.training_attendance a WHERE a.course_id = t.id))), 0)`),
  },
  TRAINING_BUDGET: { sql: courses('coalesce(sum(t.budget_yuan), 0)') },
  /** 培训类别: those that a course in the division has begun in. */
  TRAINING_CATEGORIES: {
    sql: `SELECT count(DISTINCT t.category_code) FROM organizations.training_course t WHERE t.city_code = left(k.code, 4)
        AND coalesce(t.township_code, t.county_code, t.city_code) LIKE k.code || '%' AND t.starts_on <= k.day`,
  },
  /** Events of a kind in a year, `FORUM.2017`. */
  EVENTS: {
    sql: `SELECT count(*) FROM organizations.experience_event t WHERE t.city_code = left(k.code, 4)
        AND coalesce(t.community_code, t.city_code) LIKE k.code || '%' AND t.kind = split_part(k.argument, '.', 1)
        AND t.year = split_part(k.argument, '.', 2)::int AND t.held_on <= k.day`,
  },
  /** 纵向层级: tiers from the city down of which there are divisions. */
  DIVISION_TIERS: {
    sql: `SELECT CASE WHEN k.day < ${LISTED} AND EXISTS (SELECT FROM organizations.division t WHERE ${IN_DIVISION} AND t.valid_from IS NULL)
      THEN NULL ELSE (${valuesWithRows(
        ['PREFECTURE', 'COUNTY', 'TOWNSHIP', 'VILLAGE'],
        `SELECT FROM organizations.division t WHERE t.level = v.value AND ${IN_DIVISION}
           AND (t.valid_from IS NULL OR t.valid_from <= k.day) AND (t.valid_to IS NULL OR t.valid_to > k.day)`,
      )}) END`,
  },
  /** 三岗: kinds of posts that somebody holds. */
  WORKER_POSTS: {
    sql: valuesWithRows(
      ['SECRETARY_DIRECTOR', 'DEPUTY', 'SPECIALIST'],
      `SELECT FROM organizations.community_worker t WHERE t.city_code = left(k.code, 4) AND ${IN_COMMUNITIES} AND t.post = v.value AND ${IN_SERVICE}`,
    ),
  },
  /** The number that a rule in force on the day sets for everybody. */
  RULE: {
    sql: `SELECT t.numerator::float8 / t.denominator FROM organizations.organization_rule t WHERE t.code = k.argument AND t.subject = ''
        AND (t.effective_from <= k.day OR t.effective_from IS NULL AND ${RECORDED}) ORDER BY t.effective_from DESC NULLS LAST LIMIT 1`,
  },
  /** 六定: as many things as a post fixes; none may be missing, so that one post tells. */
  POST_FIXED_THINGS: {
    sql: `SELECT ${FIXED_THINGS} FROM organizations.post t WHERE ${IN_COMMUNITIES} AND t.established_on <= k.day LIMIT 1`,
  },
};

/** 在任席位 — who sits where in a division (`code`) on a day (`day`), as `person@community`. */
export const SEATS_SQL = `SELECT m.person_id || '@' || t.community_code FROM ${SEATS}`;

/** Measures of what lies in grids: those that an overview of a grid can give. */
export const gridMeasures: ReadonlySet<string> = new Set(['GRIDS', 'GRID_CHIEFS', 'GRID_WORKERS', 'MICRO_GRID_CHIEFS']);
