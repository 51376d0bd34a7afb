import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import type { TransitionRow } from '../../../kit/machine/state-machine.ts';
import { findTransitions } from '../../../kit/store/transition-rows.ts';
import { recruitmentMachine } from '../../rules/workforce/recruitment-machine.ts';
import { recruitmentList } from '../../store/workforce/post-rows.ts';
import { builder, MOST_STEPS, Provenance, transitionTypes } from '../builder.ts';
import { ANNOUNCEMENT_CARD } from '../cards.ts';
import { Post, postLoader, Recruitment, RecruitmentConnection, recruitmentLoader } from '../entities.ts';
import { globalIdOrNull } from '../entity-loading.ts';

export const RecruitmentChannel = builder.enumType('RecruitmentChannel', {
  description: '招考渠道 How people are recruited.',
  values: {
    OPEN_EXAMINATION: { description: '公开招考 Open examination.' },
    CADRE_SELECTION: { description: '选派干部进两委 Cadres selected for the two committees.' },
    SECRETARY_POSTS: { description: '面向优秀社区书记的专门岗位 Posts for outstanding secretaries.' },
  },
});

export const RecruitmentState = builder.enumType('RecruitmentState', {
  description: '招考状态 State of a recruitment.',
  values: {
    ANNOUNCED: { description: '已公告 Announced.' },
    REGISTERING: { description: '报名中 Registration open.' },
    EXAMINING: { description: '考试中 Examination.' },
    PUBLICIZED: { description: '公示中 Names published.' },
    COMPLETED: { description: '已录用 Hired.' },
    CANCELLED: { description: '已取消 Cancelled.' },
  },
});

const PERSONS = { unit: '人 persons' };

Recruitment.implement({
  description: '招考 A public recruitment for places of a post.',
  card: ANNOUNCEMENT_CARD,
  entity: recruitmentLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('Recruitment', id),
    }),
    title: t.exposeString('title', { description: '名称 Title.' }),
    channel: t.field({ type: RecruitmentChannel, description: '渠道 Channel.', resolve: ({ channel }) => channel }),
    state: t.field({ type: RecruitmentState, description: '状态 State.', resolve: ({ state }) => state }),
    headcount: t.exposeInt('headcount', { description: '招考人数 Places.', card: PERSONS }),
    applicants: t.exposeInt('applicants', { description: '报名人数 Applicants.', card: PERSONS }),
    hired: t.exposeInt('hired', { description: '录用人数 Hired.', card: PERSONS }),
    announcedOn: t.expose('announcedOn', { type: 'LocalDate', description: '公告日期 Day of the announcement.' }),
    closedOn: t.expose('closedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '结束日期 Day on which it ended; null while it runs.',
    }),
    post: t.field({
      type: Post,
      nullable: true,
      description: '岗位 The post; null outside the caller’s area.',
      card: KEY_CARD,
      resolve: ({ postId }, _args, context) => {
        const id = globalIdOrNull('Post', postId);
        return id === null ? null : postLoader.load(id, context);
      },
    }),
    availableTransitions: t.field({
      type: [transitionTypes.Transition],
      description: '可用流转 What the caller may do next.',
      resolve: (recruitment, _args, { caller }) =>
        recruitmentMachine.availableTransitions(recruitment.state, caller, recruitment),
    }),
    history: t.field({
      type: [transitionTypes.TransitionStep],
      description: '流转记录 Steps taken, in order.',
      resolve: async ({ id }, _args, { store, trace, loaders }) => {
        const rows = await loaders
          .get<TransitionRow[]>('transitions', (ids) => findTransitions(store.database, MOST_STEPS, ids, trace))
          .load(id);
        return rows.map((row) => ({ row, machine: STEP_NAMES }));
      },
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (recruitment, _args, context) => loadProvenance(recruitment.provenanceId, context),
    }),
  }),
});

/** The first step, the announcement itself, is no transition of the machine. */
const ANNOUNCEMENT = { zh: '发布公告', en: 'announce' };
const { declaration } = recruitmentMachine;
const STEP_NAMES = {
  stateName: (state: string) => declaration.states[state] ?? { zh: state, en: state },
  eventName: (event: string) => declaration.events[event] ?? ANNOUNCEMENT,
};

builder.queryField('recruitments', (t) =>
  t.field({
    type: RecruitmentConnection,
    description: '招考列表 Recruitments in a division, newest first.',
    card: ANNOUNCEMENT_CARD,
    args: {
      ...pageArguments(t.arg),
      divisionCode: t.arg.string({ required: true, description: '区划代码 City or a division below it.' }),
    },
    resolve: (_root, { divisionCode, ...page }, context, info) =>
      rootPage(recruitmentList, page, { sort: 'NEWEST', filter: { divisionCode } }, context, info),
  }),
);
