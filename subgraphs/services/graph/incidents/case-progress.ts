import { departments } from '../../../kit/codes/departments.ts';
import { globalId } from '../../../kit/global-id.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { incidentMachine } from '../../rules/incidents/incident-machine.ts';
import type { IncidentRow, IncidentState } from '../../store/incidents/incident-rows.ts';
import { findCases } from '../../store/incidents/incident-rows.ts';
import {
  findTransitionsOfIncidents,
  type IncidentTransitionRow,
} from '../../store/incidents/incident-transition-rows.ts';
import { builder, Deadline, Department } from '../builder.ts';
import { progressFields, progressLoader } from '../progress.ts';
import { IncidentCategory, IncidentState as IncidentStateType } from '../vocabulary.ts';
import { incidentDeadline } from './incident-deadline.ts';

/** What everybody with the code may see: neither who nor where nor a free text. */
const PUBLIC_CARD: DataCard = {
  source: 'political-legal',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'PUBLIC',
  updateCycle: 'REALTIME',
};

const CaseStage = builder.objectRef<{ state: IncidentState; at: Date }>('CaseStage').implement({
  description: '办理环节 A stage that the case has reached.',
  card: PUBLIC_CARD,
  fields: (t) => ({
    state: t.field({ type: IncidentStateType, description: '环节 Stage.', resolve: ({ state }) => state }),
    nameZh: t.string({
      description: '环节名称 Its Chinese name.',
      resolve: ({ state }) => incidentMachine.stateName(state).zh,
    }),
    at: t.field({ type: 'DateTime', description: '时间 When.', resolve: ({ at }) => at }),
  }),
});

export const caseLoader = progressLoader<IncidentRow>('CaseProgress', (ids, { store, trace }) =>
  findCases(store, ids, trace),
);

export const CaseProgress = builder.objectRef<IncidentRow>('CaseProgress').implement({
  description: '案件进度 A case as anybody with its code may follow it: no person, no place, no text.',
  card: PUBLIC_CARD,
  entity: caseLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...progressFields(t, 'CaseProgress', 'caseCode'),
    category: t.field({
      type: IncidentCategory,
      description: '事件类别 What it is about.',
      resolve: (row) => row.category,
    }),
    state: t.field({ type: IncidentStateType, description: '现状 Where it stands.', resolve: (row) => row.state }),
    dueAt: t.expose('dueAt', {
      type: 'DateTime',
      nullable: true,
      description: '办理期限 Until when it has to be dealt with; null until accepted.',
    }),
    deadline: t.field({
      type: Deadline,
      nullable: true,
      description: '办理期限详情 The deadline with its rule and basis; null until accepted.',
      resolve: (incident, _args, context) => incidentDeadline(incident, context),
    }),
    closedAt: t.expose('closedAt', {
      type: 'DateTime',
      nullable: true,
      description: '结案时间 When it was closed; null while it is open.',
    }),
    handlerDepartment: t.field({
      type: Department,
      nullable: true,
      description: '承办部门 Who handles it; null until dispatched.',
      resolve: ({ handlerDepartmentCode: code }) => (code === null || !(code in departments) ? null : { code }),
    }),
    stages: t.field({
      type: [CaseStage],
      description: '办理环节 Stages in their order; what repeats a stage is left out.',
      resolve: async (incident, _args, context) => {
        const steps = await context.loaders
          .get<IncidentTransitionRow[]>('incident:history', (ids) =>
            findTransitionsOfIncidents(context.store, ids, context.trace),
          )
          .load(incident.id);
        return steps
          .filter(({ fromState, toState }) => fromState !== toState)
          .map(({ toState, at }) => ({ state: toState, at }));
      },
    }),
  }),
});

builder.queryField('caseByCode', (t) =>
  t.field({
    type: CaseProgress,
    nullable: true,
    description: '按案件码查进度 Progress of a case, for whoever holds its code; null for a code of no case.',
    args: { caseCode: t.arg.string({ required: true, description: '案件码 26 characters.' }) },
    resolve: (_root, { caseCode }, context) => caseLoader.load(globalId('CaseProgress', caseCode), context),
  }),
);
