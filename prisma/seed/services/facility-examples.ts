import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';
import { REPORTED_ON } from '../organizations/city-registers.ts';
import { provenanceIds } from '../provenance.ts';
import { derivedIdSql, exampleId, NOW_SQL, STANDING } from './example-ids.ts';

const PROVENANCE = `'${provenanceIds['services.facility']}'::uuid`;
const PLACE = 'city_code, county_code, township_code, community_code';
/** Communities beyond these get no examples: a whole city would have tens of thousands. */
const FIRST = 200;
const NUMBERED = `(SELECT *, row_number() OVER (ORDER BY stat_code)::int AS n FROM ${STANDING}) numbered`;
const FACILITY = `id, kind, name, tier, area_square_metres, one_door, stage, opened_on, address_text, longitude, latitude,
  position_synthetic, opens_at_minute, closes_at_minute, bookable, ${PLACE}, provenance_id`;
/** A position near that of any facility of the same community, made up like it. */
const POSITION = `(SELECT f.longitude + 0.0011 FROM services.facility f WHERE f.community_code = c.stat_code ORDER BY f.id LIMIT 1),
  (SELECT f.latitude - 0.0009 FROM services.facility f WHERE f.community_code = c.stat_code ORDER BY f.id LIMIT 1), true`;

/** Papers of cities as the articles name them; what they do not name is null: 待补. */
/** No article gives the day of one: it is the last that its city’s figures can be of. */
const PAPERS = [
  ['measure', '3706', 'MEASURE', 'PARTY_MASS_SERVICE_CENTRE', '党群服务中心（便民服务中心）标准化建设办法', 10, 39],
  ['local', '3706', 'LOCAL_STANDARD', 'PARTY_MASS_SERVICE_CENTRE', '…建设和管理规范（全称待补）', 0, 0],
  ['manual', '3706', 'MANUAL', 'PARTY_MASS_SERVICE_CENTRE', '标准化建设手册', 0, 0],
  ['lounge', '3304', 'LOCAL_STANDARD', 'RESIDENTS_LOUNGE', '城乡社区“居民会客厅”建设和服务规范', 0, 0],
] as const;
/** Public spaces that cities run under a name of their own; where each stands is 待补, so that the demo puts it somewhere. */
interface NamedSpace {
  readonly cityCode: string;
  readonly name: string;
  /** A part of the name of the community, where the name itself says so. */
  readonly near: string;
}
function namedSpaces(): readonly NamedSpace[] {
  const path = join(projectRoot, 'prisma', 'seed', 'data', 'named-spaces.json');
  return JSON.parse(readFileSync(path, 'utf8')) as NamedSpace[];
}
/** The aspects that the article names, of ten. */
const NAMED_ASPECTS = ['场所设施', '窗口设置', '服务流程'];

/**
 * Standards with their unnamed parts, assessments, lives of facilities, service centres of city and counties, bookings,
 * grants, reported figures, devices of estates.
 */
export function* facilityExamplesSql(): Generator<string> {
  yield* standards();
  yield* centres();
  yield* lives();
  yield* bookings();
  yield* reports();
  yield* devices();
}

function* standards(): Generator<string> {
  yield `-- every city: the configuration standard, of which only the floor area is known
INSERT INTO services.facility_standard (id, city_code, kind, facility_kind, title, provenance_id)
SELECT '${exampleId('standard/configuration')}', city_code, 'MEASURE', 'PARTY_MASS_SERVICE_CENTRE', '社区综合服务设施配置标准', ${PROVENANCE}
  FROM ${STANDING} ORDER BY stat_code LIMIT 1`;
  yield part('standard/configuration', 'ASPECT', '1', `'场所设施'`, 'NULL', 'NULL', 1);
  yield part(
    'standard/configuration',
    'CLAUSE',
    '1',
    `'建筑面积不低于标准'`,
    `'${exampleId('standard/configuration/aspect/1')}'::uuid`,
    `'AREA_FLOOR'`,
    1,
  );
  for (const [name, city, kind, facilityKind, title, aspects, clauses] of PAPERS) {
    yield `INSERT INTO services.facility_standard (id, city_code, kind, facility_kind, title, published_on, based_on_id, provenance_id)
SELECT '${exampleId(`standard/${name}`)}', '${city}', '${kind}', '${facilityKind}', '${title}', '${REPORTED_ON[city === '3706' ? 'yantai' : 'jiaxing']}',
       ${name === 'manual' || name === 'local' ? `'${exampleId('standard/measure')}'::uuid` : 'NULL'}, ${PROVENANCE}
 WHERE EXISTS (SELECT 1 FROM organizations.community WHERE city_code = '${city}')`;
    if (aspects > 0) {
      const names = NAMED_ASPECTS.map((aspect, index) => `WHEN ${index + 1} THEN '${aspect}'`).join(' ');
      yield part(`standard/${name}`, 'ASPECT', 'n', `CASE n ${names} END`, 'NULL', 'NULL', aspects);
    }
    if (clauses > 0) {
      const first = `'${exampleId(`standard/${name}/aspect/1`)}'::uuid`;
      yield part(
        `standard/${name}`,
        'CLAUSE',
        'n',
        `CASE n WHEN 1 THEN '建筑面积不低于标准' END`,
        `CASE n WHEN 1 THEN ${first} END`,
        `CASE n WHEN 1 THEN 'AREA_FLOOR' END`,
        clauses,
      );
    }
  }
}

/** Parts of one standard; the first aspect has an id that clauses can name. */
function part(
  standard: string,
  kind: 'ASPECT' | 'CLAUSE',
  ordinal: string,
  name: string,
  aspect: string,
  rule: string,
  count: number,
): string {
  const id = `CASE WHEN '${kind}' = 'ASPECT' AND n = 1 THEN '${exampleId(`${standard}/aspect/1`)}'::uuid ELSE ${derivedIdSql('standard-part', `'${standard}/${kind}/' || n`)} END`;
  return `INSERT INTO services.standard_part (id, standard_id, kind, ordinal, aspect_id, name, rule_code)
SELECT ${id}, '${exampleId(standard)}', '${kind}', ${ordinal}, ${aspect}, ${name}, ${rule}
  FROM generate_series(1, ${count}) n WHERE EXISTS (SELECT 1 FROM services.facility_standard WHERE id = '${exampleId(standard)}')`;
}

function* centres(): Generator<string> {
  yield `-- government service centres of the counties and of the city
INSERT INTO services.facility (${FACILITY})
SELECT ${derivedIdSql('government-centre', 'c.tier || c.code')}, 'GOVERNMENT_SERVICE_CENTRE', d.name || '政务服务中心', c.tier,
       CASE c.tier WHEN 'CITY' THEN 12000 ELSE 6000 END, true, 'USE', date '2019-05-01', d.name || '政务服务中心', ${POSITION},
       510, 1020, false, c.city_code, c.county_code, c.township_code, c.stat_code, ${PROVENANCE}
  FROM (SELECT DISTINCT ON (county_code) *, 'COUNTY' AS tier, rpad(county_code, 12, '0') AS code FROM ${STANDING} ORDER BY county_code, stat_code) c
  JOIN organizations.division d ON d.stat_code = c.code
 UNION ALL
SELECT ${derivedIdSql('government-centre', 'c.tier || c.code')}, 'GOVERNMENT_SERVICE_CENTRE', d.name || '政务服务中心', c.tier,
       12000, true, 'USE', date '2019-05-01', d.name || '政务服务中心', ${POSITION},
       510, 1020, false, c.city_code, c.county_code, c.township_code, c.stat_code, ${PROVENANCE}
  FROM (SELECT DISTINCT ON (city_code) *, 'CITY' AS tier, rpad(city_code, 12, '0') AS code FROM ${STANDING} ORDER BY city_code, stat_code) c
  JOIN organizations.division d ON d.stat_code = c.code`;
  const named = [
    ['facility/lounge', 'RESIDENTS_LOUNGE', '居民会客厅（演示）', 'USE', 210, 510, 1260, true],
    ['facility/building', 'NEIGHBOUR_CENTRE', '睦邻中心（在建）', 'BUILD', 900, 510, 1260, true],
    ['facility/closed', 'PUBLIC_SPACE', '旧活动室（已停用）', 'CLOSED', 90, 510, 1020, false],
  ] as const;
  for (const [name, kind, title, stage, area, opens, closes, bookable] of named) {
    yield `-- example ${name}
INSERT INTO services.facility (${FACILITY})
SELECT '${exampleId(name)}', '${kind}', c.name || '${title}', 'COMMUNITY', ${area}, false, '${stage}', ${stage === 'BUILD' ? 'NULL::date' : `date '2024-03-01'`}, c.name || '1号',
       ${POSITION}, ${opens}, ${closes}, ${bookable}, city_code, county_code, township_code, stat_code, ${PROVENANCE}
  FROM (SELECT * FROM ${STANDING} ORDER BY stat_code LIMIT 1) c`;
    yield `INSERT INTO services.facility_serving (facility_id, community_code)
SELECT '${exampleId(name)}', stat_code FROM ${STANDING} ORDER BY stat_code LIMIT 1`;
    yield `INSERT INTO services.transition_step (subject_id, ordinal, event, to_state, at, actor_department_code, provenance_id)
VALUES ('${exampleId(name)}', 1, 'REGISTER', 'BUILD', ${NOW_SQL} - interval '900 days', 'community', ${PROVENANCE})`;
    if (stage === 'CLOSED') {
      yield `INSERT INTO services.transition_step (subject_id, ordinal, event, from_state, to_state, at, actor_department_code, note, provenance_id)
VALUES ('${exampleId(name)}', 2, 'OPEN', 'BUILD', 'USE', ${NOW_SQL} - interval '850 days', 'community', NULL, ${PROVENANCE}),
  ('${exampleId(name)}', 3, 'CLOSE', 'USE', 'CLOSED', ${NOW_SQL} - interval '40 days', 'community', '并入睦邻中心', ${PROVENANCE})`;
    }
  }
  for (const { cityCode, name, near } of namedSpaces()) {
    yield `-- a public space by its own name
INSERT INTO services.facility (${FACILITY})
SELECT '${exampleId(`facility/space/${name}`)}', 'PUBLIC_SPACE', '${name}', 'COMMUNITY', 180, false, 'USE', date '2016-06-01', '地址待补',
       NULL, NULL, false, 510, 1260, true, city_code, county_code, township_code, stat_code, ${PROVENANCE}
  FROM (SELECT * FROM ${STANDING} AND city_code = '${cityCode}'
         ORDER BY (name LIKE '%${near}%') DESC, stat_code LIMIT 1) c`;
    yield `INSERT INTO services.facility_serving (facility_id, community_code)
SELECT id, community_code FROM services.facility WHERE id = '${exampleId(`facility/space/${name}`)}'`;
  }
  yield `-- a room for talks with officials in every third community
INSERT INTO services.facility (${FACILITY})
SELECT ${derivedIdSql('deliberation-room', 'c.stat_code')}, 'DELIBERATION_ROOM', c.name || '民情恳谈室', 'COMMUNITY', 40 + n % 30, false, 'USE', date '2021-09-01',
       c.name || '2号', ${POSITION}, 510, 1260, true, city_code, county_code, township_code, stat_code, ${PROVENANCE}
  FROM (SELECT * FROM ${NUMBERED}) c WHERE n % 3 = 1 AND n <= ${FIRST}`;
}

function* lives(): Generator<string> {
  const of = `services.facility f JOIN ${NUMBERED} ON numbered.stat_code = f.community_code`;
  const step = (ordinal: number, event: string, from: string, to: string, after: string, stages: string) =>
    `INSERT INTO services.transition_step (subject_id, ordinal, event, from_state, to_state, at, actor_department_code, provenance_id)
SELECT f.id, ${ordinal}, '${event}', ${from}, '${to}', f.opened_on + interval '2 hours' + ${after}, 'civil-affairs', ${PROVENANCE}
  FROM ${of} WHERE f.kind IN ('PARTY_MASS_SERVICE_CENTRE', 'RESIDENTS_LOUNGE') AND f.stage IN (${stages}) AND n <= ${FIRST} AND f.id <> '${exampleId('facility/lounge')}'`;
  yield step(1, 'REGISTER', 'NULL', 'BUILD', `interval '-300 days'`, `'USE', 'MANAGE', 'EVALUATE'`);
  yield step(2, 'OPEN', `'BUILD'`, 'USE', `interval '0'`, `'USE', 'MANAGE', 'EVALUATE'`);
  yield step(3, 'REVIEW', `'USE'`, 'MANAGE', `interval '30 days'`, `'MANAGE', 'EVALUATE'`);
  yield step(4, 'EVALUATE', `'MANAGE'`, 'EVALUATE', `interval '50 days'`, `'EVALUATE'`);
  const standard = `CASE WHEN f.city_code = '3706' THEN '${exampleId('standard/measure')}'::uuid ELSE '${exampleId('standard/configuration')}'::uuid END`;
  yield `-- one centre below the floor of its area, where the city has none
UPDATE services.facility SET area_square_metres = 430 WHERE id = (
  SELECT f.id FROM ${of} WHERE f.kind = 'PARTY_MASS_SERVICE_CENTRE' AND f.tier = 'COMMUNITY' AND f.stage <> 'BUILD' AND n <= ${FIRST}
   ORDER BY n DESC, f.id LIMIT 1)
  AND NOT EXISTS (SELECT FROM services.facility WHERE kind = 'PARTY_MASS_SERVICE_CENTRE' AND tier = 'COMMUNITY' AND area_square_metres < 500)`;
  yield `-- assessments: area by the ledger; one in seven has an unmet clause where people judge
INSERT INTO services.assessment_finding (assessment_id, clause_id, verdict, note)
SELECT ${derivedIdSql('assessment', 'f.id::text')}, p.id,
       CASE WHEN p.rule_code IS NOT NULL
              THEN CASE WHEN f.area_square_metres >= CASE WHEN substr(f.community_code, 10, 1) IN ('0', '1', '4') THEN 600 ELSE 500 END THEN 'MET' ELSE 'NOT_MET' END
            WHEN n % 7 = 0 AND p.ordinal = 2 + n % 30 THEN 'NOT_MET' WHEN p.ordinal = 39 AND n % 5 = 0 THEN 'NOT_APPLICABLE' ELSE 'MET' END, NULL
  FROM ${of} JOIN services.standard_part p ON p.kind = 'CLAUSE' AND p.standard_id = ${standard}
 WHERE f.kind = 'PARTY_MASS_SERVICE_CENTRE' AND f.tier = 'COMMUNITY' AND f.stage <> 'BUILD' AND n <= ${FIRST}`;
  yield `INSERT INTO services.facility_assessment (id, facility_id, standard_id, assessed_on, department_code, met_count, not_met_count, not_applicable_count, meets, provenance_id)
SELECT a.assessment_id, f.id, ${standard}, date '2026-04-15', 'civil-affairs', a.met, a.unmet, a.other, a.unmet = 0, ${PROVENANCE}
  FROM (SELECT assessment_id, count(*) FILTER (WHERE verdict = 'MET') AS met, count(*) FILTER (WHERE verdict = 'NOT_MET') AS unmet,
               count(*) FILTER (WHERE verdict = 'NOT_APPLICABLE') AS other FROM services.assessment_finding GROUP BY 1) a
  JOIN services.facility f ON ${derivedIdSql('assessment', 'f.id::text')} = a.assessment_id AND f.kind = 'PARTY_MASS_SERVICE_CENTRE'`;
  yield `UPDATE services.facility f SET assessment_id = a.id, meets_standard = a.meets, assessed_in_review = true FROM services.facility_assessment a WHERE a.facility_id = f.id`;
}

function* bookings(): Generator<string> {
  // 10:00 of the reference day in China: hours from there, on half-hours, inside the lounge's opening hours.
  const examples = [
    ['booking/next', 28, 2, 'BOOKED', '书画社活动'],
    ['booking/running', -1, 3, 'USED', '议事会'],
    ['booking/cancelled', 52, 2, 'CANCELLED', '健康讲座'],
    ['booking/missed', -47, 1, 'MISSED', '棋牌活动'],
  ] as const;
  for (const [name, hours, length, state, purpose] of examples) {
    const starts = `${NOW_SQL} + interval '${hours} hours'`;
    yield `-- example ${name}
INSERT INTO services.facility_booking (id, facility_id, starts_at, ends_at, purpose, state, ${PLACE}, provenance_id)
SELECT '${exampleId(name)}', id, ${starts}, ${starts} + interval '${length} hours', '${purpose}', '${state}', ${PLACE}, ${PROVENANCE}
  FROM services.facility WHERE id = '${exampleId('facility/lounge')}'`;
  }
  yield `INSERT INTO services.facility_booking_slot (facility_id, slot_at, booking_id)
SELECT facility_id, slot, id FROM services.facility_booking, generate_series(starts_at, ends_at - interval '30 minutes', interval '30 minutes') slot
 WHERE state <> 'CANCELLED'`;
}

function* reports(): Generator<string> {
  yield `-- what the article of one city reports; nothing is reported of the others
INSERT INTO services.facility_report (city_code, subject, count, total, mean, note, provenance_id)
SELECT '3706', subject, count, total, mean, note, ${PROVENANCE}
  FROM (VALUES ('PARTY_MASS_SERVICE_CENTRE/URBAN', 363, 231500.0, 665.0, '363个，23.15万平方米，平均665平方米'),
               ('PARTY_MASS_SERVICE_CENTRE/RURAL', 1143, 905000.0, 792.0, '1143个，90.5万平方米，平均792平方米'),
               ('UPGRADE/ALL', 705, 56400000.0, NULL, '连续10年，共5640万元；起止年份待补'),
               ('UPGRADE/URBAN', 236, NULL, NULL, '城市社区236个'),
               ('UPGRADE/RURAL', 469, NULL, NULL, '农村社区469个')) AS r(subject, count, total, mean, note)
 WHERE EXISTS (SELECT 1 FROM ${STANDING} AND city_code = '3706')`;
  yield `-- grants of ten years, eight thousand tens each: to as many communities as the article counts, where the city has them
INSERT INTO services.facility_upgrade (id, year, grant_yuan, ${PLACE}, provenance_id)
SELECT ${derivedIdSql('upgrade', 'stat_code')}, 2011 + n % 10, 80000, city_code, county_code, township_code, stat_code, ${PROVENANCE}
  FROM (SELECT *, substr(stat_code, 10, 1) IN ('0', '1', '4') AS urban,
               row_number() OVER (PARTITION BY substr(stat_code, 10, 1) IN ('0', '1', '4') ORDER BY stat_code)::int AS n FROM ${STANDING}) c
 WHERE n <= CASE WHEN city_code <> '3706' THEN 5 WHEN urban THEN 236 ELSE 469 END`;
}

function* devices(): Generator<string> {
  yield `-- devices of estates in the first grids: most online, some not
INSERT INTO services.estate_device (id, device_code, kind, estate_name, state, reported_at, ${PLACE}, grid_code, provenance_id)
SELECT ${derivedIdSql('device', "g.grid_code || '/' || d.kind")}, 'DEV-' || g.grid_code || '-' || d.ordinal, d.kind, g.name,
       (ARRAY['ONLINE','ONLINE','ONLINE','ONLINE','OFFLINE','ONLINE','FAULT'])[1 + (g.n + d.ordinal) % 7],
       ${NOW_SQL} - g.n * interval '1 minute', city_code, county_code, township_code, community_code, grid_code, ${PROVENANCE}
  FROM (SELECT *, row_number() OVER (ORDER BY grid_code)::int AS n FROM organizations.grid) g,
       (VALUES ('GATE', 1), ('DOOR', 2), ('CAMERA', 3), ('SMOKE_DETECTOR', 4)) AS d(kind, ordinal)
 WHERE g.n <= 100`;
  yield `INSERT INTO services.entry_event (id, device_id, person_id, direction, passed_at, provenance_id)
SELECT ${derivedIdSql('entry', "d.id::text || '/' || p.n")}, d.id, p.id, CASE p.n % 2 WHEN 0 THEN 'IN' ELSE 'OUT' END, ${NOW_SQL} - p.n * interval '37 minutes', ${PROVENANCE}
  FROM services.estate_device d
  JOIN LATERAL (SELECT id, row_number() OVER (ORDER BY id)::int AS n FROM (SELECT id FROM people.person WHERE grid_code = d.grid_code ORDER BY id LIMIT 3) few) p ON true
 WHERE d.kind = 'DOOR' AND d.device_code IN (SELECT device_code FROM services.estate_device WHERE kind = 'DOOR' ORDER BY device_code LIMIT 20)`;
}
