import { GRAPH_CARD } from '../graph/data-card.ts';
import type { defineDepartment } from '../graph/department-type.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { defineRefusals } from '../graph/refusal-types.ts';
import type { AvailableTransition, StateMachine, TransitionRefusal, TransitionRow } from './state-machine.ts';

/** A step together with the machine that names its states. */
export interface TransitionStep {
  readonly row: TransitionRow;
  readonly machine: Pick<StateMachine<string, string, never>, 'stateName' | 'eventName'>;
}

/**
 * Declares what subgraphs with state machines share: `Transition` (what may be done next), `TransitionStep` (what was
 * done) and the refusal that names the allowed ones. Once per subgraph that has machines.
 */
export function defineTransitions<Store>(
  builder: GraphBuilder<Store>,
  refusalTypes: ReturnType<typeof defineRefusals<Store>>,
  department: ReturnType<typeof defineDepartment<Store>>,
) {
  const Transition = builder.objectRef<AvailableTransition>('Transition').implement({
    description: '可用流转 Something that the caller may do with a thing in its present state.',
    card: GRAPH_CARD,
    directives: { shareable: {} },
    fields: (t) => ({
      event: t.exposeString('event', { description: '流转代码 Code to give to the mutation.' }),
      nameZh: t.string({ description: '流转名称（中文） Its Chinese name.', resolve: ({ zh }) => zh }),
      nameEn: t.string({ description: '流转名称（英文） Its English name.', resolve: ({ en }) => en }),
      toState: t.exposeString('toState', { description: '目标状态 State that it leads to.' }),
      toStateZh: t.string({
        description: '目标状态名称 Chinese name of that state.',
        resolve: ({ toName }) => toName.zh,
      }),
      ready: t.boolean({
        description: '条件是否已具备 Whether all its conditions hold now.',
        resolve: ({ missing }) => missing.length === 0,
      }),
      missing: t.stringList({
        description: '尚缺的条件 Conditions that do not hold yet, in both languages.',
        resolve: ({ missing }) => missing.map(({ zh, en }) => `${zh} | ${en}`),
      }),
      requiredInputs: t.stringList({
        description: '必填输入项 Names of the inputs that it demands.',
        resolve: ({ inputs }) => [...inputs],
      }),
    }),
  });
  const refusal = builder.objectRef<TransitionRefusal>('TransitionRefusal').implement({
    description:
      '流转被拒 The step is skipped, repeated, incomplete or not the caller’s; says what is allowed instead.',
    card: GRAPH_CARD,
    directives: { shareable: {} },
    interfaces: [refusalTypes.Refusal],
    fields: (t) => ({
      allowed: t.field({
        type: [Transition],
        description: '现在可用的流转 What the caller may do now.',
        resolve: ({ allowed }) => [...allowed],
      }),
    }),
  });
  const step = builder.objectRef<TransitionStep>('TransitionStep').implement({
    description: '流转记录 One step that was taken.',
    card: GRAPH_CARD,
    directives: { shareable: {} },
    fields: (t) => ({
      ordinal: t.int({ description: '序号 Place in the history, from 1.', resolve: ({ row }) => row.ordinal }),
      event: t.string({ description: '流转代码 What was done.', resolve: ({ row }) => row.event }),
      eventZh: t.string({
        description: '流转名称 Its Chinese name.',
        resolve: ({ row, machine }) => machine.eventName(row.event).zh,
      }),
      fromState: t.string({
        nullable: true,
        description: '原状态 State before; null for the first step.',
        resolve: ({ row }) => row.fromState,
      }),
      toState: t.string({ description: '新状态 State after.', resolve: ({ row }) => row.toState }),
      toStateZh: t.string({
        description: '新状态名称 Chinese name of the state after.',
        resolve: ({ row, machine }) => machine.stateName(row.toState).zh,
      }),
      at: t.field({ type: 'DateTime', description: '时间 When.', resolve: ({ row }) => row.at }),
      actorDepartment: t.field({
        type: department,
        description: '操作部门 Department that took the step.',
        resolve: ({ row }) => ({ code: row.actorDepartmentCode }),
      }),
      note: t.string({ nullable: true, description: '办理意见 What was noted.', resolve: ({ row }) => row.note }),
    }),
  });
  return { Transition, TransitionStep: step, TransitionRefusal: refusal };
}
