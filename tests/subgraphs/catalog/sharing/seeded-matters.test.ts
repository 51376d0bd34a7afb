import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSharingExamples } from '../../../../prisma/seed/catalog/sharing-examples.ts';
import { exampleId } from '../../../../prisma/seed/services/example-ids.ts';
import { submissionMachine } from '../../../../subgraphs/catalog/rules/register/submission-machine.ts';
import { requestDuty } from '../../../../subgraphs/catalog/rules/sharing/request-duty.ts';
import { requestMachine } from '../../../../subgraphs/catalog/rules/sharing/request-machine.ts';
import { ticketMachine } from '../../../../subgraphs/catalog/rules/verification/ticket-machine.ts';
import { fromClaims } from '../../../../subgraphs/kit/caller/caller.ts';
import { isRefusal } from '../../../../subgraphs/kit/codes/refusals.ts';
import { rights } from '../../../../subgraphs/kit/codes/rights.ts';
import { type CityHub, openCityHub } from '../../../kit/city-hub.ts';

const { requests, submissions, tickets } = readSharingExamples();
let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

const callerOf = (departmentCode: string) =>
  fromClaims({
    clientId: 'seed',
    kind: 'SYSTEM',
    departmentCode,
    jurisdiction: [],
    rights: Object.keys(rights),
  });

interface StoredStep {
  readonly event: string;
  readonly from: string | null;
  readonly to: string;
  readonly actor: string;
  readonly note: string | null;
}
async function stepsOf(id: string): Promise<StoredStep[]> {
  const { rows } = await hub.pool.query<StoredStep>(
    `SELECT event, from_state AS "from", to_state AS "to", actor_department_code AS actor, note
       FROM catalog.matter_step WHERE subject_id = $1 ORDER BY ordinal`,
    [id],
  );
  return rows;
}

/** Takes every stored step with the machine; where it ends. */
function walk(
  // biome-ignore lint/suspicious/noExplicitAny: three machines of different states and subjects
  machine: any,
  subject: object,
  steps: readonly StoredStep[],
): string {
  let state: string = machine.initial;
  expect(steps[0]?.to).toBe(state);
  for (const { event, from, to, actor, note } of steps.slice(1)) {
    expect(from).toBe(state);
    const given = { note };
    const taken = machine.take({ event, state, subject, caller: callerOf(actor), given, culprit: 'seed' });
    if (isRefusal(taken)) throw new Error(`${event} from ${state}: ${taken.messageEn}`);
    expect(taken.to).toBe(to);
    state = to;
  }
  return state;
}

test('every seeded matter came to its state by steps that its machine allows to those who took them', async () => {
  for (const { name, requester, provider, attribute = 'CONDITIONAL', steps } of requests) {
    const subject = { requestingDepartment: requester, providingDepartment: provider, attribute, supplemented: false };
    const stored = await stepsOf(exampleId(`sharing-request/${name}`));
    expect(walk(requestMachine, { ...subject, overdue: false }, stored), name).toBe(steps.at(-1)?.[1]);
  }
  for (const { name, department, steps } of submissions) {
    const stored = await stepsOf(exampleId(`catalogue-submission/${name}`));
    expect(walk(submissionMachine, { departmentCode: department }, stored), name).toBe(steps.at(-1)?.[1]);
  }
  for (const { name, requester, source, steps } of tickets) {
    const subject = { requestingDepartment: requester, sourceDepartment: source, overdue: false };
    const stored = await stepsOf(exampleId(`verification-ticket/${name}`));
    expect(walk(ticketMachine, subject, stored), name).toBe(steps.at(-1)?.[1]);
  }
});

test('a clock runs exactly where the machine has one, for the department that has to act', async () => {
  const { rows } = await hub.pool.query<{ id: string; department: string; rule: string }>(
    'SELECT subject_id AS id, department_code AS department, rule_code AS rule FROM catalog.duty WHERE met_at IS NULL',
  );
  const running = new Map(rows.map(({ id, department, rule }) => [id, { departmentCode: department, ruleCode: rule }]));
  for (const { name, requester, provider, attribute = 'CONDITIONAL', steps } of requests) {
    const parties = { requestingDepartment: requester, providingDepartment: provider, attribute };
    const expected = requestDuty(steps.at(-1)?.[1] as never, parties);
    expect(running.get(exampleId(`sharing-request/${name}`)), name).toEqual(expected);
  }
  for (const { name, steps } of submissions) {
    const rule = submissionMachine.clockOf(steps.at(-1)?.[1] as never);
    expect(running.get(exampleId(`catalogue-submission/${name}`))?.ruleCode, name).toBe(rule);
  }
  for (const { name, source, steps } of tickets) {
    const ruleCode = ticketMachine.clockOf(steps.at(-1)?.[1] as never);
    const expected = ruleCode === undefined ? undefined : { departmentCode: source, ruleCode };
    expect(running.get(exampleId(`verification-ticket/${name}`)), name).toEqual(expected);
  }
});

test('seeded matters name items of the catalogue, their true sources, and clients that exist', async () => {
  const { rows } = await hub.pool.query<{ coordinate: string; source: string; sharing: string }>(
    'SELECT coordinate, source_department AS source, sharing FROM catalog.data_field WHERE removed_at IS NULL',
  );
  const fields = new Map(rows.map((row) => [row.coordinate, row]));
  for (const { name, provider, coordinates, attribute = 'CONDITIONAL', clientId, requester } of requests) {
    for (const coordinate of coordinates) {
      expect(fields.get(coordinate), `${name} ${coordinate}`).toMatchObject({ source: provider, sharing: attribute });
    }
    expect((await hub.catalog.findClient(clientId))?.departmentCode, name).toBe(requester);
  }
  for (const { name, coordinate, source } of tickets) {
    expect(fields.get(coordinate)?.source, `${name} ${coordinate}`).toBe(source);
  }
  for (const { name, kind, coordinate, department } of submissions) {
    const source = fields.get(coordinate)?.source;
    if (kind === 'REGISTER') expect(source, name).toBeUndefined();
    else expect(source === department, name).toBe(kind === 'CHANGE');
  }
});

test('grants in every state are shown to the departments that have a part in them', async () => {
  const states = async (role: 'system' | 'frontend' | 'steward') => {
    const { data, errors } = await hub.ask(role, '{ sharingGrants(first: 50) { nodes { state } } }');
    expect(errors).toEqual([]);
    const { nodes } = (data as { sharingGrants: { nodes: { state: string }[] } }).sharingGrants;
    return [...new Set(nodes.map(({ state }) => state))].sort();
  };
  expect(await states('frontend')).toEqual(['ENDED', 'ENDING', 'EXPIRED', 'LIVE']);
  expect(await states('steward')).toEqual(await states('frontend'));
});

test('a seeded grant opens its item in its grid, under its scenario, and nowhere else', async () => {
  const grid = (
    await hub.pool.query<{ grid: string }>(
      'SELECT division_codes[1] AS grid FROM catalog.sharing_grant WHERE id = $1',
      [exampleId('sharing-grant/approved')],
    )
  ).rows[0]?.grid;
  const adult = async (where: string) =>
    (
      await hub.pool.query<{ id: string }>(
        `SELECT id FROM people.person WHERE ${where} AND birth_date < '2000-01-01' AND community_code = left($1, 12) ORDER BY id LIMIT 1`,
        [grid],
      )
    ).rows[0]?.id;
  const inside = await adult('grid_code = $1');
  const outside = await adult('grid_code <> $1');
  const read = (id: string | undefined, scenario: string) =>
    hub.ask(
      'frontend',
      'query ($id: ID!) { person(id: $id) { birthDate } }',
      { id: `Person:${id}` },
      {
        'x-yiyun-scenario': scenario,
      },
    );
  expect((await read(inside, 'grid-visit')).text).toMatch(/"birthDate":"\d{4}-/);
  for (const [id, scenario] of [
    [inside, 'service-handling'],
    [outside, 'grid-visit'],
  ] as const) {
    const { data, errors } = await read(id, scenario);
    expect(data).toEqual({ person: { birthDate: null } });
    expect(errors[0]?.extensions?.code).toBe('FIELD_RIGHT_MISSING');
  }
});
