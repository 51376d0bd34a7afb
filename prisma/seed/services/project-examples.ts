import { provenanceIds } from '../provenance.ts';
import { derivedIdSql, exampleId, NOW_SQL, STANDING } from './example-ids.ts';
import { prefixes, stepsSql } from './step-paths.ts';

const PROVENANCE = `'${provenanceIds['services.facility']}'::uuid`;
const PLACE = 'city_code, county_code, township_code, community_code';
const FIRST = `(SELECT *, stat_code AS first_code FROM ${STANDING} ORDER BY stat_code LIMIT 1) c`;
const NUMBERED = `(SELECT *, row_number() OVER (ORDER BY stat_code)::int AS n FROM ${STANDING}) c`;
const SUPPLIER = `(SELECT id FROM organizations.organization WHERE kind = 'SOCIAL_ORGANIZATION' ORDER BY id LIMIT 1)`;
const TODAY = `(${NOW_SQL} + interval '8 hours')::date`;

/** Projects that operations name: in each of the five steps, closed, and one whose step is overdue. */
const PROJECTS = [
  ['project/found', '午间老年助餐', 'ELDERS', 'FOUND', 2, 12],
  ['project/overdue', '楼道照明改造', 'ENVIRONMENT', 'CONSOLIDATED', 60, -20],
  ['project/designed', '小学生放学托管', 'CHILDREN', 'DESIGNED', 20, 10],
  ['project/evaluating', '残疾人居家康复', 'DISABILITY', 'EVALUATING', 90, 5],
  ['project/closed', '邻里志愿互助', 'VOLUNTEERING', 'CLOSED', 120, 5],
  ['project/running', '青少年课外活动', 'YOUTH', 'IMPLEMENTING', 30, 5],
  ['project/stopped', '自助售货点', 'ELDERS', 'STOPPED', 80, -50],
] as const;

/** Demands in each state and of each source; the last column names their project. */
const DEMANDS = [
  ['demand/open', '希望增设老年助餐点', 'PARTY_LINE', 'ELDERS', 'FOUND', 3, 11, null],
  ['demand/overdue', '希望修复健身器材', 'STEWARD_STATION', 'ENVIRONMENT', 'FOUND', 40, -26, null],
  ['demand/answered', '希望延长图书室开放时间', 'SELF_GOVERNANCE_LINE', 'CHILDREN', 'ANSWERED', 25, -11, null],
  ['demand/meal', '行动不便老人需要送餐', 'SOCIAL_ORGANIZATION_LINE', 'ELDERS', 'GROUPED', 5, 9, 'project/found'],
  ['demand/light', '夜间楼道昏暗', 'SELF_GOVERNANCE_LINE', 'ENVIRONMENT', 'GROUPED', 62, -48, 'project/overdue'],
  ['demand/pupils', '双职工家庭放学无人接', 'STEWARD_STATION', 'CHILDREN', 'GROUPED', 22, -8, 'project/designed'],
  ['demand/care', '出行不便需上门康复', 'PARTY_LINE', 'DISABILITY', 'GROUPED', 95, -81, 'project/evaluating'],
  ['demand/youth', '周末缺少活动场所', 'STEWARD_STATION', 'YOUTH', 'GROUPED', 32, -18, 'project/running'],
  ['demand/mutual', '邻里互助缺少组织', 'SOCIAL_ORGANIZATION_LINE', 'VOLUNTEERING', 'MET', 125, -111, 'project/closed'],
] as const;

/** Contracts: kind, mode, field, title, state, amount, paid, first and last day from today, project. */
const CONTRACTS = [
  [
    'contract/performing',
    'GRANT',
    null,
    'CHILDREN',
    '小学生放学托管',
    'PERFORMING',
    80_000,
    20_000,
    -60,
    120,
    'project/designed',
  ],
  [
    'contract/care',
    'PURCHASE',
    'SPECIAL',
    'DISABILITY',
    '残疾人居家康复',
    'ACCEPTED',
    60_000,
    30_000,
    -200,
    -20,
    'project/evaluating',
  ],
  [
    'contract/closed',
    'PURCHASE',
    'COMPREHENSIVE',
    'VOLUNTEERING',
    '志愿服务综合项目',
    'CLOSED',
    40_000,
    40_000,
    -300,
    -120,
    'project/closed',
  ],
  ['contract/overdue', 'PURCHASE', 'SPECIAL', 'ELDERS', '长者日间照料', 'PERFORMING', 50_000, 10_000, -400, -90, null],
  ['contract/terminated', 'SOCIAL', null, 'HARDSHIP', '困难家庭帮扶', 'TERMINATED', 30_000, 0, -100, 60, null],
  ['contract/youth', 'PURCHASE', 'SPECIAL', 'YOUTH', '青少年课外服务', 'SIGNED', 35_000, 0, 1, 180, null],
  ['contract/women', 'PURCHASE', 'SPECIAL', 'WOMEN_FAMILY', '妇女家庭服务', 'SIGNED', 25_000, 0, 1, 180, null],
] as const;

/** What a city's article says of its money, where it says it; an amount that it does not give is null (待补). */
const PUBLISHED = [
  ['3304', 2020, 'GOVERNMENT_PURCHASE', 'COMMUNITY_GOVERNANCE', 150_000_000],
  ['3304', 2020, 'VENTURE_GRANT', 'ELDER_CARE', 14_120_000],
  ['3304', 2020, 'SOCIAL_FUND', 'POVERTY_RELIEF', null],
  ['3301', 2016, 'VENTURE_GRANT', 'COMMUNITY_GOVERNANCE', 15_000_000],
] as const;

const text = (value: string | number | null) =>
  value === null ? 'NULL' : typeof value === 'number' ? `${value}` : `'${value}'`;
const idOf = (name: string | null) => (name === null ? 'NULL' : `'${exampleId(name)}'::uuid`);
const list = (rows: readonly (readonly string[])[]) => rows.map((row) => `(${row.join(', ')})`).join(',\n  ');

/** Demands from four sources, projects in five steps, money, contracts, whom they serve, linkages and their conferences. */
export function* projectExamplesSql(): Generator<string> {
  yield `-- money of every county: three sources, and one of the police for what they commission
INSERT INTO services.funding (id, source, purpose, year, name, division_code, department_code, budget_yuan, provenance_id)
SELECT ${derivedIdSql('funding', "county_code || '/' || f.ordinal")}, f.source, f.purpose, 2026, f.name, county_code, f.department, f.budget, ${PROVENANCE}
  FROM (SELECT DISTINCT county_code FROM ${STANDING}) county
 CROSS JOIN (VALUES (1, 'GOVERNMENT_PURCHASE', 'COMMUNITY_GOVERNANCE', '年度购买服务', 'civil-affairs', 12000000),
   (2, 'VENTURE_GRANT', 'ELDER_CARE', '年度公益创投', 'civil-affairs', 2000000),
   (3, 'SOCIAL_FUND', 'POVERTY_RELIEF', NULL, 'civil-affairs', 900000)) AS f(ordinal, source, purpose, name, department, budget)`;
  yield `INSERT INTO services.funding (id, source, purpose, year, name, division_code, department_code, budget_yuan, provenance_id)
SELECT f.id, f.source, 'COMMUNITY_GOVERNANCE', 2026, f.name, c.county_code, 'public-security', f.budget, ${PROVENANCE}
  FROM ${FIRST} CROSS JOIN (VALUES ('${exampleId('funding/police')}'::uuid, 'GOVERNMENT_PURCHASE', '委托社区事项', 100000),
   ('${exampleId('funding/police-grants')}'::uuid, 'VENTURE_GRANT', '平安类公益创投', 50000)) AS f(id, source, name, budget)`;
  yield `-- what the articles say of a city's money
INSERT INTO services.funding (id, source, purpose, year, name, division_code, department_code, budget_yuan, provenance_id)
SELECT ${derivedIdSql('published', 'p.city || p.year || p.source')}, p.source, p.purpose, p.year, NULL, p.city, 'civil-affairs', p.budget, ${PROVENANCE}
  FROM (VALUES ${list(PUBLISHED.map((row) => [text(row[0]), text(row[1]), text(row[2]), text(row[3]), `${text(row[4])}::int`]))}) AS p(city, year, source, purpose, budget)
 WHERE p.city IN (SELECT DISTINCT city_code FROM ${STANDING})`;
  yield `INSERT INTO services.demand_project (id, title, field, state, plan, planned_budget_yuan, demand_count, opened_at, step_due_on, ${PLACE}, provenance_id)
SELECT p.id, p.title, p.field, p.state, CASE WHEN p.state IN ('FOUND', 'CONSOLIDATED') THEN NULL ELSE '按民需分类设计，由联动各方分工实施' END,
       CASE WHEN p.state IN ('FOUND', 'CONSOLIDATED') THEN 0 ELSE 80000 END, CASE p.state WHEN 'STOPPED' THEN 0 ELSE 1 END, ${NOW_SQL} - p.age * interval '1 day', ${TODAY} + p.due, ${PLACE}, ${PROVENANCE}
  FROM ${FIRST} CROSS JOIN (VALUES ${list(PROJECTS.map(([name, ...row]) => [idOf(name), ...row.map(text)]))}) AS p(id, title, field, state, age, due)`;
  yield `INSERT INTO services.demand (id, title, source, field, state, found_at, answer_due_on, project_id, ${PLACE}, provenance_id)
SELECT d.id, d.title, d.source, d.field, d.state, ${NOW_SQL} - d.age * interval '1 day', ${TODAY} + d.due, d.project_id, ${PLACE}, ${PROVENANCE}
  FROM ${FIRST} CROSS JOIN (VALUES ${list(DEMANDS.map(([name, title, source, field, state, age, due, project]) => [idOf(name), text(title), text(source), text(field), text(state), text(age), text(due), idOf(project)]))}) AS d(id, title, source, field, state, age, due, project_id)`;
  yield `-- further communities: a demand and a contract each
INSERT INTO services.demand (id, title, source, field, state, found_at, answer_due_on, ${PLACE}, provenance_id)
SELECT ${derivedIdSql('demand', 'stat_code')}, '社区服务需求', (ARRAY['PARTY_LINE','SELF_GOVERNANCE_LINE','SOCIAL_ORGANIZATION_LINE','STEWARD_STATION'])[1 + n % 4],
       (ARRAY['CHILDREN','YOUTH','WOMEN_FAMILY','ELDERS','VOLUNTEERING'])[1 + n % 5], (ARRAY['FOUND','ANSWERED'])[1 + n % 2],
       ${NOW_SQL} - n % 30 * interval '1 day', ${TODAY} - n % 30 + 14, ${PLACE}, ${PROVENANCE}
  FROM ${NUMBERED} WHERE n BETWEEN 2 AND 200`;
  yield `INSERT INTO services.contract (id, kind, mode, field, title, supplier_organization_id, funding_id, project_id, amount_yuan, paid_yuan, payment_count,
       starts_on, ends_on, state, signed_on, accepted_on, beneficiary_count, ${PLACE}, provenance_id)
SELECT k.id, k.kind, k.mode, k.field, k.title, s.id, ${derivedIdSql('funding', "c.county_code || '/' || CASE k.kind WHEN 'PURCHASE' THEN 1 WHEN 'GRANT' THEN 2 ELSE 3 END")},
       k.project_id, k.amount, k.paid, CASE WHEN k.paid > 0 THEN 1 ELSE 0 END, ${TODAY} + k.first_day, ${TODAY} + k.last_day, k.state,
       ${TODAY} + k.first_day - 10, CASE WHEN k.state IN ('ACCEPTED', 'CLOSED') THEN ${TODAY} + k.last_day + 5 END, 0, ${PLACE}, ${PROVENANCE}
  FROM ${FIRST} JOIN ${SUPPLIER} s ON true CROSS JOIN (VALUES ${list(CONTRACTS.map(([name, kind, mode, field, title, state, amount, paid, first, last, project]) => [idOf(name), text(kind), text(mode), text(field), text(title), text(state), text(amount), text(paid), text(first), text(last), idOf(project)]))}) AS k(id, kind, mode, field, title, state, amount, paid, first_day, last_day, project_id)`;
  yield `INSERT INTO services.contract (id, kind, mode, field, title, supplier_organization_id, funding_id, amount_yuan, paid_yuan, payment_count,
       starts_on, ends_on, state, signed_on, beneficiary_count, ${PLACE}, provenance_id)
SELECT ${derivedIdSql('contract', 'stat_code')}, 'PURCHASE', (ARRAY['SPECIAL','SPECIAL','COMPREHENSIVE'])[1 + n % 3],
       (ARRAY['CHILDREN','YOUTH','WOMEN_FAMILY','ELDERS','VOLUNTEERING'])[1 + n % 5], '社区购买服务', s.id, ${derivedIdSql('funding', "c.county_code || '/1'")},
       20000, 0, 0, ${TODAY} - n, ${TODAY} - n + 180, (ARRAY['SIGNED','PERFORMING'])[1 + n % 2], ${TODAY} - n - 5, 0, ${PLACE}, ${PROVENANCE}
  FROM ${NUMBERED} JOIN ${SUPPLIER} s ON true WHERE n BETWEEN 2 AND 200`;
  yield `INSERT INTO services.contract_payment (contract_id, ordinal, amount_yuan, purpose, paid_on, provenance_id)
SELECT id, 1, paid_yuan, '首期款', signed_on + 15, provenance_id FROM services.contract WHERE paid_yuan > 0`;
  yield `UPDATE services.funding f SET committed_yuan = k.yuan
  FROM (SELECT funding_id, sum(CASE WHEN state = 'TERMINATED' THEN paid_yuan ELSE amount_yuan END)::int AS yuan FROM services.contract GROUP BY funding_id) k
 WHERE k.funding_id = f.id`;
  yield `-- whom two contracts serve
INSERT INTO services.beneficiary (id, contract_id, person_id, need, served_from, ${PLACE}, provenance_id)
SELECT ${derivedIdSql('beneficiary', 'p.id::text')}, CASE WHEN p.n % 2 = 0 THEN ${idOf('contract/performing')} ELSE ${idOf('contract/care')} END, p.id,
       CASE WHEN p.n % 2 = 0 THEN 'PUPIL_CARE' WHEN p.n % 3 = 0 THEN 'MENTAL_CARE' ELSE 'REHABILITATION' END, ${TODAY} - 30, ${PLACE}, ${PROVENANCE}
  FROM ${FIRST} JOIN LATERAL (SELECT id, row_number() OVER (ORDER BY id)::int AS n FROM
       (SELECT id FROM people.person WHERE community_code = c.stat_code ORDER BY id LIMIT 8) few) p ON EXISTS (SELECT FROM services.contract)`;
  yield `UPDATE services.contract k SET beneficiary_count = b.count
  FROM (SELECT contract_id, count(*)::int AS count FROM services.beneficiary GROUP BY contract_id) b WHERE b.contract_id = k.id`;
  yield `INSERT INTO services.project_evaluation (project_id, side, grade, comment, department_code, given_at, provenance_id)
VALUES (${idOf('project/evaluating')}, 'RESIDENTS', 'SATISFIED', '上门及时', 'community', ${NOW_SQL} - interval '2 days', ${PROVENANCE}),
  (${idOf('project/closed')}, 'RESIDENTS', 'VERY_SATISFIED', '邻里更熟了', 'community', ${NOW_SQL} - interval '9 days', ${PROVENANCE}),
  (${idOf('project/closed')}, 'IMPLEMENTER', 'BASICALLY_SATISFIED', '参与人数不及预期', 'civil-affairs', ${NOW_SQL} - interval '8 days', ${PROVENANCE})`;
  yield `-- linkages: three, four and five societies, and a multi-party committee, in the first community
INSERT INTO services.linkage (id, mode, title, project_id, established_on, ended_on, ${PLACE}, provenance_id)
SELECT l.id, l.mode, l.title, l.project_id, ${TODAY} - 100, l.ended_on, ${PLACE}, ${PROVENANCE}
  FROM ${FIRST} CROSS JOIN (VALUES
   (${idOf('linkage/three')}, 'THREE', '社区、社会组织、社会工作联动', ${idOf('project/designed')}, NULL::date),
   (${idOf('linkage/running')}, 'THREE', '青少年活动三社联动', ${idOf('project/running')}, NULL),
   (${idOf('linkage/four')}, 'FOUR', '四社联动', ${idOf('project/evaluating')}, NULL),
   (${idOf('linkage/five')}, 'FIVE', '五社联动', ${idOf('project/closed')}, ${TODAY} - 8),
   (${idOf('linkage/committee')}, 'MULTI_PARTY_COMMITTEE', '多方协商委员会', NULL, NULL)) AS l(id, mode, title, project_id, ended_on)`;
  yield `INSERT INTO services.linkage_party (id, linkage_id, side, name, organization_id, worker_id, provenance_id)
SELECT ${derivedIdSql('party', "l.id || '/' || p.side")}, l.id, p.side, p.name, CASE p.side WHEN 'SOCIAL_ORGANIZATION' THEN ${SUPPLIER} END,
       CASE p.side WHEN 'SOCIAL_WORK' THEN (SELECT id FROM organizations.community_worker WHERE left_on IS NULL ORDER BY (mode = 'PROJECT') DESC, id LIMIT 1) END, ${PROVENANCE}
  FROM services.linkage l JOIN (VALUES ('COMMUNITY', '社区居(村)委会', 3), ('SOCIAL_ORGANIZATION', '承接社会组织', 3), ('SOCIAL_WORK', '项目社工', 3),
   ('VOLUNTEER', '社区志愿服务队', 4), ('SOCIAL_RESOURCE', '驻区爱心商户', 5), ('RESIDENT', '居民代表', 9), ('OWNERS_COMMITTEE', '业主委员会', 9),
   ('PROPERTY_SERVICE', '物业服务企业', 9)) AS p(side, name, least)
    ON CASE l.mode WHEN 'THREE' THEN p.least <= 3 WHEN 'FOUR' THEN p.least <= 4 WHEN 'FIVE' THEN p.least <= 5 ELSE p.least = 9 OR p.side = 'COMMUNITY' END`;
  yield `INSERT INTO services.joint_conference (id, linkage_id, held_on, agenda, resolution, party_count, present_party_ids, provenance_id)
SELECT ${derivedIdSql('conference', 'l.id::text')}, l.id, ${TODAY} - 30, '项目分工与进度', '按分工推进，月底通报', count(*)::int, array_agg(p.id ORDER BY p.id), ${PROVENANCE}
  FROM services.linkage l JOIN services.linkage_party p ON p.linkage_id = l.id GROUP BY l.id`;
  yield stepsSql('demand', 't.found_at', [
    [['FIND', 'FOUND']],
    [
      ['FIND', 'FOUND'],
      ['ANSWER', 'ANSWERED'],
    ],
    [
      ['FIND', 'FOUND'],
      ['GROUP', 'GROUPED'],
    ],
    [
      ['FIND', 'FOUND'],
      ['GROUP', 'GROUPED'],
      ['MEET', 'MET'],
    ],
  ]);
  yield stepsSql('demand_project', 't.opened_at', [
    ...prefixes([
      ['FIND', 'FOUND'],
      ['CONSOLIDATE', 'CONSOLIDATED'],
      ['DESIGN', 'DESIGNED'],
      ['IMPLEMENT', 'IMPLEMENTING'],
      ['EVALUATE', 'EVALUATING'],
      ['CLOSE', 'CLOSED'],
    ]),
    [
      ['FIND', 'FOUND'],
      ['CONSOLIDATE', 'CONSOLIDATED'],
      ['DESIGN', 'DESIGNED'],
      ['STOP', 'STOPPED'],
    ],
  ]);
  yield stepsSql('contract', "t.signed_on + time '10:00'", [
    ...prefixes([
      ['SIGN', 'SIGNED'],
      ['START', 'PERFORMING'],
      ['ACCEPT', 'ACCEPTED'],
      ['CLOSE', 'CLOSED'],
    ]),
    [
      ['SIGN', 'SIGNED'],
      ['TERMINATE', 'TERMINATED'],
    ],
  ]);
}
