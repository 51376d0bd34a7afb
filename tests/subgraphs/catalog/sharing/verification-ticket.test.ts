import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../../../kit/city-hub.ts';
import { ADVANCE_TICKET, carry, FILE_TICKET, matterRows } from './matter-operations.ts';

let hub: CityHub;
let personId: string;
beforeAll(async () => {
  hub = await openCityHub();
  const { rows } = await hub.pool.query<{ id: string }>('SELECT id FROM people.person ORDER BY id LIMIT 1');
  personId = `Person:${rows[0]?.id}`;
});
afterAll(() => hub[Symbol.asyncDispose]());

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
type Payload = any;

const file = (change: object = {}): Promise<Payload> =>
  carry(hub, 'frontend', FILE_TICKET, {
    coordinate: 'Person.ethnicGroup',
    entityId: personId,
    description: '与毕业证书不一致',
    ...change,
  });
const advance = (role: 'system' | 'frontend' | 'steward', id: string, event: string, note?: string): Promise<Payload> =>
  carry(hub, role, ADVANCE_TICKET, { id, event, note });

test('a ticket goes to the source of the item, which corrects it or confirms it as it is', async () => {
  const { ticket } = await file();
  expect(ticket).toMatchObject({
    state: 'FILED',
    sourceDepartment: { code: 'public-security' },
    deadline: { dueOn: '2026-07-14', ruleCode: 'VERIFICATION_ANSWER' },
  });
  expect(await advance('frontend', ticket.id, 'CORRECT', '自行更正')).toMatchObject({ code: 'TRANSITION_NOT_YOURS' });
  expect(await advance('system', ticket.id, 'CORRECT')).toMatchObject({ code: 'TRANSITION_INCOMPLETE' });
  const corrected = await advance('system', ticket.id, 'CORRECT', '已按证书更正');
  expect(corrected.ticket).toMatchObject({ state: 'CORRECTED', answer: '已按证书更正', deadline: null });
  expect(await advance('system', ticket.id, 'CONFIRM', '改口')).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' });

  const second = await file();
  const confirmed = await advance('system', second.ticket.id, 'CONFIRM', '核实无误');
  expect(confirmed.ticket.state).toBe('CONFIRMED');
});

test('a ticket that is late is shown as overdue, and the authority urges it', async () => {
  const { ticket } = await file();
  expect(await advance('steward', ticket.id, 'URGE', '请答复')).toMatchObject({ code: 'TRANSITION_INCOMPLETE' });
  hub.clock.set('2026-07-20T02:00:00Z');
  try {
    expect((await advance('steward', ticket.id, 'URGE', '请答复')).ticket.state).toBe('FILED');
    const { data } = await hub.ask(
      'system',
      '{ duties(filter: { overdue: true, matterKind: VerificationTicket }) { nodes { matter { id } deadline { workingDaysLeft } } } }',
    );
    expect((data as Payload).duties.nodes).toContainEqual({
      matter: { id: ticket.id },
      deadline: { workingDaysLeft: -4 },
    });
  } finally {
    hub.clock.set('2026-06-30T02:00:00Z');
  }
});

test.each([
  ['an item that does not exist', { coordinate: 'Person.shoeSize' }, 'CATALOGUE_ITEM_UNKNOWN'],
  ['a thing of another type', { entityId: 'Community:330402007024' }, 'ENTITY_ID_INVALID'],
  ['nobody', { entityId: 'Person:019f0000-0000-7000-8000-000000000000' }, 'OBJECT_UNKNOWN'],
  ['no id at all', { entityId: 'x' }, 'OBJECT_UNKNOWN'],
  ['a telephone number in its text', { description: '应为 13800138000' }, 'PERSONAL_NUMBER_IN_TEXT'],
  ['no text', { description: ' ' }, 'INPUT_MISSING'],
])('%s is refused and leaves nothing', async (_what, change, code) => {
  const before = await matterRows(hub);
  expect(await file(change)).toMatchObject({ code });
  expect(await matterRows(hub)).toEqual(before);
});

test('the source does not ask itself', async () => {
  const before = await matterRows(hub);
  const input = { coordinate: 'Person.ethnicGroup', entityId: personId, description: '有误' };
  expect(await carry(hub, 'system', FILE_TICKET, input)).toMatchObject({ code: 'SOURCE_ASKS_ITSELF' });
  expect(await matterRows(hub)).toEqual(before);
});

test('of twenty answers at once one is taken', async () => {
  const { ticket } = await file();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      advance('system', ticket.id, index % 2 ? 'CORRECT' : 'CONFIRM', `第 ${index} 次`),
    ),
  );
  expect(answers.filter(({ __typename }) => __typename === 'AdvanceVerificationTicketSuccess')).toHaveLength(1);
  const { rows } = await hub.pool.query(
    'SELECT count(*)::int AS steps FROM catalog.matter_step WHERE subject_id = $1',
    [ticket.id.split(':')[1]],
  );
  expect(rows).toEqual([{ steps: 2 }]);
});
