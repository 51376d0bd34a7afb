import type { AnyMachineDeclaration } from './machine-declaration.ts';

/**
 * What is wrong with a declaration, each fault in a sentence; empty when it is sound. Finds states that are not
 * declared or never reached, states from which no end is reached, ends that are left again, the same transition
 * twice, and roles, guards, inputs or events that are named but not declared, or declared but never used.
 */
export function machineFaults(machine: AnyMachineDeclaration): string[] {
  const faults: string[] = [];
  const states = Object.keys(machine.states);
  const known = new Set(states);
  const seen = new Set<string>();
  const next = new Map<string, string[]>(states.map((state) => [state, []]));

  if (!known.has(machine.initial)) faults.push(`the initial state ${machine.initial} is not declared`);
  for (const { event, from, to } of machine.transitions) {
    if (from.length === 0) faults.push(`${event} starts in no state`);
    for (const state of [...from, ...(to === undefined ? [] : [to])]) {
      if (!known.has(state)) faults.push(`${event} names the state ${state}, which is not declared`);
    }
    for (const state of from) {
      const step = `${event} from ${state}`;
      if (seen.has(step)) faults.push(`${step} is declared twice`);
      seen.add(step);
      if (machine.states[state]?.terminal === true) faults.push(`${step} leaves a terminal state`);
      if (to !== undefined) next.get(state)?.push(to);
    }
  }
  if (known.has(machine.initial)) {
    const reached = reachable([machine.initial], next);
    for (const state of states) if (!reached.has(state)) faults.push(`the state ${state} is never reached`);
  }
  const ends = states.filter((state) => machine.states[state]?.terminal === true);
  if (ends.length === 0) faults.push('no state is terminal');
  const ending = reachable(ends, reversed(next));
  for (const state of states) if (!ending.has(state)) faults.push(`no terminal state is reached from ${state}`);

  for (const part of ['events', 'roles', 'guards', 'inputs'] as const) {
    const declared = Object.keys(machine[part] ?? {});
    const used = new Set(
      machine.transitions.flatMap((transition) =>
        part === 'events' ? [transition.event] : [...(transition[part] ?? [])],
      ),
    );
    for (const name of used) if (!declared.includes(name)) faults.push(`${part} lack ${name}, which is used`);
    for (const name of declared) if (!used.has(name)) faults.push(`${name} of ${part} is never used`);
  }
  return faults;
}

function reachable(starts: readonly string[], next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const waiting = [...starts];
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    if (reached.has(state)) continue;
    reached.add(state);
    waiting.push(...(next.get(state) ?? []));
  }
  return reached;
}

function reversed(next: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const back = new Map<string, string[]>();
  for (const [from, targets] of next) {
    for (const to of targets) back.set(to, [...(back.get(to) ?? []), from]);
  }
  return back;
}
