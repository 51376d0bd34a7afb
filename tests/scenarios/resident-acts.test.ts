import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { operationVariables } from '../kit/operation-document.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects
type Answer = any;

let hub: CityHub;
let person: string;
let other: string;
let communityId: string;
let gridId: string;
let itemCode: string;
let key = 0;

beforeAll(async () => {
  hub = await openCityHub();
  person = (operationVariables('pre-accept') as Answer).input.applicantId;
  const { rows } = await hub.pool.query(
    `SELECT p.community_code AS community, p.grid_code AS grid,
            (SELECT id FROM people.person o WHERE o.community_code = p.community_code AND o.id <> p.id ORDER BY id LIMIT 1) AS other,
            (SELECT item_code FROM services.service_item WHERE name = '失业登记') AS item
       FROM people.person p WHERE id = $1`,
    [person.slice('Person:'.length)],
  );
  communityId = `Community:${rows[0].community}`;
  gridId = `Grid:${rows[0].grid}`;
  other = `Person:${rows[0].other}`;
  itemCode = rows[0].item;
});
afterAll(() => hub[Symbol.asyncDispose]());

const mutate = async (name: string, input: object, shown: string, role: Parameters<CityHub['ask']>[0] = { person }) => {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const text = `mutation ($input: ${title}Input!) { ${name}(input: $input) {
    __typename ... on ${title}Success { ${shown} } ... on Refusal { code culprit } } }`;
  const { data, errors } = await hub.ask(role, text, { input: { idempotencyKey: `resident-acts-${++key}`, ...input } });
  return { answer: (data as Answer)?.[name] ?? null, codes: errors.map(({ extensions }) => extensions?.code) };
};
const rowsOf = async (table: string) =>
  (await hub.pool.query(`SELECT count(*)::int AS count FROM services.${table}`)).rows[0].count as number;

test('H37, X07: a resident submits his own request from an app: the registers fill it, the item’s department handles it', async () => {
  const asked = { itemCode, communityId, channel: 'APP', applicantId: person };
  const shown = `request { id state channel materials { code state } missingMaterials { code } toldAt
    firstContactDepartment { code } handlerDepartment { code } availableTransitions { event } }`;
  const { answer, codes } = await mutate('submitMyRequest', asked, shown);
  expect(codes).toEqual([]);
  const { request } = answer;
  expect(request.state).toBe('SUPPLEMENT_REQUIRED');
  expect(request.materials).toContainEqual({ code: 'ID_CARD', state: 'FILLED' });
  expect(request.handlerDepartment).toEqual({ code: 'human-resources' });
  expect(request.firstContactDepartment).toEqual({ code: 'human-resources' });
  expect(request.availableTransitions.map(({ event }: { event: string }) => event)).not.toContain('ASK_SUPPLEMENT');
  const given = request.missingMaterials.map(({ code }: { code: string }) => ({ code }));
  const supplied = await mutate('supplyMaterials', { requestId: request.id, given }, 'request { state }');
  expect(supplied.answer.request).toEqual({ state: 'SUBMITTED' });
  const { data } = await hub.ask({ person }, '{ myServiceRequests(first: 1) { nodes { id state } } }');
  expect((data as Answer).myServiceRequests.nodes).toEqual([{ id: request.id, state: 'SUBMITTED' }]);
});

test('a resident acts for nobody else, through no channel of the staff, and sees nobody but himself', async () => {
  const before = await rowsOf('service_request');
  const asked = { itemCode, communityId, channel: 'APP', applicantId: other };
  const forOther = await mutate('submitMyRequest', asked, 'request { id }');
  expect(forOther.answer).toMatchObject({ culprit: 'input.applicantId' });
  expect(['APPLICANT_NOT_SELF', 'PERSON_NOT_FOUND']).toContain(forOther.answer.code);
  const window = await mutate(
    'submitMyRequest',
    { ...asked, applicantId: person, channel: 'WINDOW' },
    'request { id }',
  );
  expect(window.answer).toMatchObject({ code: 'CHANNEL_NOT_YOURS', culprit: 'input.channel' });
  const desk = await mutate('submitRequest', { ...asked, applicantId: person }, 'request { id }');
  expect(desk).toEqual({ answer: null, codes: ['FIELD_RIGHT_MISSING'] });
  const system = await mutate('submitMyRequest', { ...asked, applicantId: person }, 'request { id }', 'system');
  expect(system.answer).toBeNull();
  expect(await rowsOf('service_request')).toBe(before);
  const { data } = await hub.ask(
    { person },
    `{ own: person(id: "${person}") { id } other: person(id: "${other}") { id } }`,
  );
  expect(data).toEqual({ own: { id: person }, other: null });
});

test('Y27h: a resident’s appeal comes back with its case code, under which it is followed', async () => {
  const appeal = { category: 'NOISE', title: '夜间施工噪声扰民', gridId, channel: 'MINI_PROGRAM' };
  const { answer, codes } = await mutate('submitMyAppeal', appeal, 'case { caseCode state deadline { dueOn } }');
  expect(codes).toEqual([]);
  expect(answer.case).toMatchObject({ state: 'REPORTED', deadline: null });
  const { data } = await hub.ask({ person }, `{ caseByCode(caseCode: "${answer.case.caseCode}") { state category } }`);
  expect((data as Answer).caseByCode).toEqual({ state: 'REPORTED', category: 'NOISE' });
  const { rows } = await hub.pool.query(
    `SELECT reporter_person_id AS reporter FROM services.incident ORDER BY reported_at DESC, id DESC LIMIT 1`,
  );
  expect(`Person:${rows[0].reporter}`).toBe(person);
  const hotline = await mutate('submitMyAppeal', { ...appeal, channel: 'HOTLINE_12345' }, 'case { caseCode }');
  expect(hotline.answer).toMatchObject({ code: 'CHANNEL_NOT_YOURS' });
});

test('J10: a resident reports formalism with or without his name, and the history says the desk’s', async () => {
  const report = { communityId, kind: 'INACTION', reportedDepartmentCode: 'housing', text: '同一数据每周重复填报三次' };
  const named = await mutate('fileMyReport', { ...report, anonymous: false }, 'receipt { receiptCode reportId }');
  const nameless = await mutate('fileMyReport', { ...report, anonymous: true }, 'receipt { receiptCode reportId }');
  expect([...named.codes, ...nameless.codes]).toEqual([]);
  const keys = [named, nameless].map(({ answer }) => answer.receipt.reportId.slice('FormalismReport:'.length));
  const { rows } = await hub.pool.query(
    `SELECT r.reporter_person_id AS reporter, s.actor_department_code AS actor FROM services.formalism_report r
       JOIN services.transition_step s ON s.subject_id = r.id WHERE r.id = ANY($1::uuid[]) ORDER BY r.filed_at, r.id`,
    [keys],
  );
  expect(rows).toEqual([
    { reporter: person.slice('Person:'.length), actor: 'discipline-inspection' },
    { reporter: null, actor: 'discipline-inspection' },
  ]);
  const traced = await hub.pool.query(
    `SELECT string_agg(payload, '') || coalesce((SELECT string_agg(coalesce(response, ''), '') FROM services.idempotency WHERE mutation = 'fileMyReport'), '') AS text
       FROM services.outbox WHERE event_type LIKE 'formalismReport.%'`,
  );
  expect(traced.rows[0].text).not.toContain(person.slice('Person:'.length));
});
