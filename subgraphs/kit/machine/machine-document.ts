import type { AnyMachineDeclaration } from './machine-declaration.ts';
import { type AnyStateMachine, whoMay } from './state-machine.ts';

/** The machine as a Mermaid state diagram. */
export function machineDiagram(machine: AnyMachineDeclaration): string {
  const lines = ['stateDiagram-v2'];
  for (const [state, { zh, en }] of Object.entries(machine.states)) lines.push(`  state "${zh} ${en}" as ${state}`);
  lines.push(`  [*] --> ${machine.initial}`);
  for (const { event, from, to } of machine.transitions) {
    const label = machine.events[event]?.zh ?? event;
    for (const state of from) lines.push(`  ${state} --> ${to ?? state}: ${label}`);
  }
  for (const [state, { terminal }] of Object.entries(machine.states)) if (terminal) lines.push(`  ${state} --> [*]`);
  return lines.join('\n');
}

/** `docs/state-machines.md`: every machine of the graph with its diagram and its table of transitions. */
export function machineDocument(machines: readonly AnyStateMachine[]): string {
  const chapters = [...machines]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, declaration }) =>
      [
        `## ${declaration.zh} ${name}`,
        declaration.en,
        `\`\`\`mermaid\n${machineDiagram(declaration)}\n\`\`\``,
        transitionTable(declaration),
        ...clockTable(declaration),
      ].join('\n\n'),
    );
  return [
    '# 状态机 State machines',
    '由声明生成，`npm run contracts` 重新打印。 Printed from the declarations by `npm run contracts`; what the graph offers now is in each entity’s `availableTransitions`.',
    ...chapters,
    '',
  ].join('\n\n');
}

function transitionTable(machine: AnyMachineDeclaration): string {
  const rows = machine.transitions.map((transition) => {
    const { event, from, to } = transition;
    const who = whoMay(transition, machine.roles);
    const needs = [
      ...(transition.guards ?? []).map((name) => words(machine.guards?.[name], name)),
      ...(transition.inputs ?? []).map((name) => `\`${name}\` ${words(machine.inputs?.[name], name)}`),
    ];
    return `| \`${event}\` ${words(machine.events[event], event)} | ${from.join(', ')} | ${to ?? '—'} | ${who.zh} ${who.en} | ${needs.join('; ') || '—'} |`;
  });
  return ['| 流转 Transition | 从 From | 到 To | 谁 Who | 条件 Needs |', '|---|---|---|---|---|', ...rows].join('\n');
}

function clockTable(machine: AnyMachineDeclaration): string[] {
  const clocks = Object.entries(machine.states).filter(([, { clock }]) => clock !== undefined);
  if (clocks.length === 0) return [];
  return [
    ['| 状态 State | 时限规则 Deadline rule |', '|---|---|']
      .concat(clocks.map(([state, { zh, clock }]) => `| ${state} ${zh} | \`${clock}\` |`))
      .join('\n'),
  ];
}

function words(named: { readonly zh: string; readonly en: string } | undefined, name: string): string {
  return named === undefined ? name : `${named.zh} ${named.en}`;
}
