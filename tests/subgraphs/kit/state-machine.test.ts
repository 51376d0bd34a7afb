import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Caller } from '../../../subgraphs/kit/caller/caller.ts';
import { machineFaults } from '../../../subgraphs/kit/machine/check-machine.ts';
import type { AnyMachineDeclaration } from '../../../subgraphs/kit/machine/machine-declaration.ts';
import { machineDiagram, machineDocument } from '../../../subgraphs/kit/machine/machine-document.ts';
import { defineMachine, isTransitionRefusal } from '../../../subgraphs/kit/machine/state-machine.ts';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';
import { subgraphs } from '../../../subgraphs/registry.ts';
import { testCaller } from '../../kit/open-test-subgraph.ts';

interface Letter {
  readonly handler: string;
  readonly answered: boolean;
}

/** A letter is opened, answered by its handler (with a text), put off as often as need be, and filed. */
const letter = defineMachine<Letter>()({
  name: 'Letter',
  zh: '信件',
  en: 'A letter.',
  initial: 'RECEIVED',
  states: {
    RECEIVED: { zh: '收到', en: 'received' },
    OPEN: { zh: '拆阅', en: 'open', clock: 'letter.answer' },
    FILED: { zh: '归档', en: 'filed', terminal: true },
  },
  events: {
    OPEN_IT: { zh: '拆信', en: 'open it' },
    PUT_OFF: { zh: '延后', en: 'put it off' },
    FILE: { zh: '归档', en: 'file it' },
  },
  roles: {
    HANDLER: { zh: '承办部门', en: 'the handler', holds: (caller, { handler }) => caller.departmentCode === handler },
  },
  guards: { ANSWERED: { zh: '已回复', en: 'it was answered', holds: ({ answered }) => answered } },
  inputs: { note: { zh: '意见', en: 'a note' } },
  transitions: [
    { event: 'OPEN_IT', from: ['RECEIVED'], to: 'OPEN', right: 'incident.write' },
    { event: 'PUT_OFF', from: ['OPEN'], roles: ['HANDLER'], inputs: ['note'] },
    { event: 'FILE', from: ['OPEN'], to: 'FILED', roles: ['HANDLER'], guards: ['ANSWERED'], inputs: ['note'] },
  ],
});

const caller: Caller = testCaller(['3304'], 'incident.write');
const unanswered: Letter = { handler: 'civil-affairs', answered: false };
const take = (
  event: 'OPEN_IT' | 'PUT_OFF' | 'FILE',
  state: 'RECEIVED' | 'OPEN' | 'FILED',
  subject = unanswered,
  given: Record<string, unknown> = {},
  by = caller,
) => letter.take({ event, state, subject, caller: by, given, culprit: 'input.event' });

test('a transition leads from its state to the next, one without a target stays', () => {
  expect(take('OPEN_IT', 'RECEIVED')).toEqual({ event: 'OPEN_IT', from: 'RECEIVED', to: 'OPEN' });
  expect(take('PUT_OFF', 'OPEN', unanswered, { note: '等材料' })).toEqual({
    event: 'PUT_OFF',
    from: 'OPEN',
    to: 'OPEN',
  });
  expect(letter.clockOf('OPEN')).toBe('letter.answer');
  expect(letter.isTerminal('FILED')).toBe(true);
});

test('a skipped step is refused in both languages and names what is allowed', () => {
  const refusal = take('FILE', 'RECEIVED');

  expect(refusal).toMatchObject({
    __typename: 'TransitionRefusal',
    code: 'TRANSITION_NOT_ALLOWED',
    culprit: 'input.event',
    messageZh: '当前状态「收到」不能「归档」；现在可用：拆信(OPEN_IT)',
    messageEn: 'in state received it is not possible to file it; possible now: open it (OPEN_IT)',
    allowed: [{ event: 'OPEN_IT', toState: 'OPEN', missing: [], inputs: [] }],
  });
});

test('a repeated step is refused, and at the end nothing is allowed', () => {
  expect(take('OPEN_IT', 'OPEN')).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' });
  expect(take('FILE', 'FILED')).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED', allowed: [] });
});

test('a step of somebody else is refused and says whose it is', () => {
  const stranger: Caller = { ...testCaller(['3304']), departmentCode: 'health' };

  expect(take('FILE', 'OPEN', unanswered, { note: 'x' }, stranger)).toMatchObject({
    code: 'TRANSITION_NOT_YOURS',
    messageZh: '「归档」须由承办部门办理；您现在可用：无',
    messageEn: 'to file it is for: the handler; possible for you now: nothing',
  });
  expect(take('OPEN_IT', 'RECEIVED', unanswered, {}, stranger)).toMatchObject({
    code: 'TRANSITION_NOT_YOURS',
    messageZh: '「拆信」须由上报事件办理；您现在可用：无',
  });
});

test('a step that lacks something says all that it lacks at once', () => {
  const refusal = take('FILE', 'OPEN');

  expect(refusal).toMatchObject({
    code: 'TRANSITION_INCOMPLETE',
    messageZh: '「归档」尚缺：已回复、意见；补齐后再试。现在可用：延后(PUT_OFF)、归档(FILE)',
  });
  expect('code' in refusal && isTransitionRefusal(refusal)).toBe(true);
  expect(take('FILE', 'OPEN', { ...unanswered, answered: true }, { note: '办妥' })).toMatchObject({ to: 'FILED' });
});

test('what is available depends on state, caller and facts', () => {
  const events = (state: 'RECEIVED' | 'OPEN' | 'FILED', by = caller) =>
    letter.availableTransitions(state, by, unanswered).map(({ event, missing }) => [event, missing.length]);

  expect(events('RECEIVED')).toEqual([['OPEN_IT', 0]]);
  expect(events('OPEN')).toEqual([
    ['PUT_OFF', 0],
    ['FILE', 1],
  ]);
  expect(events('OPEN', { ...caller, departmentCode: 'health' })).toEqual([]);
  expect(events('FILED')).toEqual([]);
});

const sound: AnyMachineDeclaration = letter.declaration;
const faults = (change: Partial<AnyMachineDeclaration>) => machineFaults({ ...sound, ...change });

test('a sound declaration has no faults', () => {
  expect(machineFaults(sound)).toEqual([]);
});

test.each<[string, Partial<AnyMachineDeclaration>, string]>([
  ['an initial state that is not there', { initial: 'LOST' }, 'the initial state LOST is not declared'],
  [
    'a state that nothing leads to',
    { states: { ...sound.states, LOST: { zh: '遗失', en: 'lost', terminal: true } } },
    'the state LOST is never reached',
  ],
  [
    'the same transition twice',
    { transitions: [...sound.transitions, { event: 'FILE', from: ['OPEN'], to: 'FILED' }] },
    'FILE from OPEN is declared twice',
  ],
  [
    'a dead end',
    {
      states: { ...sound.states, LOST: { zh: '遗失', en: 'lost' } },
      transitions: [...sound.transitions, { event: 'PUT_OFF', from: ['RECEIVED'], to: 'LOST' }],
    },
    'no terminal state is reached from LOST',
  ],
  [
    'an end that is left',
    { transitions: [...sound.transitions, { event: 'OPEN_IT', from: ['FILED'], to: 'OPEN' }] },
    'OPEN_IT from FILED leaves a terminal state',
  ],
  [
    'an unknown state',
    { transitions: [...sound.transitions, { event: 'PUT_OFF', from: ['LOST'] }] },
    'PUT_OFF names the state LOST, which is not declared',
  ],
  ['a guard that is not declared', { guards: {} }, 'guards lack ANSWERED, which is used'],
  [
    'a role that nothing uses',
    { roles: { ...sound.roles, READER: { zh: '读者', en: 'the reader' } } },
    'READER of roles is never used',
  ],
  ['an event without a name', { events: { FILE: { zh: '归档', en: 'file' } } }, 'events lack OPEN_IT, which is used'],
])('%s is found', (_name, change, fault) => {
  expect(faults(change)).toContain(fault);
});

test('an unsound machine is never made', () => {
  expect(() =>
    defineMachine<object>()({
      ...{ name: 'Stuck', zh: '卡住', en: 'Stuck.', initial: 'A', events: { GO: { zh: '走', en: 'go' } } },
      states: { A: { zh: '甲', en: 'a' }, B: { zh: '乙', en: 'b' } },
      transitions: [{ event: 'GO', from: ['A'], to: 'B' }],
    }),
  ).toThrow('State machine Stuck: no state is terminal');
});

test('the diagram draws every transition, the loop included', () => {
  expect(machineDiagram(sound)).toBe(`stateDiagram-v2
  state "收到 received" as RECEIVED
  state "拆阅 open" as OPEN
  state "归档 filed" as FILED
  [*] --> RECEIVED
  RECEIVED --> OPEN: 拆信
  OPEN --> OPEN: 延后
  OPEN --> FILED: 归档
  FILED --> [*]`);
});

test('docs/state-machines.md is what the declarations say; npm run contracts prints it anew', () => {
  const machines = subgraphs.flatMap((definition) => definition.machines ?? []);

  expect(readFileSync(join(projectRoot, 'docs', 'state-machines.md'), 'utf8')).toBe(machineDocument(machines));
});
