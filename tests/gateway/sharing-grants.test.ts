import { describe, expect, test, vi } from 'vitest';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import {
  ADVANCE_REQUEST,
  birthDateRequest,
  carry,
  END_GRANT,
  SUBMIT_REQUEST,
} from '../subgraphs/catalog/sharing/matter-operations.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
type Payload = any;

const BIRTH_DATES =
  'query ($after: String) { persons(first: 100, after: $after) { nodes { id birthDate } pageInfo { hasNextPage endCursor } } }';

/** Two grids of the one community that has people, and birth dates as the civil affairs client sees them. */
async function openGrids(hub: CityHub) {
  const { rows } = await hub.pool.query<{ grid: string }>(
    `SELECT grid_code AS grid FROM people.person GROUP BY 1
     HAVING count(*) > 3 ORDER BY 1 LIMIT 2`,
  );
  const [first, second] = rows;
  if (first === undefined || second === undefined) throw new Error('the community has two grids with people');
  const personsOf = async (grid: string) =>
    (
      await hub.pool.query<{ id: string }>('SELECT id FROM people.person WHERE grid_code = $1 ORDER BY id LIMIT 3', [
        grid,
      ])
    ).rows;
  const read = async (grid: string, headers: Record<string, string> = {}) => {
    const answers = [];
    for (const { id } of await personsOf(grid)) {
      const { data, errors } = await hub.ask(
        'frontend',
        'query ($id: ID!) { person(id: $id) { birthDate } }',
        { id: `Person:${id}` },
        headers,
      );
      answers.push((data as Payload).person?.birthDate ?? errors[0]?.extensions?.code);
    }
    return answers;
  };
  return { first: first.grid, second: second.grid, read };
}

async function grant(hub: CityHub, divisionCodes?: readonly string[], change: object = {}): Promise<string> {
  const asked = await carry<Payload>(hub, 'frontend', SUBMIT_REQUEST, {
    ...(await birthDateRequest(hub, divisionCodes)),
    ...change,
  });
  const approved = await carry<Payload>(hub, 'system', ADVANCE_REQUEST, { id: asked.request.id, event: 'APPROVE' });
  return approved.request.grant.id;
}

const DATE = expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/);
const open = [DATE, DATE, DATE];
const closed = ['FIELD_RIGHT_MISSING', 'FIELD_RIGHT_MISSING', 'FIELD_RIGHT_MISSING'];
/** The gateway looks at the catalogue once a second. */
const SOON = { timeout: 3_000, interval: 100 };

describe.each(['in-process', 'http'] as const)('a grant, with subgraphs %s', (mode) => {
  test('opens the item in its area within a second, and there alone; it opens no search', async () => {
    await using hub = await openCityHub(mode);
    const { first, second, read } = await openGrids(hub);
    expect(await read(first)).toEqual(closed);

    await grant(hub, [first]);
    await vi.waitFor(async () => expect(await read(first)).toEqual(open), SOON);
    expect(await read(second)).toEqual(closed);

    // In lists as well, row by row, over as many pages as the first grid takes; children under 14 need a right of their own.
    const { rows } = await hub.pool.query<{ id: string }>(
      "SELECT id FROM people.person WHERE grid_code = $1 AND birth_date <= '2012-06-30'",
      [first],
    );
    const inFirst = new Set(rows.map(({ id }) => `Person:${id}`));
    const shown = new Set<boolean>();
    let after: string | null = null;
    while (shown.size < 2) {
      const { data } = await hub.ask('frontend', BIRTH_DATES, { after });
      const { nodes, pageInfo } = (data as Payload).persons;
      for (const { id, birthDate } of nodes) {
        expect(birthDate !== null, id).toBe(inFirst.has(id));
        shown.add(inFirst.has(id));
      }
      expect(pageInfo.hasNextPage || shown.size === 2).toBe(true);
      after = pageInfo.endCursor;
    }

    const search = await hub.ask(
      'frontend',
      '{ persons(sort: BIRTH_DATE, filter: { bornFrom: "1990-01-01" }) { totalCount } }',
    );
    expect(search.errors[0]?.extensions).toMatchObject({ code: 'FIELD_RIGHT_MISSING', right: 'person.identity' });
  });
});

test('a grant over the whole of the client’s area opens the item in every row; other items stay closed', async () => {
  await using hub = await openCityHub();
  const { first, second, read } = await openGrids(hub);
  await grant(hub);
  await vi.waitFor(async () => expect(await read(first)).toEqual(open), SOON);
  expect(await read(second)).toEqual(open);
  // What a grant opens leaves the same line in the access log as what a right opens.
  const { rows: logged } = await hub.pool.query<{ given: string }>(
    `SELECT DISTINCT text::jsonb ->> 'given' AS given FROM catalog.access_scope
      WHERE 'Person.birthDate' = ANY(coordinates) AND text::jsonb -> 'given' ? 'Person.birthDate'`,
  );
  expect(logged).toEqual([{ given: '["Person.birthDate"]' }]);
  const { rows } = await hub.pool.query<{ id: string; name: string }>('SELECT id, name FROM people.person LIMIT 1');
  const { data } = await hub.ask('frontend', 'query ($id: ID!) { person(id: $id) { name citizenId } }', {
    id: `Person:${rows[0]?.id}`,
  });
  expect((data as Payload).person.name).toContain('*');
  expect((data as Payload).person.citizenId).toContain('*');
});

test('it is for its scenario and basis: without a purpose or under another one it opens nothing', async () => {
  await using hub = await openCityHub();
  const { first, read } = await openGrids(hub);
  await grant(hub);
  await vi.waitFor(async () => expect(await read(first)).toEqual(open), SOON);
  const none = { 'x-yiyun-legal-basis': '', 'x-yiyun-scenario': '', 'x-yiyun-unmask': 'false' };
  expect(await read(first, none)).toEqual(closed);
  expect(await read(first, { 'x-yiyun-legal-basis': 'PIPL-13-1' })).toEqual(closed);
});

test('given back it is gone within a second; ended by notice it is gone when the notice is over', async () => {
  await using hub = await openCityHub();
  const { first, read } = await openGrids(hub);
  const mine = await grant(hub);
  await vi.waitFor(async () => expect(await read(first)).toEqual(open), SOON);
  await carry(hub, 'frontend', END_GRANT, { grantId: mine, reason: '不再需要' });
  await vi.waitFor(async () => expect(await read(first)).toEqual(closed), SOON);

  await carry(hub, 'system', END_GRANT, { grantId: await grant(hub), reason: '目的已实现' });
  await vi.waitFor(async () => expect(await read(first)).toEqual(open), SOON);
  hub.clock.set('2026-07-07T15:59:59Z');
  expect(await read(first)).toEqual(open);
  hub.clock.set('2026-07-07T16:00:00Z');
  expect(await read(first)).toEqual(closed);
});

test('it begins on its first day and expires after its last, to the second, whatever the gateway remembers', async () => {
  await using hub = await openCityHub();
  const { first, read } = await openGrids(hub);
  const grantId = await grant(hub, undefined, { validFrom: '2026-07-02', validUntil: '2026-07-03' });
  const state = async () => {
    const { data } = await hub.ask('frontend', 'query ($id: ID!) { node(id: $id) { ... on SharingGrant { state } } }', {
      id: grantId,
    });
    return (data as Payload).node.state;
  };
  const known = async () => (await hub.catalog.findClient('demo-frontend'))?.grants ?? [];
  // Those of the demo city are under another scenario.
  const isMine = ({ scenarioCode }: { scenarioCode: string }) => scenarioCode === 'service-handling';
  await vi.waitFor(async () => expect((await known()).filter(isMine)).toHaveLength(1), SOON);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect([await state(), await read(first)]).toEqual(['PENDING', closed]);
  hub.clock.set('2026-07-01T16:00:00Z');
  expect([await state(), await read(first)]).toEqual(['LIVE', open]);
  hub.clock.set('2026-07-03T16:00:00Z');
  expect([await state(), await read(first)]).toEqual(['EXPIRED', closed]);
  // This one, and one of the demo city whose term of notice is over at the same moment.
  expect(await hub.catalog.runClocks()).toMatchObject({ ended: 2 });
  const { rows } = await hub.pool.query(
    "SELECT entity_id FROM catalog.outbox WHERE event_type = 'sharing-grant.ended'",
  );
  expect(rows).toContainEqual({ entity_id: grantId });
});

test('what is shared in batches opens nothing on the graph', async () => {
  await using hub = await openCityHub();
  const { first, read } = await openGrids(hub);
  await grant(hub, undefined, { mode: 'BATCH_EXCHANGE' });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(await read(first)).toEqual(closed);
});

test('a request that would be refused for a missing right is let through where a grant opens the item', async () => {
  await using hub = await openCityHub();
  const { first } = await openGrids(hub);
  const { rows } = await hub.pool.query<{ id: string }>('SELECT id FROM people.person WHERE grid_code = $1 LIMIT 1', [
    first,
  ]);
  const ask = () =>
    hub.ask(
      'frontend',
      'query ($id: ID!) { person(id: $id) { birthDate } }',
      { id: `Person:${rows[0]?.id}` },
      { 'x-yiyun-missing-rights': 'refuse' },
    );
  expect((await ask()).data).toBeNull();
  await grant(hub);
  await vi.waitFor(async () => expect((await ask()).data).toEqual({ person: { birthDate: DATE } }), SOON);
});
