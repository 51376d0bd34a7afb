import { endOfDay } from '../../../subgraphs/kit/calendar/china-day.ts';
import { dueDate } from '../../../subgraphs/kit/calendar/deadline.ts';
import { builtInCalendar } from '../../../subgraphs/kit/calendar/working-calendar.ts';
import { provenanceIds } from '../provenance.ts';
import { CERTIFICATES_BEFORE, CERTIFICATES_LEFT, REMOVAL_BASIS, removedCertificates } from './certificate-list.ts';
import { derivedIdSql, exampleId, NOW_SQL } from './example-ids.ts';
import { REQUEST_EXAMPLES, REQUEST_SHAPES, type RequestShape } from './request-shapes.ts';
import { materialsByGroup, partyMaterials } from './service-guide-list.ts';
import { groupOf, itemCode } from './service-item.ts';
import { serviceItemList } from './service-item-list.ts';

const PROVENANCE = `'${provenanceIds['services.service_item']}'::uuid`;
const PLACE = 'city_code, county_code, township_code, community_code';
const PEOPLE_PLACE = 'p.city_code, p.county_code, p.township_code, p.community_code';
/** Communities that get requests; more would only repeat them. */
const COMMUNITIES = 60;

const text = (value: string | null) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`);

/** Guides of every item, the list of certificates, windows, and requests in every state in each community. */
export function* windowExamplesSql(): Generator<string> {
  yield guidesSql();
  yield certificatesSql();
  yield `-- an integrated window in every service centre
INSERT INTO services.service_window (id, facility_id, kind, name, opening_hours, duty_worker_id, ${PLACE}, provenance_id)
SELECT ${derivedIdSql('window', 'f.id::text')}, f.id, CASE WHEN f.one_door THEN 'INTEGRATED' ELSE 'SPECIALISED' END,
       CASE WHEN f.one_door THEN '综合受理窗口' ELSE '专项服务窗口' END, '周一至周五 8:30—17:00，法定节假日除外', w.id,
       f.city_code, f.county_code, f.township_code, f.community_code, ${PROVENANCE}
  FROM (SELECT * FROM services.facility WHERE kind IN ('PARTY_MASS_SERVICE_CENTRE', 'CONVENIENCE_CENTRE', 'CONVENIENCE_STATION') ORDER BY id LIMIT 400) f
  LEFT JOIN (SELECT DISTINCT ON (community_code) community_code, id FROM organizations.community_worker
              ORDER BY community_code, mode = 'GENERALIST' DESC, id) w ON w.community_code = f.community_code`;
  yield `CREATE TEMPORARY TABLE window_applicant ON COMMIT DROP AS
SELECT * FROM (
  SELECT id, ${PLACE}, dense_rank() OVER (ORDER BY community_code)::int AS community,
         row_number() OVER (PARTITION BY community_code ORDER BY id)::int AS k
    FROM people.person
   -- those of a few communities, so that a whole city need not be sorted
   WHERE community_code IN (SELECT DISTINCT community_code FROM organizations.grid ORDER BY 1 LIMIT ${COMMUNITIES})
     AND birth_date < '2000-01-01') numbered
 WHERE k <= ${REQUEST_SHAPES.length + REQUEST_EXAMPLES.length + 1}`;
  yield `CREATE TEMPORARY TABLE window_request ON COMMIT DROP AS
SELECT ${derivedIdSql('request', 'p.id::text')} AS id, p.id AS person_id, s.*, ${PEOPLE_PLACE}, w.id AS worker_id
  FROM window_applicant p JOIN (${shapesSql(REQUEST_SHAPES)}) s ON s.k = p.k
  LEFT JOIN (SELECT DISTINCT ON (community_code) community_code, id FROM organizations.community_worker
              ORDER BY community_code, id) w ON w.community_code = p.community_code
 UNION ALL
SELECT s.example_id::uuid, p.id, s.*, ${PEOPLE_PLACE}, NULL::uuid
  FROM window_applicant p JOIN (${shapesSql(REQUEST_EXAMPLES)}) s ON s.k = p.k - ${REQUEST_SHAPES.length} WHERE p.community = 1`;
  yield `INSERT INTO services.service_request (id, request_number, item_id, guide_id, applicant_person_id, state, channel,
       first_contact_department_code, first_contact_worker_id, handler_department_code, handler_worker_id, created_at,
       submitted_at, supplement_asked_at, started_on, promised_working_days, legal_working_days, due_at,
       rating, rated_on, closed_at, ${PLACE}, provenance_id)
SELECT r.id, 'BJ' || to_char(r.created_at, 'YYYYMMDD') || r.county_code || upper(substr(md5(r.id::text), 1, 8)), i.id, g.id, r.person_id,
       r.state, r.channel, 'community', r.worker_id, CASE WHEN r.started_on IS NULL THEN 'community' ELSE i.department_code END,
       CASE WHEN r.started_on IS NULL THEN r.worker_id END, r.created_at, r.submitted_at, r.told_at, r.started_on,
       i.promised_working_days, i.legal_working_days, r.due_at, r.rating, r.rated_on, r.closed_at,
       r.city_code, r.county_code, r.township_code, r.community_code, ${PROVENANCE}
  FROM window_request r JOIN services.service_item i ON i.item_code = r.item_code JOIN services.service_guide g ON g.item_id = i.id`;
  yield `INSERT INTO services.request_material (request_id, code, ordinal, name, necessity, state, source_department_code, provenance_id)
SELECT r.id, m.value->>'code', m.ordinality::int, m.value->>'name', m.value->>'necessity',
       CASE WHEN m.value->>'sharedBy' IS NOT NULL THEN 'FILLED' WHEN r.submitted_at IS NULL THEN 'MISSING' ELSE 'GIVEN' END,
       m.value->>'sharedBy', ${PROVENANCE}
  FROM window_request r JOIN services.service_item i ON i.item_code = r.item_code
  JOIN services.service_guide g ON g.item_id = i.id CROSS JOIN LATERAL jsonb_array_elements(g.materials) WITH ORDINALITY m`;
  yield `INSERT INTO services.transition_step (subject_id, ordinal, event, from_state, to_state, at, actor_department_code, note, provenance_id)
SELECT r.id, step.ordinality::int, step.value->>'event', step.value->>'from', step.value->>'to', (step.value->>'at')::timestamptz,
       CASE WHEN step.value->>'event' IN ('ACCEPT', 'COMPLETE', 'RETURN') THEN i.department_code ELSE 'community' END,
       step.value->>'note', ${PROVENANCE}
  FROM window_request r JOIN services.service_item i ON i.item_code = r.item_code
 CROSS JOIN LATERAL jsonb_array_elements(r.steps) WITH ORDINALITY step`;
  yield `-- checks that departments are asked in place of certificates: open, overdue, answered by yes and by no
INSERT INTO services.certificate_check (id, certificate_item_id, person_id, statement, department_code, asker_department_code, state, asked_at, due_at, answered_at, ${PLACE}, provenance_id)
SELECT CASE WHEN p.community = 1 AND c.days = 1 THEN '${exampleId('check/asked')}'::uuid ELSE ${derivedIdSql('check', "p.id::text || '/' || c.code")} END, i.id, p.id, i.name || '情况属实', i.substitute_department_code, 'community', c.state,
       ${NOW_SQL} - c.days * interval '1 day', ${NOW_SQL} + (3 - c.days) * interval '1 day',
       CASE WHEN c.state <> 'ASKED' THEN ${NOW_SQL} - (c.days - 1) * interval '1 day' END, ${PEOPLE_PLACE}, ${PROVENANCE}
  FROM (SELECT * FROM window_applicant WHERE k = 1) p
 CROSS JOIN (VALUES ('NO_CRIMINAL_RECORD', 'ASKED', 1), ('LOST_PAPERS', 'ASKED', 12), ('DISEASE', 'CONFIRMED', 20), ('PROPERTY', 'NOT_CONFIRMED', 30)) AS c(code, state, days)
  JOIN services.certificate_item i ON i.substitute_check_code = c.code`;
  yield `INSERT INTO services.transition_step (subject_id, ordinal, event, from_state, to_state, at, actor_department_code, provenance_id)
SELECT id, step.ordinal, CASE WHEN step.ordinal = 1 THEN 'ASK' WHEN state = 'CONFIRMED' THEN 'CONFIRM' ELSE 'DENY' END,
       CASE WHEN step.ordinal = 2 THEN 'ASKED' END, CASE WHEN step.ordinal = 1 THEN 'ASKED' ELSE state END,
       CASE WHEN step.ordinal = 1 THEN asked_at ELSE answered_at END,
       CASE WHEN step.ordinal = 1 THEN asker_department_code ELSE department_code END, ${PROVENANCE}
  FROM services.certificate_check CROSS JOIN (VALUES (1), (2)) AS step(ordinal) WHERE step.ordinal = 1 OR state <> 'ASKED'`;
  yield `-- an order of daily life in each community, tomorrow at ten, from an organization of the community
INSERT INTO services.service_request (id, request_number, item_id, applicant_person_id, state, channel,
       first_contact_department_code, handler_department_code, created_at, submitted_at, started_on,
       promised_working_days, legal_working_days, due_at, provider_organization_id, slot_starts_at,
       slot_ends_at, ${PLACE}, provenance_id)
SELECT ${derivedIdSql('order', 'p.id::text')}, 'DD20260629' || p.county_code || upper(substr(md5(p.id::text), 1, 8)), i.id, p.id,
       CASE WHEN p.community % 2 = 0 THEN 'SUBMITTED' ELSE 'ACCEPTED' END, (ARRAY['APP', 'TV_BOX', 'KIOSK'])[1 + p.community % 3],
       'community', 'community', ${NOW_SQL} - interval '1 day', ${NOW_SQL} - interval '1 day', '2026-07-01',
       i.promised_working_days, i.legal_working_days, ${NOW_SQL} + interval '25 hours', o.id,
       ${NOW_SQL} + interval '24 hours', ${NOW_SQL} + interval '25 hours', ${PEOPLE_PLACE}, ${PROVENANCE}
  FROM (SELECT * FROM window_applicant WHERE k = 1) p
  JOIN (SELECT DISTINCT ON (community_code) community_code, id FROM organizations.organization
         WHERE community_code IS NOT NULL AND dissolved_on IS NULL ORDER BY community_code, id) o ON o.community_code = p.community_code
  JOIN services.service_item i ON i.name = '助餐配送'`;
  yield `INSERT INTO services.transition_step (subject_id, ordinal, event, from_state, to_state, at, actor_department_code, provenance_id)
SELECT id, step.ordinal, step.event, step.from_state, step.to_state, created_at + step.ordinal * interval '1 minute', 'community', ${PROVENANCE}
  FROM services.service_request
  JOIN (VALUES (1, 'SUBMIT', NULL, 'SUBMITTED'), (2, 'ACCEPT', 'SUBMITTED', 'ACCEPTED')) AS step(ordinal, event, from_state, to_state)
    ON step.ordinal = 1 OR state = 'ACCEPTED'
 WHERE slot_starts_at IS NOT NULL`;
}

/** Guides as they might stand; conditions and bases are the city's to fill in. */
function guidesSql(): string {
  const rows = serviceItemList.map(([name, departmentCode, type], index) => {
    const entries =
      departmentCode === 'party-organization' ? partyMaterials : materialsByGroup[groupOf(name, departmentCode, type)];
    const materials = entries.map(([code, title, necessity, sharedBy]) => ({
      ...{ code, name: title, necessity, sharedBy },
      reusable:
        sharedBy === null && code !== 'APPLICATION_FORM' && !code.endsWith('_STATEMENT') && code !== 'TRANSFER_REASON',
    }));
    return `(${text(itemCode(index))}, ${text(JSON.stringify(materials))}::jsonb)`;
  });
  return `-- guides
INSERT INTO services.service_guide (id, item_id, version, effective_from, conditions, steps, fee, materials, legal_basis, basis_confirmed, provenance_id)
SELECT ${derivedIdSql('guide', 'i.item_code')}, i.id, 1, '2026-01-01', '符合本事项规定条件的本辖区居民或组织（具体条件待补）',
       ARRAY['预受理', '提交', '受理', '办理', '送达', '评价'], '不收费', given.materials, '待补', false, ${PROVENANCE}
  FROM (VALUES ${rows.join(', ')}) AS given(item_code, materials) JOIN services.service_item i USING (item_code)`;
}

/** The list stood before anything was taken off it. */
const CERTIFICATES_LISTED_ON = '2016-01-01';

/** The list of certificates: what is named is named, everything else stands as 待补. */
function certificatesSql(): string {
  const rows = Array.from({ length: CERTIFICATES_BEFORE }, (_, index) => {
    const code = `ZM-${String(index + 1).padStart(3, '0')}`;
    const allowed = index < CERTIFICATES_LEFT;
    const removed = allowed ? undefined : removedCertificates[index - CERTIFICATES_LEFT];
    const [name, department, check] = removed ?? ['待补', null, null];
    const known = removed !== undefined;
    const values = [exampleId(`certificate/${code}`), code, name].map(text);
    return `(${values.join(', ')}, ${known}, ${allowed}, ${text(known ? REMOVAL_BASIS : '待补')}, ${known}, ${text(check)}, ${text(department)}, ${PROVENANCE})`;
  });
  return `-- certificates
INSERT INTO services.certificate_item (id, code, name, named, allowed, legal_basis, basis_confirmed, listed_on, substitute_check_code, substitute_department_code, provenance_id)
SELECT id::uuid, code, name, named, allowed, basis, confirmed, '${CERTIFICATES_LISTED_ON}', check_code, department, provenance
  FROM (VALUES ${rows.join(', ')}) AS v(id, code, name, named, allowed, basis, confirmed, check_code, department, provenance)`;
}

/** The shapes as rows: instants and days as they lie before the reference instant, terms on the working calendar. */
function shapesSql(shapes: readonly RequestShape[]): string {
  const rows = shapes.map((shape, index) => {
    const place = serviceItemList.findIndex(([name]) => name === shape.item);
    const item = serviceItemList[place];
    if (item === undefined) throw new Error(`there is no item ${shape.item}`);
    const [, , , , , promised] = item;
    const { startedOn } = shape;
    const due = (amount: number) =>
      startedOn === null ? null : dueDate(builtInCalendar, startedOn, { amount, unit: 'WORKING_DAY' });
    const values = [
      `${index + 1}`,
      `${text(shape.name === undefined ? null : exampleId(shape.name))}::text`,
      text(itemCode(place)),
      text(shape.state),
      text(shape.channel),
      `${text(shape.createdAt)}::timestamptz`,
      `${text(shape.submittedAt)}::timestamptz`,
      `${text(shape.toldAt)}::timestamptz`,
      `${text(startedOn)}::date`,
      `${text(due(promised) === null ? null : endOfDay(due(promised)?.dueOn ?? '').toISOString())}::timestamptz`,
      `${text(shape.rating)}::text`,
      `${text(shape.ratedOn)}::date`,
      `${text(shape.closedAt)}::timestamptz`,
      `${text(JSON.stringify(shape.steps))}::jsonb`,
    ];
    return `(${values.join(', ')})`;
  });
  return `SELECT * FROM (VALUES ${rows.join(', ')}) AS v(k, example_id, item_code, state, channel, created_at, submitted_at, told_at, started_on, due_at, rating, rated_on, closed_at, steps)`;
}
