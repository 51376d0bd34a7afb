import { dateInChina } from '../../../kit/clock.ts';
import { rightMissing } from '../../../kit/codes/right-missing.ts';
import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { type DataCard, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { advanceReport, fileMyReport, fileReport } from '../../rules/burden/formalism-report.ts';
import { type ReportKind, type ReportState, reportKinds, reportMachine } from '../../rules/burden/report-machine.ts';
import {
  type FormalismReportRow,
  findReportProgress,
  type ReportProgressRow,
  reportList,
} from '../../store/burden/report-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Deadline, Department, Person } from '../builder.ts';
import { machineFields } from '../entity-fields.ts';
import { termOf } from '../governance-rule.ts';
import { enteredAt, loadHistory } from '../history.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum, stateEnum } from '../machine-events.ts';
import { namedEnum } from '../named-enum.ts';
import { ownCall } from '../own-call.ts';
import { progressFields, progressLoader } from '../progress.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';
import { FormalismReport, FormalismReportConnection, formalismReportLoader } from './burden-entities.ts';

const REPORT_CARD: DataCard = {
  source: 'discipline-inspection',
  sharing: 'CONDITIONAL',
  grade: 3,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
};
const REPORTER_CARD = { grade: 4, category: 'PERSONAL', right: 'report.reporter' } as const;
const PUBLIC_CARD: DataCard = { ...REPORT_CARD, sharing: 'UNCONDITIONAL', grade: 1, category: 'PUBLIC' };

const ReportKindType = namedEnum('ReportKind', '举报种类 What is reported.', reportKinds);
const ReportStateType = stateEnum('ReportState', reportMachine);
type Context = SubgraphContext<ServicesStore>;

/** The reported department never learns who reported, whatever rights it holds. */
function refuseReported(row: FormalismReportRow, coordinate: string, { caller }: Context): void {
  if (caller.departmentCode === row.reportedDepartmentCode) {
    throw rightMissing(coordinate, 'discipline-inspection', 'report.reporter');
  }
}

/** The clock of the state that a report is in, begun when it entered it. */
async function deadline(row: Pick<FormalismReportRow, 'id' | 'state' | 'filedAt'>, context: Context) {
  const code = reportMachine.clockOf(row.state as ReportState);
  if (code === undefined) return null;
  return termOf(code, dateInChina(enteredAt(await loadHistory(row.id, reportMachine, context), row.filedAt)), context);
}

FormalismReport.implement({
  description:
    '形式主义举报 A report of formalism, for the desk that handles it and the department that it is about; who reported stays hidden from the latter.',
  card: REPORT_CARD,
  entity: formalismReportLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['reporterPersonId'],
      resolve: ({ reporterPersonId }) => personSubject(reporterPersonId),
    }),
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: (row) => globalId('FormalismReport', row.id),
    }),
    ...machineFields(t, reportMachine, (row, { caller }) =>
      reportMachine.availableTransitions(row.state as ReportState, caller, row),
    ),
    kind: t.field({ type: ReportKindType, description: '种类 Kind.', resolve: (row) => row.kind as ReportKind }),
    state: t.field({
      type: ReportStateType,
      description: '状态 Where it stands.',
      resolve: (row) => row.state as ReportState,
    }),
    reportedDepartment: t.field({
      type: Department,
      description: '被举报部门 Whom it is about.',
      resolve: (row) => ({ code: row.reportedDepartmentCode }),
    }),
    text: t.string({
      nullable: true,
      description: '举报内容 Its words, by which one may know who wrote them.',
      card: REPORTER_CARD,
      resolve: (row, _args, context) => {
        refuseReported(row, 'FormalismReport.text', context);
        return row.text;
      },
    }),
    reporter: t.field({
      type: Person,
      nullable: true,
      description: '举报人 Who reported; null for a report without a name.',
      card: REPORTER_CARD,
      resolve: (row, _args, context) => {
        refuseReported(row, 'FormalismReport.reporter', context);
        return row.reporterPersonId === null ? null : { id: globalId('Person', row.reporterPersonId) };
      },
    }),
    receiptCode: t.string({
      nullable: true,
      description: '回执码 Under which whoever reported follows it.',
      card: REPORTER_CARD,
      resolve: (row, _args, context) => {
        refuseReported(row, 'FormalismReport.receiptCode', context);
        return context.store.codes.codeOf('ReportProgress', row.id);
      },
    }),
    filedAt: t.expose('filedAt', { type: 'DateTime', description: '举报时间 When it was filed.' }),
    talkOn: t.expose('talkOn', { type: 'LocalDate', nullable: true, description: '约谈日期 When the talk was held.' }),
    deadline: t.field({
      type: Deadline,
      nullable: true,
      description: '本环节期限 Until when this state must be left; null without a clock.',
      resolve: (row, _args, context) => deadline(row, context),
    }),
  }),
});

const progress = progressLoader<ReportProgressRow>('ReportProgress', (ids, { store, trace }) =>
  findReportProgress(store, ids, trace),
);

const ReportProgress = builder.objectRef<ReportProgressRow>('ReportProgress').implement({
  description: '举报进度 A report as whoever holds its receipt may follow it: nobody’s name, no text, no place.',
  card: PUBLIC_CARD,
  entity: progress,
  interfaces: ['Node'],
  fields: (t) => ({
    ...progressFields(t, 'ReportProgress', 'receiptCode'),
    kind: t.field({ type: ReportKindType, description: '种类 Kind.', resolve: (row) => row.kind as ReportKind }),
    state: t.field({
      type: ReportStateType,
      description: '状态 Where it stands.',
      resolve: (row) => row.state as ReportState,
    }),
    stateNameZh: t.string({
      description: '状态名称 Its Chinese name.',
      resolve: (row) => reportMachine.stateName(row.state as ReportState).zh,
    }),
    filedAt: t.expose('filedAt', { type: 'DateTime', description: '举报时间 When it was filed.' }),
    deadline: t.field({
      type: Deadline,
      nullable: true,
      description: '本环节期限 Until when the next step is due.',
      resolve: (row, _args, context) => deadline(row, context),
    }),
  }),
});

const FiledReport = builder.objectRef<{ readonly reportId: string; readonly code: string }>('FiledReport').implement({
  description: '举报回执 What whoever reported keeps.',
  card: PUBLIC_CARD,
  fields: (t) => ({
    receiptCode: t.exposeString('code', { description: '回执码 26 characters; whoever has it may follow the report.' }),
    progress: t.field({
      type: ReportProgress,
      nullable: true,
      description: '举报进度 What `progressChanged` follows by its id.',
      resolve: ({ code }, _args, context) => progress.load(globalId('ReportProgress', code), context),
    }),
    reportId: t.id({ description: '举报编号 Id of the report.', card: KEY_CARD, resolve: ({ reportId }) => reportId }),
  }),
});

const ReportFilter = builder.inputType('FormalismReportFilter', {
  description: '举报筛选 Which reports; all given conditions hold together.',
  fields: (t) => ({
    state: t.field({ type: ReportStateType, description: '状态 In this state.' }),
    reportedDepartmentCode: t.string({ description: '被举报部门 About this department.' }),
    divisionCode: t.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
  }),
});

builder.queryFields((t) => ({
  formalismReports: t.field({
    type: FormalismReportConnection,
    description: '举报列表 Reports in the caller’s area in which he has a part, the newest first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: ReportFilter, description: '筛选 Which ones.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(reportList, page, { sort: 'FILED_AT', filter: { ...filter } }, context, info),
  }),
  reportProgress: t.field({
    type: ReportProgress,
    nullable: true,
    description: '按回执码查进度 Progress of a report, for whoever holds its receipt; null for a code of none.',
    args: { receiptCode: t.arg.string({ required: true, description: '回执码 26 characters.' }) },
    resolve: (_root, { receiptCode }, context) => progress.load(globalId('ReportProgress', receiptCode), context),
  }),
}));

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];
const reportFields = (t: InputFields) => ({
  communityId: t.id({
    references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
    required: true,
    description: '社区 Where it happened; not shown to the reported department.',
  }),
  kind: t.field({ type: ReportKindType, required: true, description: '种类 Kind.' }),
  reportedDepartmentCode: t.string({ required: true, description: '被举报部门 Code of the department.' }),
  text: t.string({ required: true, description: '内容 10 to 2000 characters; no personal numbers.' }),
  idempotencyKey: idempotencyKey(t),
});
const receipt = {
  field: 'receipt',
  type: FiledReport,
  description: '回执 The receipt.',
  load: ({ reportId }: { reportId: string }, { store }: Context) => ({
    reportId,
    code: store.codes.codeOf('ReportProgress', reportId.slice(reportId.indexOf(':') + 1)),
  }),
};

defineMutation(builder, {
  name: 'fileReport',
  description: '举报形式主义 Files a report of formalism; who reported stays hidden from the reported department.',
  card: { source: 'discipline-inspection', right: 'report.file' },
  input: builder.inputType('FileReportInput', {
    description: '举报 Whom, for what.',
    fields: (t) => ({
      ...reportFields(t),
      reporterId: t.id({
        references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
        description: '举报人 The person; none for a report without a name.',
      }),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => fileReport(context, input),
  result: receipt,
});

defineMutation(builder, {
  name: 'fileMyReport',
  description:
    '本人举报形式主义 Files the report of the person whom the token names, or one without a name; wherever it happened.',
  card: { source: 'discipline-inspection', right: 'own.submit' },
  input: builder.inputType('FileMyReportInput', {
    description: '本人举报 Whom, for what, with or without a name.',
    fields: (t) => ({
      ...reportFields(t),
      anonymous: t.boolean({
        required: true,
        description: '匿名 Whether nobody is to know who reported, the desk included.',
      }),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => fileMyReport(ownCall(context), input),
  result: receipt,
});

defineMutation(builder, {
  name: 'advanceReport',
  description: '办理举报 Accepts, talks, rectifies, verifies; the reported department reports its rectification.',
  card: { source: 'discipline-inspection', right: 'report.advance' },
  input: builder.inputType('AdvanceReportInput', {
    description: '办理 Which step.',
    fields: (t) => ({
      reportId: t.id({ required: true, description: '举报 The report, in which the caller has a part.' }),
      event: t.field({
        type: eventEnum('ReportEvent', reportMachine),
        required: true,
        description: '流转 What to do.',
      }),
      note: t.string({ description: '说明 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => advanceReport(context, input),
  result: {
    field: 'report',
    type: FormalismReport,
    description: '举报 The report as it stands now.',
    load: ({ reportId }: { reportId: string }, context: Context) => formalismReportLoader.load(reportId, context),
  },
});
