import { provenanceIds } from '../provenance.ts';
import { derivedIdSql, exampleId, NOW_SQL, STANDING } from './example-ids.ts';

const PROVENANCE = `'${provenanceIds['services.facility']}'::uuid`;
const PLACE = 'city_code, county_code, township_code, community_code';

/** Deliberations that operations name, in the first community. */
const EXAMPLES = [
  ['deliberation/discussing', '加装电梯选址', 'DISCUSSING', 60, 0, 0, 1, 'NULL'],
  ['deliberation/deciding', '小区停车位改造', 'DECIDING', 60, 28, 6, 2, `${NOW_SQL} + interval '7 days'`],
  ['deliberation/passed', '居民公约修订', 'PROVIDING', 60, 41, 3, 3, `${NOW_SQL} - interval '5 days'`],
  ['deliberation/failed', '棋牌室收费标准', 'NOT_PASSED', 60, 9, 12, 1, `${NOW_SQL} - interval '20 days'`],
  // Contested: a majority of one, and nobody has taken the result further since the vote ended.
  ['deliberation/late', '楼顶晾晒区划分', 'DECIDING', 60, 17, 16, 2, `${NOW_SQL} - interval '15 days'`],
  ['deliberation/concluded', '门前三包约定', 'CONCLUDED', 60, 48, 2, 1, `${NOW_SQL} - interval '30 days'`],
] as const;

/** A catalogue per county, deliberations in every step, covenants, disclosures, activities, certified hours and points. */
export function* deliberationExamplesSql(): Generator<string> {
  yield `-- catalogue: three matters per county
INSERT INTO services.deliberation_catalog_item (id, county_code, content, sides, levels, procedure, agenda, use_of_result, provenance_id)
SELECT ${derivedIdSql('catalog', "county_code || '/' || matter.ordinal")}, county_code, matter.content, matter.sides, matter.levels,
       '提出—审核—公告—协商—公示', '议题说明、各方发言、形成意见、表决', '纳入居(村)务公开并跟踪办理', ${PROVENANCE}
  FROM (SELECT DISTINCT county_code FROM ${STANDING}) county
 CROSS JOIN (VALUES
   (1, '公共设施建设与维护', ARRAY['RESIDENT','COMMITTEE','OWNERS_COMMITTEE','PARTY_ORGANIZATION'], ARRAY['RESIDENTS_GROUP','BUILDING','TOWNSHIP']),
   (2, '居民公约（村规民约）制定', ARRAY['COMMITTEE','RESIDENT'], ARRAY['RESIDENTS_GROUP','TOWNSHIP']),
   (3, '驻区单位资源共享', ARRAY['STATIONED_UNIT','SOCIAL_ORGANIZATION','COMMITTEE'], ARRAY['STATIONED_UNIT','SOCIAL_ORGANIZATION'])
 ) AS matter(ordinal, content, sides, levels)`;
  for (const [name, title, state, eligible, yes, no, abstain, ends] of EXAMPLES) {
    yield `-- example ${name}
INSERT INTO services.deliberation (id, title, form, level, venue, side, catalog_item_id, state, eligible_voters,
       quorum_rule_code, opened_at, voting_ends_at, yes, no, abstain, post_count, disclosed_at, ${PLACE}, provenance_id)
SELECT '${exampleId(name)}', '${title}', 'RESIDENTS_ASSEMBLY', 'RESIDENTS_GROUP', 'ONLINE', 'RESIDENT',
       ${derivedIdSql('catalog', "county_code || '/2'")}, '${state}', ${eligible}, 'QUORUM_RESIDENTS_ASSEMBLY',
       ${NOW_SQL} - interval '40 days', ${ends}, ${yes}, ${no}, ${abstain}, 1,
       ${state === 'PROVIDING' || state === 'CONCLUDED' ? `${NOW_SQL} - interval '4 days'` : 'NULL'}, ${PLACE}, ${PROVENANCE}
  FROM ${STANDING} ORDER BY stat_code LIMIT 1`;
    yield `INSERT INTO services.deliberation_post (id, deliberation_id, side, text, posted_at, provenance_id)
VALUES ('${exampleId(`${name}/post`)}', '${exampleId(name)}', 'RESIDENT', '建议先征求低层住户意见', ${NOW_SQL} - interval '30 days', ${PROVENANCE})`;
  }
  yield `-- example deliberation/on-site: representatives who decide by a show of hands
INSERT INTO services.deliberation (id, title, form, level, venue, side, catalog_item_id, state, eligible_voters,
       quorum_rule_code, opened_at, voting_ends_at, post_count, ${PLACE}, provenance_id)
SELECT '${exampleId('deliberation/on-site')}', '活动室开放时间', 'REPRESENTATIVES_ASSEMBLY', 'RESIDENTS_GROUP', 'ON_SITE', 'COMMITTEE',
       ${derivedIdSql('catalog', "county_code || '/1'")}, 'DECIDING', 60, 'QUORUM_REPRESENTATIVES_ASSEMBLY',
       ${NOW_SQL} - interval '10 days', ${NOW_SQL} + interval '1 day', 1, ${PLACE}, ${PROVENANCE}
  FROM ${STANDING} ORDER BY stat_code LIMIT 1`;
  yield `-- one deliberation in each further community, in a step of its own
INSERT INTO services.deliberation (id, title, form, level, venue, side, catalog_item_id, state, eligible_voters,
       quorum_rule_code, opened_at, voting_ends_at, yes, no, abstain, post_count, disclosed_at, ${PLACE}, provenance_id)
SELECT ${derivedIdSql('deliberation', 'stat_code')}, '公共空间改造', CASE WHEN kind = 'ADMINISTRATIVE_VILLAGE' THEN 'VILLAGE_AFFAIRS' ELSE 'RESIDENTS_ASSEMBLY' END,
       'RESIDENTS_GROUP', (ARRAY['ON_SITE','WECHAT','BUILDING','ONLINE'])[1 + n % 4], 'COMMITTEE', ${derivedIdSql('catalog', "county_code || '/1'")},
       (ARRAY['PROPOSED','DISCUSSING','CARRYING_OUT','REVIEWING','CONCLUDED'])[1 + n % 5], 50 + n % 40,
       CASE WHEN kind = 'ADMINISTRATIVE_VILLAGE' THEN 'QUORUM_REPRESENTATIVES_ASSEMBLY' ELSE 'QUORUM_RESIDENTS_ASSEMBLY' END,
       ${NOW_SQL} - n * interval '3 days', CASE WHEN n % 5 > 1 THEN ${NOW_SQL} - n * interval '1 day' END,
       CASE WHEN n % 5 > 1 THEN 40 ELSE 0 END, CASE WHEN n % 5 > 1 THEN 4 ELSE 0 END, 0, 0,
       CASE WHEN n % 5 > 1 THEN ${NOW_SQL} - n * interval '1 day' END, ${PLACE}, ${PROVENANCE}
  FROM (SELECT *, row_number() OVER (ORDER BY stat_code)::int AS n FROM ${STANDING}) numbered WHERE n BETWEEN 2 AND 200`;
  yield `-- activities in every community, one over and one to come
INSERT INTO services.activity (id, kind, title, starts_at, ends_at, capacity, organizer_department_code, ${PLACE}, provenance_id)
SELECT ${derivedIdSql('activity', "stat_code || '/' || turn")}, (ARRAY['PATROL','ANTI_FRAUD','ELDER_CARE','ENVIRONMENT','MORAL_PANEL'])[1 + (n + turn) % 5],
       (ARRAY['平安巡查','反诈宣传','助老服务','环境整治','道德评判'])[1 + (n + turn) % 5],
       ${NOW_SQL} + (turn - 1) * interval '6 days', ${NOW_SQL} + (turn - 1) * interval '6 days' + interval '2 hours', 40, 'community', ${PLACE}, ${PROVENANCE}
  FROM (SELECT *, row_number() OVER (ORDER BY stat_code)::int AS n FROM ${STANDING}) numbered, (VALUES (0), (2)) AS turns(turn) WHERE n <= 200`;
  yield `-- hours of up to three hundred residents, two of three certified, one of twelve disputed, and their points in two entries each
INSERT INTO services.volunteer_record (id, activity_id, person_id, minutes, state, recorded_by_department_code, certified_by_department_code, certified_at, provenance_id)
SELECT ${derivedIdSql('volunteer', 'p.id::text')}, a.id, p.id, 60 + p.n % 7 * 10, CASE WHEN p.n % 12 = 0 THEN 'DISPUTED' WHEN p.n % 3 = 0 THEN 'RECORDED' ELSE 'CERTIFIED' END,
       'community', CASE WHEN p.n % 3 = 0 THEN NULL ELSE 'subdistrict' END, CASE WHEN p.n % 3 = 0 THEN NULL ELSE ${NOW_SQL} - interval '1 day' END, ${PROVENANCE}
  FROM (SELECT id, community_code, row_number() OVER (ORDER BY id)::int AS n FROM (SELECT id, community_code FROM people.person ORDER BY id LIMIT 300) few) p
  JOIN services.activity a ON a.community_code = p.community_code AND a.ends_at < ${NOW_SQL}`;
  yield `INSERT INTO services.transition_step (subject_id, ordinal, event, from_state, to_state, at, actor_department_code, note, provenance_id)
SELECT id, 1, 'DISPUTE', 'RECORDED', 'DISPUTED', ${NOW_SQL} - interval '1 day', 'subdistrict', '签到记录与登记时长不符', ${PROVENANCE}
  FROM services.volunteer_record WHERE state = 'DISPUTED'`;
  yield `-- the same residents are registered as volunteers, and one of four who has not served yet
INSERT INTO services.volunteer_registration (person_id, registered_on, certified_minutes, last_active_on, ${PLACE}, provenance_id)
SELECT p.id, date '2025-03-05', coalesce(r.minutes, 0), r.at, ${PLACE}, ${PROVENANCE}
  FROM (SELECT *, row_number() OVER (ORDER BY id)::int AS n FROM (SELECT id, ${PLACE} FROM people.person ORDER BY id LIMIT 2000) few) p
  LEFT JOIN (SELECT person_id, sum(minutes) AS minutes, max(certified_at)::date AS at FROM services.volunteer_record WHERE state = 'CERTIFIED' GROUP BY 1) r ON r.person_id = p.id
 WHERE r.person_id IS NOT NULL OR p.n % 4 = 0`;
  yield `UPDATE services.activity a SET record_count = r.records
  FROM (SELECT activity_id, count(*)::int AS records FROM services.volunteer_record GROUP BY activity_id) r WHERE r.activity_id = a.id`;
  yield `INSERT INTO services.points_entry (id, transfer_id, person_id, points, balance_after, reason, subject_id, at, provenance_id)
SELECT ${derivedIdSql('points', "side || '/' || r.id")}, ${derivedIdSql('transfer', 'r.id::text')}, CASE side WHEN 'to' THEN r.person_id ELSE '00000000-0000-7000-8000-000000000001' END,
       CASE side WHEN 'to' THEN r.points ELSE -r.points END, CASE side WHEN 'to' THEN r.points ELSE -sum(r.points) OVER (PARTITION BY side ORDER BY r.id) END,
       'VOLUNTEERING', r.id, ${NOW_SQL} - interval '1 day', ${PROVENANCE}
  FROM (SELECT id, person_id, minutes * 10 / 60 AS points FROM services.volunteer_record WHERE state = 'CERTIFIED') r, (VALUES ('from'), ('to')) AS sides(side)`;
  yield `INSERT INTO services.points_account (person_id, balance)
SELECT person_id, sum(points)::int FROM services.points_entry GROUP BY person_id`;
}
