import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { designateCommunity, endDesignation } from '../../rules/registers/designate.ts';
import { recordExperienceEvent } from '../../rules/registers/record-experience-event.ts';
import { builder, refusalTypes } from '../builder.ts';
import { Designation, designationLoader, ExperienceEvent, experienceEventLoader } from '../entities.ts';
import type { Context } from '../entity-loading.ts';
import { IDEMPOTENCY_KEY_DESCRIPTION } from '../mutations.ts';
import { ExperienceEventKind } from './programme.ts';

const REFUSALS = [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict];
const WRITE_CARD = { source: 'civil-affairs', right: 'organization.write' } as const;

const DESIGNATION = {
  field: 'designation',
  type: Designation,
  description: '命名 The designation as it now is.',
  load: ({ designationId }: { readonly designationId: string }, context: Context) =>
    designationLoader.load(designationId, context),
};

defineMutation(builder, {
  name: 'designateCommunity',
  description: '命名社区 Puts a community under a programme of its city.',
  card: WRITE_CARD,
  input: builder.inputType('DesignateCommunityInput', {
    description: '命名 Which community, under which programme, from when.',
    fields: (t) => ({
      communityId: t.id({ required: true, description: '社区 The community.' }),
      programmeCode: t.string({ required: true, description: '创建项目代码 Code of the programme.' }),
      validFrom: t.field({ type: 'LocalDate', required: true, description: '起 First day; not in the future.' }),
      phase: t.int({ description: '批次 Phase of a roll-out, from 1; demanded there and only there.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => designateCommunity(context, input),
  result: DESIGNATION,
});

defineMutation(builder, {
  name: 'endDesignation',
  description: '终止命名 Ends a designation; it stays on record.',
  card: WRITE_CARD,
  input: builder.inputType('EndDesignationInput', {
    description: '终止命名 Which one, when and why.',
    fields: (t) => ({
      designationId: t.id({ required: true, description: '命名 The designation.' }),
      validTo: t.field({ type: 'LocalDate', required: true, description: '止 First day on which it no longer holds.' }),
      reason: t.string({ required: true, description: '原因 2 to 80 characters.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => endDesignation(context, input),
  result: DESIGNATION,
});

defineMutation(builder, {
  name: 'recordExperienceEvent',
  description: '登记经验交流活动 Enters a forum, site visit, symposium or exchange; one forum a quarter.',
  card: WRITE_CARD,
  input: builder.inputType('RecordExperienceEventInput', {
    description: '经验交流活动 What, where and when.',
    fields: (t) => ({
      kind: t.field({ type: ExperienceEventKind, required: true, description: '形式 Form.' }),
      theme: t.string({ required: true, description: '主题 2 to 120 characters.' }),
      host: t.string({ required: true, description: '主办 2 to 120 characters.' }),
      communityId: t.id({ required: true, description: '现场社区 The community where it takes place.' }),
      heldOn: t.field({ type: 'LocalDate', required: true, description: '日期 Day.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => recordExperienceEvent(context, input),
  result: {
    field: 'experienceEvent',
    type: ExperienceEvent,
    description: '活动 The event.',
    load: ({ experienceEventId }, context) => experienceEventLoader.load(experienceEventId, context),
  },
});
