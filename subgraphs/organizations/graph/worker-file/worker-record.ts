import type { Caller } from '../../../kit/caller/caller.ts';
import { mayUse } from '../../../kit/caller/field-decision.ts';
import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import type { ShortList } from '../../store/short-list.ts';
import {
  isOpenRecord,
  type WorkerRecordRow,
  workerAppraisals,
  workerOpenRecords,
  workerPayRecords,
  workerRecordList,
} from '../../store/workforce/worker-file-rows.ts';
import { builder, Provenance } from '../builder.ts';
import { PAY_CARD, PUBLIC_NAME, WORKFORCE_CARD } from '../cards.ts';
import {
  CommunityWorker,
  WorkerRecord,
  WorkerRecordConnection,
  workerLoader,
  workerRecordLoader,
} from '../entities.ts';
import { type Context, loadShortList } from '../entity-loading.ts';
import { OpenRecordKind, WorkerRecordKind } from './vocabulary.ts';

WorkerRecord.implement({
  description: '档案记录 An entry in a worker’s file: award, title, career move, secondment, appraisal or pay.',
  card: WORKFORCE_CARD,
  entity: workerRecordLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('WorkerRecord', id),
    }),
    kind: t.field({ type: WorkerRecordKind, description: '类型 Kind.', resolve: ({ kind }) => kind }),
    // A single entry is found by its id, too; what pay and appraisals are called is theirs alone.
    title: t.string({
      nullable: true,
      description: '名称 What it is called; null for pay and appraisals without their right.',
      resolve: ({ kind, title }, _args, { caller }) => (mayRead(kind, caller) ? title : null),
    }),
    batch: t.exposeString('batch', { nullable: true, description: '批次 Batch or round.' }),
    issuer: t.exposeString('issuer', { nullable: true, description: '授予单位 Who gave it.' }),
    happenedOn: t.expose('happenedOn', { type: 'LocalDate', description: '日期 Day.' }),
    untilOn: t.expose('untilOn', { type: 'LocalDate', nullable: true, description: '截止日期 Last day, if any.' }),
    amountYuan: t.exposeInt('amountYuan', {
      nullable: true,
      description: '金额 Amount.',
      card: { ...PAY_CARD, unit: '元 yuan' },
    }),
    perMonth: t.exposeBoolean('perMonth', { description: '是否按月 Whether the amount is paid every month.' }),
    score: t.exposeInt('score', {
      nullable: true,
      description: '得分 Score, 0 to 100.',
      card: { grade: 3, category: 'SENSITIVE_PERSONAL', right: 'workforce.appraisal', unit: '分 points' },
    }),
    holderName: t.exposeString('holderName', { description: '姓名 Name as published.', card: PUBLIC_NAME }),
    worker: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '社区工作者 The worker.',
      card: KEY_CARD,
      ...workerLoader.below(({ workerId }: { readonly workerId: string }) => globalId('CommunityWorker', workerId)),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (record, _args, context) => loadProvenance(record.provenanceId, context),
    }),
  }),
});

function mayRead(kind: WorkerRecordRow['kind'], caller: Caller): boolean {
  if (kind === 'APPRAISAL') return mayUse(caller, 'workforce.appraisal', true);
  return isOpenRecord(kind) || mayUse(caller, 'workforce.pay', true);
}

const below =
  (list: ShortList<WorkerRecordRow>) => (worker: { readonly id: string }, _args: object, context: Context) =>
    loadShortList(list, worker.id, context);

builder.objectFields(CommunityWorker, (t) => ({
  records: t.field({
    type: [WorkerRecord],
    description: '荣誉与发展 Awards, titles, career moves, secondments, newest first.',
    card: KEY_CARD,
    resolve: below(workerOpenRecords),
  }),
  payRecords: t.field({
    type: [WorkerRecord],
    nullable: true,
    description: '薪酬与支持 Pay, allowances, support and changes of grade, newest first.',
    card: PAY_CARD,
    resolve: below(workerPayRecords),
  }),
  appraisals: t.field({
    type: [WorkerRecord],
    nullable: true,
    description: '能力评价 Appraisals of capability, newest first.',
    card: { ...WORKFORCE_CARD, grade: 3, category: 'SENSITIVE_PERSONAL', right: 'workforce.appraisal' },
    resolve: below(workerAppraisals),
  }),
}));

const WorkerRecordFilter = builder.inputType('WorkerRecordFilter', {
  description: '档案记录筛选 Which entries; all given conditions hold together.',
  fields: (t) => ({
    divisionCode: t.string({ description: '区划代码 Inside this city or a division below it.' }),
    fromDay: t.field({ type: 'LocalDate', description: '自该日起 On this day or later.' }),
    beforeDay: t.field({ type: 'LocalDate', description: '该日之前 Before this day.' }),
  }),
});

builder.queryField('workerRecords', (t) =>
  t.field({
    type: WorkerRecordConnection,
    description: '荣誉与发展列表 Awards, titles or moves of one kind in the caller’s area, newest first.',
    args: {
      ...pageArguments(t.arg),
      kind: t.arg({ type: OpenRecordKind, required: true, description: '类型 Kind.' }),
      filter: t.arg({ type: WorkerRecordFilter, description: '筛选 Which ones.' }),
    },
    resolve: (_root, { kind, filter, ...page }, context, info) =>
      rootPage(workerRecordList, page, { sort: 'NEWEST', filter: { kind, ...filter } }, context, info),
  }),
);
