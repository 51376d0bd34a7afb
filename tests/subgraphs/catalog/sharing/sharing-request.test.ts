import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CityHub, type HubRole, openCityHub } from '../../../kit/city-hub.ts';
import {
  ADVANCE_REQUEST,
  birthDateRequest,
  carry,
  END_GRANT,
  matterRows,
  SUBMIT_REQUEST,
} from './matter-operations.ts';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
type Payload = any;

const submit = async (change: object = {}): Promise<string> => {
  const payload = await carry<Payload>(hub, 'frontend', SUBMIT_REQUEST, {
    ...(await birthDateRequest(hub)),
    ...change,
  });
  expect(payload.__typename).toBe('SubmitSharingRequestSuccess');
  return payload.request.id;
};
/** A client of a department that has none among the demo's. */
async function clientOf(departmentCode: string): Promise<{ client: string }> {
  const client = `of-${departmentCode}`;
  const terms = { kind: 'SYSTEM', jurisdictionCodes: ['3304'], jurisdictionRule: 'DIVISIONS', active: true } as const;
  const name = departmentCode;
  await hub.catalog.ensureClients([
    { ...terms, clientId: client, name, departmentCode, rights: ['sharing.write'], costBudgetPerMinute: 1_000_000 },
  ]);
  return { client };
}
const advance = (role: HubRole, id: string, event: string, note?: string): Promise<Payload> =>
  carry(hub, role, ADVANCE_REQUEST, { id, event, note });

describe('asking', () => {
  test('a complete request goes to the source of its items and starts its clock of ten working days', async () => {
    const before = await matterRows(hub);
    const payload = await carry<Payload>(hub, 'frontend', SUBMIT_REQUEST, await birthDateRequest(hub));
    expect(payload.request).toMatchObject({
      state: 'SUBMITTED',
      attribute: 'CONDITIONAL',
      providingDepartment: { code: 'public-security' },
      dutyOf: { code: 'public-security' },
      // From Tuesday 2026-06-30 over two ordinary weeks.
      deadline: {
        dueOn: '2026-07-14',
        ruleCode: 'SHARING_ANSWER_CONDITIONAL',
        workingDaysLeft: 10,
        certainty: 'FINAL',
      },
    });
    const after = await matterRows(hub);
    const grown = Object.fromEntries(
      Object.entries(after).flatMap(([table, count]) => {
        const more = count - (before[table] ?? 0);
        return more === 0 ? [] : [[table, more]];
      }),
    );
    expect(grown).toEqual({ sharing_request: 1, duty: 1, matter_step: 1, outbox: 1, provenance: 1, idempotency: 1 });
  });

  test('everything that is missing is told once, in one list, and nothing is written', async () => {
    const before = await matterRows(hub);
    const payload = await carry<Payload>(hub, 'frontend', SUBMIT_REQUEST, {});
    expect(payload).toMatchObject({ __typename: 'IncompleteRefusal', code: 'REQUEST_INCOMPLETE' });
    expect(payload.gaps.map(({ culprit }: { culprit: string }) => culprit)).toEqual([
      'input.legalBasisCode',
      'input.basisText',
      'input.purposeText',
      'input.coordinates',
      'input.scenarioCode',
      'input.divisionCodes',
      'input.mode',
      'input.validUntil',
    ]);
    expect(await matterRows(hub)).toEqual(before);
  });

  test.each([
    ['an unknown basis', { legalBasisCode: 'PIPL-99' }, ['input.legalBasisCode']],
    ['an unknown scenario', { scenarioCode: 'curiosity' }, ['input.scenarioCode']],
    ['a scenario of another department', { scenarioCode: 'population-register' }, ['input.scenarioCode']],
    ['an item that does not exist', { coordinates: ['Person.shoeSize'] }, ['input.coordinates']],
    ['structure of the graph', { coordinates: ['PersonConnection.nodes'] }, ['input.coordinates']],
    ['an item that is open already', { coordinates: ['Community.name'] }, ['input.coordinates']],
    ['items of two sources', { coordinates: ['Person.birthDate', 'PartyMember.joinedOn'] }, ['input.coordinates']],
    ['another county', { divisionCodes: ['330199'] }, ['input.divisionCodes[0]']],
    ['no division at all', { divisionCodes: ['somewhere'] }, ['input.divisionCodes[0]']],
    ['a period in the past', { validFrom: '2026-06-01' }, ['input.validFrom']],
    ['a period that ends before it begins', { validUntil: '2026-06-29' }, ['input.validUntil']],
    ['a citizen number in its text', { purposeText: '核对 330499199001010012 的年龄' }, ['input.purposeText']],
  ])('%s is a gap, and nothing is written', async (_what, change, culprits) => {
    const before = await matterRows(hub);
    const payload = await carry<Payload>(hub, 'frontend', SUBMIT_REQUEST, {
      ...(await birthDateRequest(hub)),
      ...change,
    });
    expect(payload.gaps.map(({ culprit }: { culprit: string }) => culprit)).toEqual(culprits);
    expect(JSON.stringify(payload)).not.toContain('330499199001010012');
    expect(await matterRows(hub)).toEqual(before);
  });

  test('data that is shared unconditionally, wanted in batches, is answered within one working day, and is not refused', async () => {
    const payload = await carry<Payload>(hub, 'frontend', SUBMIT_REQUEST, {
      ...(await birthDateRequest(hub)),
      coordinates: ['Division.name'],
      mode: 'BATCH_EXCHANGE',
    });
    expect(payload.request).toMatchObject({
      attribute: 'UNCONDITIONAL',
      deadline: { dueOn: '2026-07-01', ruleCode: 'SHARING_ANSWER_UNCONDITIONAL' },
    });
    const provider = await clientOf(payload.request.providingDepartment.code);
    expect(await advance(provider, payload.request.id, 'REFUSE', '不便提供')).toMatchObject({
      code: 'TRANSITION_INCOMPLETE',
    });
    const { request } = await advance(provider, payload.request.id, 'APPROVE');
    expect(request).toMatchObject({ state: 'APPROVED', grant: { coordinates: ['Division.name'] } });
  });

  test('basis, scenario, scope (items, area, rows), mode and period are shown as they were stated', async () => {
    const stated = { ...(await birthDateRequest(hub)), rowsText: '仅限 60 岁以上申请人', validFrom: '2026-07-01' };
    const { request } = await carry<Payload>(hub, 'frontend', SUBMIT_REQUEST, stated);
    const ask = `query ($id: ID!) { node(id: $id) { ... on SharingRequest { legalBasisCode basisText scenarioCode purposeText
      coordinates divisionCodes rowsText mode validFrom validUntil } } }`;
    for (const role of ['frontend', 'system', 'steward'] as const) {
      expect((await hub.ask(role, ask, { id: request.id })).data).toEqual({ node: stated });
    }
  });

  test('over Spring Festival 2026 the clock jumps the holiday and counts the Saturdays that are worked', async () => {
    hub.clock.set('2026-02-10T02:00:00Z');
    try {
      const payload = await carry<Payload>(hub, 'frontend', SUBMIT_REQUEST, await birthDateRequest(hub));
      expect(payload.request.deadline).toMatchObject({ dueOn: '2026-03-02', certainty: 'FINAL' });
    } finally {
      hub.clock.set('2026-06-30T02:00:00Z');
    }
  });
});

describe('answering', () => {
  test('only the provider answers; a stranger does not even learn of the request', async () => {
    const id = await submit();
    expect(await advance('frontend', id, 'APPROVE')).toMatchObject({ code: 'TRANSITION_NOT_YOURS' });
    const party = { ...(await birthDateRequest(hub)), coordinates: ['PartyMember.joinedOn'] };
    const other = await carry<Payload>(hub, 'frontend', SUBMIT_REQUEST, party);
    const before = await matterRows(hub);
    expect(await advance('system', other.request.id, 'APPROVE')).toMatchObject({ code: 'REQUEST_NOT_FOUND' });
    const { data } = await hub.ask('system', 'query ($id: ID!) { node(id: $id) { id } }', { id: other.request.id });
    expect(data).toEqual({ node: null });
    expect(await matterRows(hub)).toEqual(before);
  });

  test('what is missing is told once only', async () => {
    const id = await submit();
    const told = await advance('system', id, 'REQUEST_SUPPLEMENT', '请补充经办人职责文件');
    expect(told.request).toMatchObject({ state: 'SUPPLEMENT_REQUIRED', dutyOf: { code: 'civil-affairs' } });
    const supplied = await advance('frontend', id, 'SUPPLEMENT', '已补充');
    expect(supplied.request).toMatchObject({ state: 'SUBMITTED', dutyOf: { code: 'public-security' } });
    const again = await advance('system', id, 'REQUEST_SUPPLEMENT', '再补一份');
    expect(again).toMatchObject({ code: 'TRANSITION_INCOMPLETE' });
    expect(again.messageEn).toContain('told once');
  });

  test('a refusal states its reason', async () => {
    const id = await submit();
    expect(await advance('system', id, 'REFUSE')).toMatchObject({ code: 'TRANSITION_INCOMPLETE' });
    const refused = await advance('system', id, 'REFUSE', '超出职责范围');
    expect(refused.request).toMatchObject({ state: 'REFUSED', dutyOf: null, deadline: null, grant: null });
    expect(refused.request.steps.at(-1)).toMatchObject({ event: 'REFUSE', note: '超出职责范围' });
  });

  test('approval makes the grant, and starts the clock of twenty working days for the delivery', async () => {
    const id = await submit();
    const approved = await advance('system', id, 'APPROVE');
    expect(approved.request).toMatchObject({
      state: 'APPROVED',
      deadline: { dueOn: '2026-07-28', ruleCode: 'SHARING_DELIVERY' },
      grant: { state: 'LIVE', coordinates: ['Person.birthDate'] },
    });
    const delivered = await advance('frontend', id, 'CONFIRM_DELIVERY');
    expect(delivered.request).toMatchObject({ state: 'DELIVERED', deadline: null });
    const { rows } = await hub.pool.query(
      'SELECT count(*)::int AS count FROM catalog.duty WHERE met_at IS NULL AND subject_id = $1',
      [id.split(':')[1]],
    );
    expect(rows).toEqual([{ count: 0 }]);
  });

  test('twenty callers that approve at once make one grant', async () => {
    const id = await submit();
    const answers: Payload[] = await Promise.all(Array.from({ length: 20 }, () => advance('system', id, 'APPROVE')));
    const codes = answers.map(({ __typename, code }) => code ?? __typename);
    expect(codes.filter((code) => code === 'AdvanceSharingRequestSuccess')).toHaveLength(1);
    expect(codes.filter((code) => code === 'TRANSITION_NOT_ALLOWED')).toHaveLength(19);
    const { rows } = await hub.pool.query(
      `SELECT (SELECT count(*)::int FROM catalog.sharing_grant WHERE request_id = $1) AS grants,
              (SELECT count(*)::int FROM catalog.duty WHERE subject_id = $1) AS duties,
              (SELECT count(*)::int FROM catalog.outbox WHERE entity_id = $2) AS events`,
      [id.split(':')[1], id],
    );
    expect(rows).toEqual([{ grants: 1, duties: 2, events: 2 }]);
  });
});

describe('disputes', () => {
  test('go from the parties to the data authority to the common superior, each with its clock', async () => {
    const id = await submit();
    await advance('system', id, 'REFUSE', '无法提供');
    const first = await advance('frontend', id, 'DISPUTE', '履职确需');
    expect(first.request).toMatchObject({ state: 'DISPUTE_NEGOTIATION', dutyOf: { code: 'public-security' } });
    expect(await advance('steward', id, 'DECIDE_TO_SHARE', '同意')).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' });
    const second = await advance('frontend', id, 'REFER', '协商未果');
    expect(second.request).toMatchObject({ state: 'DISPUTE_MEDIATION', dutyOf: { code: 'data-authority' } });
    expect(await advance('frontend', id, 'REFER', '直接上报')).toMatchObject({ code: 'TRANSITION_NOT_YOURS' });
    const third = await advance('steward', id, 'REFER', '提请共同上级裁定');
    expect(third.request).toMatchObject({ state: 'DISPUTE_RULING', deadline: { ruleCode: 'SHARING_DISPUTE_RULING' } });
    const decided = await advance('steward', id, 'DECIDE_TO_SHARE', '上级裁定共享');
    expect(decided.request).toMatchObject({ state: 'APPROVED', grant: { state: 'LIVE' } });
    expect(decided.request.steps.map(({ event }: { event: string }) => event)).toEqual([
      'SUBMIT',
      'REFUSE',
      'DISPUTE',
      'REFER',
      'REFER',
      'DECIDE_TO_SHARE',
    ]);
  });

  test('end where the parties agree: the provider concedes, or the requester accepts the refusal', async () => {
    const [conceded, accepted] = [await submit(), await submit()];
    for (const id of [conceded, accepted]) {
      await advance('system', id, 'REFUSE', '无法提供');
      await advance('frontend', id, 'DISPUTE', '履职确需');
      expect(await advance('frontend', id, 'CONCEDE')).toMatchObject({ code: 'TRANSITION_NOT_YOURS' });
    }
    expect((await advance('system', conceded, 'CONCEDE')).request).toMatchObject({
      state: 'APPROVED',
      grant: { state: 'LIVE' },
      deadline: { ruleCode: 'SHARING_DELIVERY' },
    });
    expect((await advance('frontend', accepted, 'ACCEPT_REFUSAL')).request).toMatchObject({
      state: 'REFUSAL_FINAL',
      grant: null,
      deadline: null,
    });
  });

  test('end with the refusal when the ruling says so, without a grant', async () => {
    const id = await submit();
    await advance('system', id, 'REFUSE', '无法提供');
    await advance('frontend', id, 'DISPUTE', '履职确需');
    await advance('system', id, 'REFER', '协商未果');
    await advance('steward', id, 'REFER', '提请裁定');
    const kept = await advance('steward', id, 'DECIDE_NOT_TO_SHARE', '不予共享');
    expect(kept.request).toMatchObject({ state: 'REFUSAL_FINAL', grant: null, deadline: null });
  });
});

describe('overdue', () => {
  test('it is shown to the department and the authority, escalated once, and urged', async () => {
    const id = await submit();
    hub.clock.set('2026-07-15T02:00:00Z');
    try {
      const OVERDUE = `query { duties(first: 100, filter: { overdue: true }) { nodes {
        matter { id } department { code } escalatedAt deadline { overdue workingDaysLeft } } } }`;
      const mine = async (role: 'system' | 'frontend' | 'steward') => {
        const { data } = await hub.ask(role, OVERDUE);
        return (data as Payload).duties.nodes.filter((duty: Payload) => duty.matter.id === id);
      };
      const late = { department: { code: 'public-security' }, deadline: { overdue: true, workingDaysLeft: -1 } };
      expect(await mine('system')).toMatchObject([{ ...late, escalatedAt: null }]);
      expect(await mine('steward')).toMatchObject([late]);
      expect(await mine('frontend')).toEqual([]);

      const runs = await Promise.all([hub.catalog.runClocks(), hub.catalog.runClocks(), hub.catalog.runClocks()]);
      expect(runs.reduce((sum, { overdue }) => sum + overdue, 0)).toBeGreaterThan(0);
      expect(await hub.catalog.runClocks()).toEqual({ overdue: 0, ended: 0 });
      expect((await mine('steward'))[0].escalatedAt).not.toBeNull();
      const { rows } = await hub.pool.query(
        "SELECT payload FROM catalog.outbox WHERE event_type = 'duty.overdue' AND entity_id = $1",
        [id],
      );
      expect(rows).toHaveLength(1);
      expect(JSON.parse(rows[0].payload)).toMatchObject({ departmentCode: 'public-security', dueOn: '2026-07-14' });

      const urged = await advance('steward', id, 'URGE', '请尽快答复');
      expect(urged.request).toMatchObject({ state: 'SUBMITTED', deadline: { dueOn: '2026-07-14', overdue: true } });
    } finally {
      hub.clock.set('2026-06-30T02:00:00Z');
    }
    const fresh = await submit();
    expect(await advance('steward', fresh, 'URGE', '请尽快答复')).toMatchObject({ code: 'TRANSITION_INCOMPLETE' });
  });
});

test('each clock, of 1, 10 and 20 working days, is escalated once when it has run out, and not a day before', async () => {
  const change = { coordinates: ['Division.name'], mode: 'BATCH_EXCHANGE' };
  const [unconditional, conditional, delivery] = [await submit(change), await submit(), await submit()];
  await advance('system', delivery, 'APPROVE');
  const told = async (id: string) =>
    (
      await hub.pool.query<{ payload: string }>(
        "SELECT payload FROM catalog.outbox WHERE event_type = 'duty.overdue' AND entity_id = $1",
        [id],
      )
    ).rows.map(({ payload }) => JSON.parse(payload));
  try {
    for (const [id, ruleCode, dueOn, after] of [
      [unconditional, 'SHARING_ANSWER_UNCONDITIONAL', '2026-07-01', '2026-07-02'],
      [conditional, 'SHARING_ANSWER_CONDITIONAL', '2026-07-14', '2026-07-15'],
      [delivery, 'SHARING_DELIVERY', '2026-07-28', '2026-07-29'],
    ] as const) {
      hub.clock.set(`${dueOn}T15:59:59Z`);
      await hub.catalog.runClocks();
      expect([ruleCode, await told(id)]).toEqual([ruleCode, []]);
      hub.clock.set(`${after}T00:00:01+08:00`);
      await hub.catalog.runClocks();
      await hub.catalog.runClocks();
      expect(await told(id)).toMatchObject([{ ruleCode, dueOn, escalatedTo: 'data-authority' }]);
    }
  } finally {
    hub.clock.set('2026-06-30T02:00:00Z');
  }
});

describe('ending a grant', () => {
  const granted = async () => {
    const id = await submit();
    return (await advance('system', id, 'APPROVE')).request.grant.id as string;
  };

  test('its provider gives notice of five working days, its user gives it back at once', async () => {
    const noticed = await carry<Payload>(hub, 'system', END_GRANT, { grantId: await granted(), reason: '目的已实现' });
    expect(noticed.grant).toMatchObject({
      state: 'ENDING',
      endsAt: '2026-07-07T16:00:00.000Z',
      endReason: '目的已实现',
      endedBy: { code: 'public-security' },
    });
    const back = await carry<Payload>(hub, 'frontend', END_GRANT, { grantId: await granted(), reason: '不再需要' });
    expect(back.grant).toMatchObject({ state: 'ENDED', endsAt: '2026-06-30T02:00:00.000Z' });
  });

  test('twice, or by a stranger, is refused', async () => {
    const grantId = await granted();
    await carry(hub, 'frontend', END_GRANT, { grantId, reason: '不再需要' });
    const before = await matterRows(hub);
    expect(await carry(hub, 'system', END_GRANT, { grantId, reason: '再来' })).toMatchObject({
      code: 'GRANT_ALREADY_ENDED',
    });
    expect(await matterRows(hub)).toEqual(before);
  });
});
