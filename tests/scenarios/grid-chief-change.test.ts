import { expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';

const COMMUNITY = '330402007024';
const CHANGE = `mutation ($input: AssignGridChiefInput!) {
  assignGridChief(input: $input) {
    __typename
    ... on AssignGridChiefSuccess { closedAssignment { validTo } grid { chief { holderName validFrom } } }
    ... on Refusal { code culprit }
  }
}`;
const QUEUE = '{ incidents(first: 1) { nodes { grid { gridCode } } } }';
const HISTORY = `query ($code: String!, $at: DateTime) {
  grid(gridCode: $code) { chief { holderName } assignments(first: 20, role: GRID_CHIEF, asOf: $at) { nodes { holderName } } }
}`;

interface Chief {
  readonly grid: string;
  readonly worker: string;
  readonly name: string;
}

/** A live chief who is a community worker and holds no other grid, and a colleague without any grid post. */
async function chiefAndSuccessor(hub: CityHub): Promise<{ chief: Chief; successor: Omit<Chief, 'grid'> }> {
  const { rows } = await hub.pool.query<{ grid: string; worker: string; name: string }>(
    `SELECT min(grid_code) AS grid, worker_id AS worker, min(holder_name) AS name FROM organizations.grid_assignment
      WHERE community_code = $1 AND worker_id IS NOT NULL AND valid_to IS NULL
      GROUP BY worker_id HAVING count(*) = 1 AND min(role) = 'GRID_CHIEF' ORDER BY 1 LIMIT 1`,
    [COMMUNITY],
  );
  const { rows: free } = await hub.pool.query<{ worker: string; name: string }>(
    `SELECT w.id AS worker, w.name FROM organizations.community_worker w
      WHERE w.community_code = $1 AND w.left_on IS NULL
        AND NOT EXISTS (SELECT FROM organizations.grid_assignment a WHERE a.worker_id = w.id AND a.valid_to IS NULL)
      ORDER BY w.id LIMIT 1`,
    [COMMUNITY],
  );
  return { chief: rows[0] as Chief, successor: free[0] as Omit<Chief, 'grid'> };
}

test('scenario 12: at noon the new chief sees the grid, the former one at once no longer, and history keeps both', async () => {
  await using hub = await openCityHub();
  const { chief, successor } = await chiefAndSuccessor(hub);
  const former = { worker: `CommunityWorker:${chief.worker}` };
  const next = { worker: `CommunityWorker:${successor.worker}` };

  const before = await hub.ask(former, QUEUE);
  expect(before.data).toEqual({ incidents: { nodes: [{ grid: { gridCode: chief.grid } }] } });
  expect((await hub.ask(next, QUEUE)).errors[0]?.extensions?.code).toBe('NO_LIVE_POST');

  hub.clock.set('2026-07-01T12:00:00+08:00');
  const changed = await hub.ask('system', CHANGE, {
    input: { gridId: `Grid:${chief.grid}`, workerId: next.worker, idempotencyKey: 'chief-at-noon' },
  });
  expect(changed.data).toEqual({
    assignGridChief: {
      __typename: 'AssignGridChiefSuccess',
      closedAssignment: { validTo: '2026-07-01T04:00:00.000Z' },
      grid: { chief: { holderName: successor.name, validFrom: '2026-07-01T04:00:00.000Z' } },
    },
  });

  const after = await hub.ask(former, QUEUE);
  expect(after.data).toBeNull();
  expect(after.errors[0]?.extensions?.code).toBe('NO_LIVE_POST');
  expect((await hub.ask(next, QUEUE)).data).toEqual({ incidents: { nodes: [{ grid: { gridCode: chief.grid } }] } });

  const at = (instant: string) => hub.ask('frontend', HISTORY, { code: chief.grid, at: instant });
  expect((await at('2026-07-01T11:59:59+08:00')).data).toMatchObject({
    grid: { chief: { holderName: successor.name }, assignments: { nodes: [{ holderName: chief.name }] } },
  });
  expect((await at('2026-07-01T12:00:00+08:00')).data).toMatchObject({
    grid: { assignments: { nodes: [{ holderName: successor.name }] } },
  });
});

test('a grid worker sees the rows of his grid only, whatever path he takes', async () => {
  await using hub = await openCityHub();
  const { chief } = await chiefAndSuccessor(hub);
  const worker = { worker: `CommunityWorker:${chief.worker}` };
  const { data } = await hub.ask(
    worker,
    `query ($code: String!) {
      persons(first: 100) { nodes { grid { gridCode } } }
      community(statCode: $code) { residents(first: 100) { nodes { grid { gridCode } } } }
    }`,
    { code: COMMUNITY },
  );
  const codes = [...JSON.stringify(data).matchAll(/"gridCode":"(\d+)"/g)].map((match) => match[1]);
  expect(codes).toHaveLength(200);
  expect(new Set(codes)).toEqual(new Set([chief.grid]));

  const elsewhere = await hub.pool.query<{ id: string }>(
    'SELECT id FROM people.person WHERE grid_code <> $1 AND registered_community_code IS NULL LIMIT 1',
    [chief.grid],
  );
  const other = await hub.ask(worker, 'query ($id: ID!) { person(id: $id) { name } }', {
    id: `Person:${elsewhere.rows[0]?.id}`,
  });
  expect(other.data).toEqual({ person: null });
});
