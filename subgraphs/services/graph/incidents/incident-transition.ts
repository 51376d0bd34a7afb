import type { IncidentTransitionRow } from '../../store/incidents/incident-transition-rows.ts';
import { builder, Department } from '../builder.ts';
import { IncidentState } from '../vocabulary.ts';

export const IncidentTransition = builder.objectRef<IncidentTransitionRow>('IncidentTransition').implement({
  description: '事件流转 One step of an incident.',
  card: {
    source: 'political-legal',
    sharing: 'CONDITIONAL',
    grade: 2,
    category: 'GOVERNMENT',
    updateCycle: 'REALTIME',
  },
  fields: (t) => ({
    ordinal: t.exposeInt('ordinal', { description: '序号 Place in the history, from 1.' }),
    fromState: t.field({
      type: IncidentState,
      nullable: true,
      description: '原状态 State before; null for the report itself.',
      resolve: (step) => step.fromState,
    }),
    toState: t.field({ type: IncidentState, description: '新状态 State after.', resolve: (step) => step.toState }),
    event: t.exposeString('event', {
      nullable: true,
      description: '流转代码 What was done; null for imported steps, which name states only.',
    }),
    at: t.expose('at', { type: 'DateTime', description: '时间 When.' }),
    actorDepartment: t.field({
      type: Department,
      description: '操作部门 Department that took the step.',
      resolve: (step) => ({ code: step.actorDepartmentCode }),
    }),
    note: t.exposeString('note', { nullable: true, description: '办理意见 What was noted.' }),
  }),
});
