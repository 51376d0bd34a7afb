import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readExamples } from '../../gateway/operations/examples.ts';
import { rights } from '../../subgraphs/kit/codes/rights.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { cityDatabase } from '../kit/city-database.ts';
import type { TestDatabase } from '../kit/test-database.ts';
import { openTestGraph, systemCaller, type TestGraph } from '../kit/test-graph.ts';

/** What the demo cities show of bodies and workforce, held against the tables themselves. */
const examples = readExamples(join(projectRoot, 'schema', 'operations'));
const COMMUNITY = '330402007024';

let database: TestDatabase;
let graph: TestGraph;

beforeAll(async () => {
  database = await cityDatabase();
  graph = await openTestGraph({ pool: database.pool });
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
type Data = any;

async function run(name: string, caller = systemCaller(), on = graph): Promise<Data> {
  const example = examples.find((one) => one.name === name);
  const { data, errors } = await on.run(example?.document ?? '', example?.variables ?? {}, caller);
  return { data: JSON.parse(JSON.stringify(data ?? null)), errors: errors ?? [] };
}
const column = async (text: string, on = database) =>
  (await on.pool.query({ text, rowMode: 'array' })).rows.map(([value]) => value as unknown);
const names = (rows: readonly { readonly name?: string; readonly holderName?: string }[]) =>
  rows.map(({ name, holderName }) => name ?? holderName).sort();

test('H09, H11, H14, H20, H22, J42, S29, Y26: a worker’s file is whole, service records in order and without overlap', async () => {
  const { data, errors } = await run('worker-files');
  expect(errors).toEqual([]);
  const workers: Data[] = data.community.workers.nodes;
  expect(data.community.workers.totalCount).toBe(
    Number(
      (
        await column(
          `SELECT count(*) FROM organizations.community_worker WHERE community_code = '${COMMUNITY}' AND left_on IS NULL`,
        )
      )[0],
    ),
  );
  for (const { serviceRecords, certificates, registration } of workers) {
    const fullTime = serviceRecords.filter((record: Data) => record.fullTime);
    fullTime.slice(1).forEach((earlier: Data, index: number) => {
      expect(earlier.validTo).not.toBeNull();
      expect(earlier.validTo <= fullTime[index].validFrom).toBe(true);
    });
    if (registration !== null) expect(certificates.length).toBeGreaterThan(0);
  }
  const modes = await column(
    `SELECT DISTINCT mode FROM organizations.community_worker WHERE community_code = '${COMMUNITY}' AND left_on IS NULL`,
  );
  expect(new Set(workers.map(({ mode }) => mode)).size).toBeLessThanOrEqual(modes.length);
  const trips = await column(
    'SELECT count(*) FROM organizations.training_attendance a JOIN organizations.training_course c ON c.id = a.course_id WHERE c.study_scope IS NOT NULL',
  );
  expect(Number(trips[0])).toBeGreaterThan(0);
  expect(workers.some(({ assignments }) => assignments.length > 0)).toBe(true);
});

test('H16, H17, J43, Y12: pay and appraisals need rights of their own, and without them nothing of them is returned', async () => {
  const open = await run('worker-pay');
  expect(open.errors).toEqual([]);
  const kinds = new Set(
    open.data.community.workers.nodes.flatMap((worker: Data) => worker.payRecords.map(({ kind }: Data) => kind)),
  );
  expect([...kinds]).toEqual(expect.arrayContaining(['BASE_PAY', 'PERFORMANCE_PAY', 'ALLOWANCE']));

  const without = Object.keys(rights).filter((right) => !['workforce.pay', 'workforce.appraisal'].includes(right));
  const closed = await run('worker-pay', systemCaller({ rights: without }));
  for (const worker of closed.data.community.workers.nodes)
    expect([worker.payRecords, worker.appraisals]).toEqual([null, null]);
  expect(new Set(closed.errors.map(({ extensions }: Data) => extensions.right))).toEqual(
    new Set(['workforce.pay', 'workforce.appraisal']),
  );
});

test('H19, H21, J45, S07, S19, S24, X21: a community shows its bodies, its units, its owners with their property service', async () => {
  const { data, errors } = await run('bodies-of-a-community');
  expect(errors).toEqual([]);
  const { organizations, engagements, workers } = data.community;
  expect(names(organizations)).toEqual(
    (
      await column(
        `SELECT name FROM organizations.organization WHERE community_code = '${COMMUNITY}' AND dissolved_on IS NULL`,
      )
    ).sort(),
  );
  const owners = organizations.find(({ kind }: Data) => kind === 'OWNERS_COMMITTEE');
  expect(owners.engagements).toEqual([
    { role: 'PROPERTY_MANAGER', holderName: expect.any(String), organization: { rating: expect.any(Number) } },
  ]);
  expect(organizations.find(({ kind }: Data) => kind === 'GRID_TEAM').engagements.length).toBeGreaterThan(0);
  const roles = engagements.map(({ role }: Data) => role);
  expect(roles).toContain('STATIONED');
  expect(roles.filter((role: string) => role === 'LEGAL_ADVISER').length).toBeLessThanOrEqual(1);
  const supervised = workers.nodes.filter(({ supervisor }: Data) => supervisor !== null);
  for (const { name, supervisor } of supervised) expect(supervisor.holderName).not.toBe(name);
});

test('H18, H24, J12, J41, J47, Y11: talents, awards and career moves are those on record', async () => {
  const { data, errors } = await run('recruitments-and-careers');
  expect(errors).toEqual([]);
  for (const [field, kind] of [
    ['careerMoves', 'CAREER_MOVE'],
    ['secondments', 'SECONDMENT'],
    ['reserveCadres', 'RESERVE_CADRE'],
    ['awards', 'AWARD'],
    ['talents', 'TALENT_TITLE'],
  ] as const) {
    const known = await column(`SELECT holder_name FROM organizations.worker_record WHERE kind = '${kind}'`);
    const shown = names(data[field].nodes);
    expect(shown, field).toHaveLength(Math.min(known.length, 20));
    expect(known, field).toEqual(expect.arrayContaining(shown));
  }
});

test('J41, Y13: the training matrix has every kind at every tier', async () => {
  const { data, errors } = await run('training-matrix');
  expect(errors).toEqual([]);
  const cells = data.trainingMatrix.map(({ kind, tier }: Data) => `${kind} ${tier}`);
  expect(new Set(cells).size).toBe(cells.length);
  expect(cells).toHaveLength(4 * 3);
});

test('H02, H29, S03: committees of a community, who is elected, and whether they live in it', async () => {
  const { data, errors } = await run('elections-of-a-community');
  expect(errors).toEqual([]);
  const { committees, elections } = data.community;
  expect(committees.map(({ kind }: Data) => kind).sort()).toEqual(
    (await column(`SELECT kind FROM organizations.committee WHERE community_code = '${COMMUNITY}'`)).sort(),
  );
  for (const { candidates, seats, state } of elections) {
    if (state !== 'CERTIFIED') continue;
    expect(candidates.filter(({ elected }: Data) => elected).length).toBeLessThanOrEqual(seats);
  }
  const members = committees.flatMap((committee: Data) => committee.members);
  expect(members.length).toBeGreaterThan(0);
  const local = members.filter(({ person }: Data) => person?.community?.statCode === COMMUNITY);
  expect(local.length).toBeGreaterThan(0);
});

test('J37, J39, S14: those in an incubator and those it has brought up, and an alliance over four provinces', async () => {
  const { data, errors } = await run('incubators-and-alliances');
  expect(errors).toEqual([]);
  const incubatees = data.incubators.nodes.flatMap(({ engagements }: Data) => engagements);
  for (const { validTo, endReason } of incubatees) expect(validTo === null).toBe(endReason === null);
  const [alliance] = data.alliances.nodes;
  expect(
    alliance.engagements
      .map(({ holderPlace }: Data) => holderPlace)
      .filter(Boolean)
      .sort(),
  ).toEqual(['上海市', '安徽省', '江苏省']);
});

test('J38: every township that has people has its social-work station', async () => {
  const { data, errors } = await run('legal-adviser-coverage');
  expect(errors).toEqual([]);
  const townships = await column('SELECT DISTINCT township_code FROM organizations.community ORDER BY 1');
  expect(data.organizations.totalCount).toBe(townships.length);
});

test('H07: as of a day before its conversion a village stands, and as of now the community in its place', async () => {
  await using hangzhou = await cityDatabase('hangzhou');
  await using of = await openTestGraph({ pool: hangzhou.pool });
  const ask = async (asOf?: string) => {
    const { data, errors } = await of.run(
      `query ($asOf: LocalDate) { communities(filter: { divisionCode: "330102001", asOf: $asOf }) { nodes { statCode name kind validTo } }
         divisions(filter: { parentCode: "330102001", asOf: $asOf }, first: 50) { nodes { code name successors { toCode } } } }`,
      { asOf },
      systemCaller({ jurisdiction: ['3301'] }),
    );
    expect(errors).toBeUndefined();
    return data as Data;
  };
  const [then, now] = [await ask('2010-01-01'), await ask()];
  const village = { statCode: '330102001351', name: '清波门村', kind: 'ADMINISTRATIVE_VILLAGE' };
  expect(then.communities.nodes).toContainEqual({ ...village, validTo: expect.stringMatching(/^20[12]\d-/) });
  expect(now.communities.nodes).toContainEqual({
    statCode: '330102001051',
    name: '清波门社区',
    kind: 'RESIDENTIAL_COMMUNITY',
    validTo: null,
  });
  const codes = ({ divisions }: Data) => divisions.nodes.map(({ code }: Data) => code);
  expect(codes(then)).toContain('330102001351');
  expect(codes(then)).not.toContain('330102001051');
  expect(codes(now)).toContain('330102001051');
  expect(codes(now)).not.toContain('330102001351');
  expect(then.divisions.nodes.find(({ code }: Data) => code === '330102001351')).toMatchObject({
    successors: [{ toCode: '330102001051' }],
  });
});

test('H14: of a township’s training there is a course of each kind, with who was there', async () => {
  const { data, errors } = await graph.run(
    '{ trainingMatrix(divisionCode: "330402007", fromDay: "2025-01-01", beforeDay: "2026-01-01") { kind tier courseCount reportedAttendees recordedAttendees } }',
    {},
  );
  expect(errors).toBeUndefined();
  const township = (data as Data).trainingMatrix.filter(({ tier }: Data) => tier === 'TOWNSHIP');
  expect(township.map(({ kind, courseCount }: Data) => [kind, courseCount])).toEqual([
    ...[
      ['INDUCTION', 1],
      ['POST', 1],
      ['ADVANCED', 1],
      ['CONTINUING', 1],
    ], // one of each
  ]);
  const [, post] = township;
  expect(post.reportedAttendees).toBe(46);
  expect(post.recordedAttendees).toBeGreaterThan(3);
});

test('H27, H28: 清波 has five departments and one centre, 四季青 is run by centres', async () => {
  await using hangzhou = await cityDatabase('hangzhou');
  await using of = await openTestGraph({ pool: hangzhou.pool });
  const { data, errors } = await run('office-and-units', systemCaller({ jurisdiction: ['3301'] }), of);
  expect(errors).toEqual([]);
  const office = (name: string) => data.organizations.nodes.find((row: Data) => row.name.startsWith(name));
  expect(office('清波街道')).toMatchObject({ structure: 'DEPARTMENTS_AND_CENTRE' });
  expect(office('清波街道').units).toHaveLength(6);
  expect(office('四季青街道')).toMatchObject({ structure: 'CENTRE_BASED', units: [] });
});

test('S09: a child and somebody who neither lives nor is registered there stand in no election, and no child takes a grid post', async () => {
  const [electionId] = await column(
    `SELECT id FROM organizations.election WHERE state = 'ROLL_PUBLISHED' AND community_code = '${COMMUNITY}'`,
  );
  const candidates = () =>
    column(`SELECT name FROM organizations.election_candidate WHERE election_id = '${electionId}' ORDER BY 1`);
  const person = async (where: string) =>
    (
      await column(
        `SELECT p.id FROM people.person p WHERE ${where} AND NOT EXISTS (
           SELECT 1 FROM organizations.election_candidate c WHERE c.person_id = p.id AND c.election_id = '${electionId}')
          ORDER BY p.id LIMIT 1`,
      )
    )[0];
  const here = `p.community_code = '${COMMUNITY}'`;
  const registered = `p.registered_community_code = '${COMMUNITY}'`;
  const adult = "p.birth_date < '1990-01-01'";
  let calls = 0;
  const nominate = async (where: string, typed?: string) => {
    const id = await person(where);
    const [name] = await column(`SELECT name FROM people.person WHERE id = '${id}'`);
    const { data, errors } = await graph.run(
      `mutation ($input: NominateInput!) { nominate(input: $input) { __typename ... on Refusal { code culprit messageZh } } }`,
      {
        input: {
          electionId: `Election:${electionId}`,
          personId: `Person:${id}`,
          name: typed ?? name,
          nomination: 'SELF',
          idempotencyKey: `nominate-walk-${calls++}`,
        },
      },
    );
    expect(errors).toBeUndefined();
    return data?.nominate;
  };
  const before = await candidates();
  const refused = { code: 'CANDIDATE_NO_VOTER', culprit: 'input.personId' };
  expect(await nominate(`${here} AND p.birth_date > '2008-06-30'`)).toMatchObject(refused);
  expect(await nominate(`${here} AND ${adult}`, '候选人')).toMatchObject({
    code: 'PERSON_NAME_DIFFERS',
    culprit: 'input.name',
  });
  expect(await candidates()).toEqual(before);
  expect(await nominate(`${here} AND NOT (${registered}) AND ${adult}`)).toEqual({ __typename: 'ElectionSuccess' });
  expect((await candidates()).length).toBe(before.length + 1);

  const stranger = await person(`${here} AND ${registered} AND ${adult}`);
  const move = (code: string) =>
    database.pool.query('UPDATE people.person SET community_code = $1, registered_community_code = $1 WHERE id = $2', [
      code,
      stranger,
    ]);
  await move('330402007999');
  expect(await nominate(`p.id = '${stranger}'`)).toMatchObject(refused);
  await move(COMMUNITY);
  expect(await nominate(`p.id = '${stranger}'`)).toEqual({ __typename: 'ElectionSuccess' });

  const openPost = async (id: string, holderName: string) => {
    const { data } = await graph.run(
      `mutation ($input: OpenGridPostInput!) { openGridPost(input: $input) {
         __typename ... on OpenGridPostSuccess { assignment { holderName } } ... on Refusal { code culprit } } }`,
      {
        input: {
          gridId: `Grid:${COMMUNITY}001`,
          role: 'PART_TIME_GRID_WORKER',
          personId: `Person:${id}`,
          holderName,
          idempotencyKey: `post-of-a-resident-${calls++}`,
        },
      },
    );
    return data?.openGridPost;
  };
  const child = await person(`${here} AND p.birth_date > '2008-06-30'`);
  expect(await openPost(String(child), '少年')).toMatchObject({
    ...{ code: 'GRID_POST_UNDER_AGE', culprit: 'input.personId' },
  });
  const resident = String(await person(`${here} AND ${adult}`));
  const registeredName = String((await column(`SELECT name FROM people.person WHERE id = '${resident}'`))[0]);
  expect(await openPost(resident, `${registeredName}儿`)).toMatchObject({
    ...{ code: 'PERSON_NAME_DIFFERS', culprit: 'input.holderName' },
  });
  expect(await openPost(resident, registeredName)).toMatchObject({ assignment: { holderName: registeredName } });
});

test('H33: a person who is registered elsewhere is shown with both places, one from outside of the hub with the code only', async () => {
  const show = async (where: string) => {
    const [id] = await column(
      `SELECT p.id FROM people.person p WHERE p.community_code = '${COMMUNITY}' AND ${where} LIMIT 1`,
    );
    const { data, errors } = await graph.run(
      `query ($id: ID!) { person(id: $id) { separatedFromRegistration registeredDivisionCode registeredDivision { code } community { statCode } } }`,
      { id: `Person:${id}` },
    );
    expect(errors).toBeUndefined();
    return data?.person as Data;
  };
  const local = await show(`p.registered_community_code = p.community_code`);
  expect(local).toMatchObject({
    separatedFromRegistration: false,
    registeredDivisionCode: COMMUNITY,
    registeredDivision: { code: COMMUNITY },
  });
  const outside = await show(`p.registered_city_code <> p.city_code`);
  const known = await column(
    `SELECT code FROM organizations.division WHERE code = '${outside.registeredDivisionCode}'`,
  );
  expect(outside).toMatchObject({
    separatedFromRegistration: true,
    registeredDivision: known.length === 0 ? null : { code: outside.registeredDivisionCode },
    community: { statCode: COMMUNITY },
  });
  expect(outside.registeredDivisionCode).not.toMatch(/^3304/);
});
