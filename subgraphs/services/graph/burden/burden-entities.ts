import { findUuidKey } from '../../../kit/global-id.ts';
import { defineConnection } from '../../../kit/graph/connection.ts';
import { entityLoader } from '../../../kit/graph/entity-loader.ts';
import { placeRows, REFERENCE_ROWS } from '../../../kit/graph/row-scope.ts';
import { type AdmissionItemRow, admissionTable } from '../../store/burden/admission-rows.ts';
import { type BurdenItemRow, burdenTable } from '../../store/burden/burden-rows.ts';
import { type FormalismReportRow, findReports } from '../../store/burden/report-rows.ts';
import { type CommunityTaskRow, taskTable } from '../../store/burden/task-rows.ts';
import {
  entryTable,
  type WorkListEntryRow,
  type WorkListRow,
  workListTable,
} from '../../store/burden/work-list-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, PageInfo } from '../builder.ts';

/** The entities of what burdens communities and what may be asked of them; each file says what its own has. */
export const AdmissionItem = builder.objectRef<AdmissionItemRow>('AdmissionItem');
export const AdmissionItemConnection = defineConnection(builder, 'AdmissionItem', AdmissionItem, PageInfo);
export const admissionItemLoader = entityLoader<AdmissionItemRow, ServicesStore>(
  'AdmissionItem',
  REFERENCE_ROWS,
  (id) => findUuidKey('AdmissionItem', id),
  (keys, context) => admissionTable.find(context.store, keys, context.caller, context.trace),
);

export const CommunityTask = builder.objectRef<CommunityTaskRow>('CommunityTask');
export const CommunityTaskConnection = defineConnection(builder, 'CommunityTask', CommunityTask, PageInfo);
export const communityTaskLoader = entityLoader<CommunityTaskRow, ServicesStore>(
  'CommunityTask',
  placeRows('services.community_task'),
  (id) => findUuidKey('CommunityTask', id),
  (keys, context) => taskTable.find(context.store, keys, context.caller, context.trace),
);

export const BurdenItem = builder.objectRef<BurdenItemRow>('BurdenItem');
export const BurdenItemConnection = defineConnection(builder, 'BurdenItem', BurdenItem, PageInfo);
export const burdenItemLoader = entityLoader<BurdenItemRow, ServicesStore>(
  'BurdenItem',
  placeRows('services.burden_item'),
  (id) => findUuidKey('BurdenItem', id),
  (keys, context) => burdenTable.find(context.store, keys, context.caller, context.trace),
);

export const FormalismReport = builder.objectRef<FormalismReportRow>('FormalismReport');
export const FormalismReportConnection = defineConnection(builder, 'FormalismReport', FormalismReport, PageInfo);
export const formalismReportLoader = entityLoader<FormalismReportRow, ServicesStore>(
  'FormalismReport',
  placeRows('services.formalism_report'),
  (id) => findUuidKey('FormalismReport', id),
  (keys, context) => findReports(context.store, keys, context.caller, context.trace),
);

export const WorkList = builder.objectRef<WorkListRow>('WorkList');
export const workListLoader = entityLoader<WorkListRow, ServicesStore>(
  'WorkList',
  REFERENCE_ROWS,
  (id) => findUuidKey('WorkList', id),
  (keys, context) => workListTable.find(context.store, keys, context.caller, context.trace),
);

export const WorkListEntry = builder.objectRef<WorkListEntryRow>('WorkListEntry');
export const WorkListEntryConnection = defineConnection(builder, 'WorkListEntry', WorkListEntry, PageInfo);
export const workListEntryLoader = entityLoader<WorkListEntryRow, ServicesStore>(
  'WorkListEntry',
  placeRows('services.work_list_entry'),
  (id) => findUuidKey('WorkListEntry', id),
  (keys, context) => entryTable.find(context.store, keys, context.caller, context.trace),
);
