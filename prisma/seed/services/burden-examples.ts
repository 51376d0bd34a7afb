import { provenanceIds } from '../provenance.ts';
import { derivedIdSql, exampleId, NOW_SQL, STANDING } from './example-ids.ts';
import { stepsSql } from './step-paths.ts';

const PROVENANCE = `'${provenanceIds['services.facility']}'::uuid`;
const PLACE = 'city_code, county_code, township_code, community_code';
const FIRST = `(SELECT * FROM ${STANDING} ORDER BY stat_code LIMIT 1) c`;
const NUMBERED = `(SELECT *, row_number() OVER (ORDER BY stat_code)::int AS n FROM ${STANDING}) c`;
const TODAY = `(${NOW_SQL} + interval '8 hours')::date`;
const idOf = (name: string) => `'${exampleId(name)}'::uuid`;
const FOUR_NAMES = ['问题清单', null, '办理清单', '满意度清单'];

/** The admission list and what is asked of communities, what burdens them, reports of formalism, and lists of work. */
export function* burdenExamplesSql(): Generator<string> {
  yield `-- the list of every county: in force, proposed and contested, rejected, ended
INSERT INTO services.admission_item (id, change, state, replaces_id, department_code, title, legal_basis, valid_year, proposed_on, valid_from, valid_to, county_code, provenance_id)
SELECT ${derivedIdSql('admission', "county_code || '/' || i.ordinal")}, i.change, i.state,
       CASE WHEN i.replaces IS NULL THEN NULL ELSE ${derivedIdSql('admission', "county_code || '/' || i.replaces")} END,
       i.department, i.title, '依据名称及条次待补', 2026, i.proposed::date, i.from_day::date, i.to_day::date, county_code, ${PROVENANCE}
  FROM (SELECT DISTINCT county_code FROM ${STANDING}) county
 CROSS JOIN (VALUES (1, 'ADD', 'IN_FORCE', NULL::int, 'civil-affairs', '协助最低生活保障入户核查', '2026-01-08', '2026-01-20', NULL),
   (2, 'ADD', 'IN_FORCE', NULL, 'public-security', '协助流动人口信息核对', '2026-01-09', '2026-01-20', NULL),
   (3, 'ADD', 'IN_FORCE', NULL, 'health', '协助传染病防控宣传', '2026-01-09', '2026-01-20', NULL),
   (4, 'ADD', 'REJECTED', NULL, 'urban-management', '承担市容执法巡查', '2026-01-12', NULL, NULL),
   (5, 'ADJUST', 'PROPOSED', 3, 'health', '协助传染病防控与健康教育宣传', '2026-01-28', NULL, NULL),
   (6, 'ADD', 'ENDED', NULL, 'statistics', '承担统计调查录入', '2025-01-10', '2025-01-20', '2026-01-20'))
   AS i(ordinal, change, state, replaces, department, title, proposed, from_day, to_day)`;
  yield `-- what is asked of the first community: on the list and late, done, returned, and one commissioned for a fee
INSERT INTO services.community_task (id, title, department_code, admission_item_id, funding_id, fee_yuan, state, assigned_at, due_on, ${PLACE}, provenance_id)
SELECT k.id, k.title, k.department, CASE WHEN k.item IS NULL THEN NULL ELSE ${derivedIdSql('admission', "c.county_code || '/' || k.item")} END,
       CASE WHEN k.item IS NULL THEN ${idOf('funding/police')} END, k.fee, k.state, ${NOW_SQL} - k.age * interval '1 day', ${TODAY} + k.due, ${PLACE}, ${PROVENANCE}
  FROM ${FIRST} CROSS JOIN (VALUES (${idOf('task/late')}, '低保入户核查（第二季度）', 'civil-affairs', 1, 0, 'ACCEPTED', 40, -10),
   (${idOf('task/done')}, '流动人口信息核对', 'public-security', 2, 0, 'DONE', 60, -30), (${idOf('task/returned')}, '防控宣传入户登记', 'health', 3, 0, 'RETURNED', 20, -5),
   (${idOf('task/commissioned')}, '夜间巡防值守', 'public-security', NULL::int, 20000, 'ASSIGNED', 3, 30)) AS k(id, title, department, item, fee, state, age, due)`;
  yield `UPDATE services.funding SET committed_yuan = committed_yuan + 20000 WHERE id = ${idOf('funding/police')}`;
  yield `INSERT INTO services.community_task (id, title, department_code, admission_item_id, fee_yuan, state, assigned_at, due_on, ${PLACE}, provenance_id)
SELECT ${derivedIdSql('task', 'stat_code')}, '协助入户核查', 'civil-affairs', ${derivedIdSql('admission', "county_code || '/1'")}, 0,
       (ARRAY['ASSIGNED','ACCEPTED','DONE'])[1 + n % 3], ${NOW_SQL} - n % 40 * interval '1 day', ${TODAY} - n % 40 + 20, ${PLACE}, ${PROVENANCE}
  FROM ${NUMBERED} WHERE n BETWEEN 2 AND 200`;
  yield `-- what burdens communities, before and after it was cleared away
INSERT INTO services.burden_item (id, kind, title, department_code, legal_basis, state, registered_on, review_due_on, merged_into_id, ${PLACE}, provenance_id)
SELECT ${derivedIdSql('burden', "stat_code || '/' || b.ordinal")}, b.kind, b.title, b.department, b.basis, b.state, ${TODAY} - b.age, ${TODAY} - b.age + 28,
       CASE b.state WHEN 'MERGED' THEN ${derivedIdSql('burden', "stat_code || '/1'")} END, ${PLACE}, ${PROVENANCE}
  FROM ${NUMBERED} CROSS JOIN (VALUES (1, 'INSPECTION', '消防安全检查', 'emergency', '《中华人民共和国消防法》', 'KEPT', 90),
   (2, 'INSPECTION', '安全生产专项检查', 'emergency', NULL, 'MERGED', 90), (3, 'APPRAISAL', '年度创建考核评比', 'culture', NULL, 'CLEARED', 80),
   (4, 'TEMPORARY_BODY', '专项整治工作站', 'urban-management', NULL, 'REGISTERED', 10), (5, 'TEMPORARY_BODY', '迎检工作专班', 'health', NULL, 'REGISTERED', 60))
   AS b(ordinal, kind, title, department, basis, state, age) WHERE n <= 60`;
  yield `-- reports: filed, late, talked to, rectified, closed, dismissed
INSERT INTO services.formalism_report (id, kind, reported_department_code, text, reporter_person_id, state, filed_at, due_on, talk_on, ${PLACE}, provenance_id)
SELECT r.id, r.kind, r.department, r.words, CASE WHEN r.named THEN (SELECT id FROM people.person ORDER BY id LIMIT 1) END, r.state, ${NOW_SQL} - r.age * interval '1 day',
       ${TODAY} + r.due, CASE WHEN r.talked THEN ${TODAY} - 12 END, ${PLACE}, ${PROVENANCE}
  FROM ${FIRST} CROSS JOIN (VALUES
   (${idOf('report/filed')}, 'FORMS_AND_LEDGERS', 'health', '同一数据要求每周填报三张内容相近的表格', false, 'FILED', 3, 12, false),
   (${idOf('report/late')}, 'EXCESSIVE_INSPECTION', 'emergency', '一个月内先后检查五次，内容大体相同', true, 'FILED', 30, -15, false),
   (${idOf('report/talked')}, 'SHIFTED_DUTY', 'public-security', '要求社区代为完成本应由部门承担的登记', true, 'TALKED', 25, 9, true),
   (${idOf('report/rectified')}, 'MEETINGS_AND_PAPERS', 'culture', '每周召开的视频会议内容重复且全员参加', true, 'RECTIFIED', 50, -3, true),
   (${idOf('report/closed')}, 'FORMS_AND_LEDGERS', 'civil-affairs', '纸质台账与系统重复录入，耗时较多', false, 'CLOSED', 90, -40, true),
   (${idOf('report/dismissed')}, 'INACTION', 'housing', '反映维修资金使用答复偏慢，经查已按期答复', true, 'DISMISSED', 70, -55, false))
   AS r(id, kind, department, words, named, state, age, due, talked)`;
  yield `-- four lists in a chain of every township, three lists against burdens and a list of work of every county
INSERT INTO services.work_list (id, family, ordinal, name, division_code, kept_since, provenance_id)
SELECT ${derivedIdSql('list', "d.code || '/' || l.family || '/' || l.ordinal")}, l.family, l.ordinal, l.name, d.code, date '2017-01-01' + l.ordinal * 30, ${PROVENANCE}
  FROM (SELECT DISTINCT township_code AS code, 9 AS digits FROM ${STANDING} UNION SELECT DISTINCT county_code, 6 FROM ${STANDING}) d
  JOIN (VALUES ${FOUR_NAMES.map((name, index) => `('CHAINED_LISTS', ${index + 1}, ${name === null ? 'NULL' : `'${name}'`}, 9)`).join(', ')},
   ('BURDEN_LISTS', 1, NULL, 6), ('BURDEN_LISTS', 2, NULL, 6), ('BURDEN_LISTS', 3, NULL, 6), ('COMMUNITY_WORK', 1, '社区工作清单', 6)) AS l(family, ordinal, name, digits) ON l.digits = d.digits`;
  yield `INSERT INTO services.work_list_entry (id, list_id, previous_id, title, entered_on, ${PLACE}, provenance_id)
SELECT ${derivedIdSql('list-entry', "stat_code || '/' || e.chain || '/' || e.ordinal")}, ${derivedIdSql('list', "township_code || '/CHAINED_LISTS/' || e.ordinal")},
       CASE WHEN e.ordinal > 1 THEN ${derivedIdSql('list-entry', "stat_code || '/' || e.chain || '/' || (e.ordinal - 1)")} END,
       e.title, ${TODAY} - 40 + e.ordinal * 5, ${PLACE}, ${PROVENANCE}
  FROM ${NUMBERED} CROSS JOIN (VALUES (1, 1, '楼道堆物影响通行'), (1, 2, '核实堆物户并告知'), (1, 3, '清理完毕并回访'), (1, 4, '居民满意'), (2, 1, '车棚充电插座不足'), (2, 2, '物业核算加装费用'))
   AS e(chain, ordinal, title) WHERE n <= 60`;
  yield `INSERT INTO services.work_list_entry (id, list_id, title, entered_on, ${PLACE}, provenance_id)
SELECT ${derivedIdSql('list-entry', "stat_code || '/work'")}, ${derivedIdSql('list', "county_code || '/COMMUNITY_WORK/1'")}, '协助做好社会救助', ${TODAY} - 100, ${PLACE}, ${PROVENANCE}
  FROM ${NUMBERED} WHERE n <= 60`;
  yield stepsSql('admission_item', "t.proposed_on + time '02:00'", [
    [['PROPOSE', 'PROPOSED']],
    [
      ['PROPOSE', 'PROPOSED'],
      ['ADOPT', 'IN_FORCE'],
    ],
    [
      ['PROPOSE', 'PROPOSED'],
      ['REJECT', 'REJECTED'],
    ],
    [
      ['PROPOSE', 'PROPOSED'],
      ['ADOPT', 'IN_FORCE'],
      ['REPLACE', 'ENDED'],
    ],
  ]);
  yield stepsSql('community_task', 't.assigned_at', [
    [['ASSIGN', 'ASSIGNED']],
    [
      ['ASSIGN', 'ASSIGNED'],
      ['ACCEPT', 'ACCEPTED'],
    ],
    [
      ['ASSIGN', 'ASSIGNED'],
      ['ACCEPT', 'ACCEPTED'],
      ['COMPLETE', 'DONE'],
    ],
    [
      ['ASSIGN', 'ASSIGNED'],
      ['RETURN', 'RETURNED'],
    ],
  ]);
  yield stepsSql('burden_item', "t.registered_on + time '02:00'", [
    [['REGISTER', 'REGISTERED']],
    [
      ['REGISTER', 'REGISTERED'],
      ['KEEP', 'KEPT'],
    ],
    [
      ['REGISTER', 'REGISTERED'],
      ['MERGE', 'MERGED'],
    ],
    [
      ['REGISTER', 'REGISTERED'],
      ['CLEAR', 'CLEARED'],
    ],
  ]);
  yield stepsSql(
    'formalism_report',
    't.filed_at',
    [
      [['FILE', 'FILED']],
      [
        ['FILE', 'FILED'],
        ['DISMISS', 'DISMISSED'],
      ],
      [
        ['FILE', 'FILED'],
        ['ACCEPT', 'ACCEPTED'],
        ['TALK', 'TALKED'],
      ],
      [
        ['FILE', 'FILED'],
        ['ACCEPT', 'ACCEPTED'],
        ['TALK', 'TALKED'],
        ['RECTIFY', 'RECTIFIED'],
      ],
      [
        ['FILE', 'FILED'],
        ['ACCEPT', 'ACCEPTED'],
        ['TALK', 'TALKED'],
        ['RECTIFY', 'RECTIFIED'],
        ['CLOSE', 'CLOSED'],
      ],
    ],
    "CASE p.event WHEN 'RECTIFY' THEN t.reported_department_code ELSE 'discipline-inspection' END",
  );
}
