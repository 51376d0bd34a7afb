import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unseal } from '../../subgraphs/kit/store/sealing.ts';
import { cityDatabase, TEST_KEYS } from '../kit/city-database.ts';
import { openTestGraph, systemCaller, type TestGraph } from '../kit/test-graph.ts';

type Database = Awaited<ReturnType<typeof cityDatabase>>;

const PRE_ACCEPT = `mutation ($input: PreAcceptInput!) { preAccept(input: $input) { __typename
  ... on PreAcceptSuccess { request { state applicant { id } materials { code state filledBy { code } } missingMaterials { code } } }
  ... on Refusal { code culprit } } }`;
/** 党员组织关系转接: its materials come from the party register and from the applicant. */
const PARTY_ITEM = '330499-0065';
/** 高龄津贴申请: identity card and register from the population register. */
const ALLOWANCE = '330499-0005';
const COMMUNITY = 'Community:330402007024';

let database: Database;
let keys = 0;
beforeAll(async () => {
  database = await cityDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const input = (more: object) => ({
  ...{ itemCode: ALLOWANCE, communityId: COMMUNITY, channel: 'WINDOW', idempotencyKey: `facts-${keys++}-key` },
  ...more,
});

/** Persons nobody of whom has asked for anything yet, of whom some are party members. */
async function persons(member: boolean): Promise<{ id: string; sealed: Buffer }[]> {
  const { rows } = await database.pool.query<{ id: string; sealed: Buffer }>(
    `select p.id, p.citizen_id_sealed as sealed from people.person p
      where p.community_code = '330402007024' and p.household_id is not null and p.birth_date < '1990-01-01'
        and (exists (select 1 from party.party_member m where m.person_id = p.id)) = $1
        and not exists (select 1 from services.service_request r where r.applicant_person_id = p.id)
      order by p.id limit 40`,
    [member],
  );
  return rows;
}

async function written(): Promise<unknown> {
  const { rows } = await database.pool.query(
    `select (select count(*)::int from services.service_request) as requests, (select count(*)::int from services.outbox) as events,
            (select count(*)::int from services.idempotency) as keys`,
  );
  return rows[0];
}

describe.each([
  ['in-process', 'compiled', 0],
  ['in-process', 'stitching', 1],
  ['http', 'compiled', 2],
] as const)('%s, %s', (mode, executor, nth) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await openTestGraph({ pool: database.pool, mode, executor });
  });
  afterAll(() => graph[Symbol.asyncDispose]());

  test('H37: a mutation learns what the registers of two other subgraphs hold, and no value of it', async () => {
    const member = (await persons(true))[nth];
    const { data, errors, statements } = await graph.run(PRE_ACCEPT, {
      input: input({ itemCode: PARTY_ITEM, applicantId: `Person:${member?.id}` }),
    });
    expect(errors).toBeUndefined();
    expect(data?.preAccept).toMatchObject({
      request: {
        materials: [
          { code: 'PARTY_MEMBERSHIP', state: 'FILLED', filledBy: { code: 'party-organization' } },
          { code: 'TRANSFER_REASON', state: 'MISSING', filledBy: null },
        ],
        missingMaterials: [{ code: 'TRANSFER_REASON' }],
      },
    });
    // One in each of the two for the question and all facts together; people once more to show the applicant.
    expect(statements).toMatchObject(mode === 'in-process' ? { people: 2, party: 1 } : {});
  });

  test('who is no party member lacks the membership, and a party register that is down fills nothing and refuses nobody', async () => {
    const [none, other] = (await persons(false)).slice(nth * 2);
    const asked = { itemCode: PARTY_ITEM, applicantId: `Person:${none?.id}` };
    const { data } = await graph.run(PRE_ACCEPT, { input: input(asked) });
    expect(data?.preAccept).toMatchObject({
      request: { missingMaterials: [{ code: 'PARTY_MEMBERSHIP' }, { code: 'TRANSFER_REASON' }] },
    });
    await using broken = await openTestGraph({ pool: database.pool, mode, executor, down: ['party'] });
    const down = await broken.run(PRE_ACCEPT, { input: input({ ...asked, applicantId: `Person:${other?.id}` }) });
    expect(down.errors).toBeUndefined();
    expect(down.data?.preAccept).toMatchObject({
      request: { missingMaterials: [{ code: 'PARTY_MEMBERSHIP' }, { code: 'TRANSFER_REASON' }] },
    });
  });

  test('X07: the citizen number alone finds the applicant, fills the materials, and is kept nowhere', async () => {
    const person = (await persons(false))[10 + nth];
    if (person === undefined) throw new Error('the city has too few people');
    const applicantNumber = unseal(TEST_KEYS.field, person.sealed);
    const { data, errors } = await graph.run(PRE_ACCEPT, { input: input({ applicantNumber }) });
    expect(errors).toBeUndefined();
    expect(data?.preAccept).toMatchObject({
      request: {
        applicant: { id: `Person:${person.id}` },
        missingMaterials: [{ code: 'APPLICATION_FORM' }, { code: 'BANK_ACCOUNT' }],
      },
    });
    const { rows } = await database.pool.query<{ text: string }>(
      `select coalesce(string_agg(t::text, ' '), '') as text from (select i::text as t from services.idempotency i
         union all select o::text from services.outbox o union all select r::text from services.service_request r) all_rows`,
    );
    expect(rows[0]?.text).not.toContain(applicantNumber);
  });

  test.each([
    ['a number that nobody has', { applicantNumber: '330499198001010013' }, 'input.applicantNumber'],
    ['what is no number', { applicantNumber: 'x' }, 'input.applicantNumber'],
    ['an id that nobody has', { applicantId: 'Person:019f0000-0000-7000-8000-000000000000' }, 'input.applicantId'],
  ])('%s is refused by its path, and nothing is written', async (_what, more, culprit) => {
    const before = await written();
    const { data } = await graph.run(PRE_ACCEPT, { input: input(more) });
    expect(data?.preAccept).toMatchObject({ code: 'PERSON_NOT_FOUND', culprit });
    expect(await written()).toEqual(before);
  });

  test('somebody outside the caller’s area is not found by number either', async () => {
    const person = (await persons(false))[20];
    const elsewhere = systemCaller({ jurisdiction: ['330411'] });
    const applicantNumber = unseal(TEST_KEYS.field, person?.sealed ?? Buffer.alloc(0));
    const { data } = await graph.run(PRE_ACCEPT, { input: input({ applicantNumber }) }, elsewhere);
    expect(data?.preAccept).toMatchObject({ code: 'PERSON_NOT_FOUND', culprit: 'input.applicantNumber' });
  });
});
