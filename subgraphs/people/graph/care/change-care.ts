import { assertRight } from '../../../kit/graph/card-guard.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { type CareTagChanged, endCareTag, recordCareTag, recordCareVisit } from '../../rules/care/care-tags.ts';
import { elderAlertEvents } from '../../rules/care/elder-alert-machine.ts';
import { advanceElderAlert, raiseElderAlert } from '../../rules/care/elder-alerts.ts';
import type { PeopleStore } from '../../store/people-store.ts';
import { builder, refusalTypes, transitionTypes } from '../builder.ts';
import { CareTag, careTagLoader, ElderAlert, elderAlertLoader } from '../entities.ts';
import { CareTagKind, CareVisitMode } from './care-tag.ts';
import { ElderAlertKind } from './elder-alert.ts';

type Context = SubgraphContext<PeopleStore>;

const KEY = '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.';
const { InvalidInput, NotFound, Conflict } = refusalTypes;
const REFUSALS = [InvalidInput, NotFound, Conflict];
const CARE_WRITE = { source: 'civil-affairs', right: 'care.write' } as const;

/** Restricted tags are written by who may read them. */
function mayWrite(context: Context) {
  return (restricted: boolean): void => {
    if (!restricted) return;
    assertRight(context, 'person.key-population', 'CareTag.kind', 'civil-affairs', 'SENSITIVE_PERSONAL');
  };
}

const TAG = {
  field: 'careTag',
  type: CareTag,
  description: '标签 The tag as it now is.',
  load: ({ careTagId }: CareTagChanged, context: Context) => careTagLoader.load(careTagId, context),
};

defineMutation(builder, {
  name: 'recordCareTag',
  description: '登记关爱或重点人群标签 Tags a person; restricted kinds need person.key-population, too.',
  card: CARE_WRITE,
  input: builder.inputType('RecordCareTagInput', {
    description: '标签登记 Who carries which tag from when.',
    fields: (t) => ({
      personId: t.id({ required: true, description: '对象 The person.' }),
      kind: t.field({ type: CareTagKind, required: true, description: '类型 Kind.' }),
      validFrom: t.field({ type: 'LocalDate', required: true, description: '起 First day; not in the future.' }),
      idempotencyKey: t.string({ required: true, description: KEY }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => recordCareTag(context, input, mayWrite(context)),
  result: TAG,
});

defineMutation(builder, {
  name: 'endCareTag',
  description: '终止标签 Ends a tag; it stays on record.',
  card: CARE_WRITE,
  input: builder.inputType('EndCareTagInput', {
    description: '标签终止 Which tag ends, when and why.',
    fields: (t) => ({
      careTagId: t.id({ required: true, description: '标签 The tag.' }),
      validTo: t.field({ type: 'LocalDate', required: true, description: '止 First day on which it no longer holds.' }),
      reason: t.string({ required: true, description: '原因 2 to 80 characters.' }),
      idempotencyKey: t.string({ required: true, description: KEY }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => endCareTag(context, input, mayWrite(context)),
  result: TAG,
});

defineMutation(builder, {
  name: 'recordCareVisit',
  description: '登记走访帮教 Records a visit to somebody with a live tag.',
  card: CARE_WRITE,
  input: builder.inputType('RecordCareVisitInput', {
    description: '走访登记 Who was visited, when and how.',
    fields: (t) => ({
      careTagId: t.id({ required: true, description: '标签 The tag.' }),
      visitedOn: t.field({ type: 'LocalDate', required: true, description: '日期 Day; not in the future.' }),
      mode: t.field({ type: CareVisitMode, required: true, description: '方式 How.' }),
      note: t.string({ description: '记录 1 to 400 characters, no number of a person.' }),
      idempotencyKey: t.string({ required: true, description: KEY }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => recordCareVisit(context, input, mayWrite(context)),
  result: TAG,
});

const ALERT = {
  field: 'elderAlert',
  type: ElderAlert,
  description: '预警 The alert as it now is.',
  load: ({ elderAlertId }: { readonly elderAlertId: string }, context: Context) =>
    elderAlertLoader.load(elderAlertId, context),
};

defineMutation(builder, {
  name: 'raiseElderAlert',
  description: '触发养老预警 Raises an alert about an elder; while one of the kind is open there is no second.',
  card: { source: 'civil-affairs', right: 'elder-alert.write' },
  input: builder.inputType('RaiseElderAlertInput', {
    description: '养老预警 About whom, and what it says.',
    fields: (t) => ({
      personId: t.id({ required: true, description: '老人 The elder.' }),
      kind: t.field({ type: ElderAlertKind, required: true, description: '类型 Kind.' }),
      idempotencyKey: t.string({ required: true, description: KEY }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => raiseElderAlert(context, input),
  result: ALERT,
});

defineMutation(builder, {
  name: 'advanceElderAlert',
  description: '养老预警流转 Takes an alert one step further.',
  card: { source: 'civil-affairs', right: 'elder-alert.write' },
  input: builder.inputType('AdvanceElderAlertInput', {
    description: '养老预警流转 Which step is taken.',
    fields: (t) => ({
      elderAlertId: t.id({ required: true, description: '预警 The alert.' }),
      event: t.field({
        type: builder.enumType('ElderAlertEvent', { description: '养老预警流转 A step.', values: elderAlertEvents }),
        required: true,
        description: '流转 The step.',
      }),
      note: t.string({ description: '处置说明 Demanded to resolve or dismiss; 2 to 400 characters.' }),
      idempotencyKey: t.string({ required: true, description: KEY }),
    }),
  }),
  refusals:
    // A transition's refusal is one more kind of refusal, with a list beside it.
    [...REFUSALS, transitionTypes.TransitionRefusal as unknown as typeof InvalidInput],
  run: (input, context) => advanceElderAlert(context, input),
  result: ALERT,
});
