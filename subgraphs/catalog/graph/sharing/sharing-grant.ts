import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { type SharingGrantRow, sharingGrantList } from '../../store/sharing/grant-rows.ts';
import { builder, Department } from '../builder.ts';
import {
  grantLoader,
  MATTER_CARD,
  requestLoader,
  SharingGrant,
  SharingGrantConnection,
  SharingRequest,
} from '../matters/entities.ts';
import { SharingMode } from '../matters/vocabulary.ts';

const GrantState = builder.enumType('SharingGrantState', {
  description: '授权状态 How a grant stands now.',
  values: {
    PENDING: { description: '未到开始日期 Begins later.' },
    LIVE: { description: '有效 In force.' },
    ENDING: { description: '已告知终止 In force, notice of its end was given.' },
    ENDED: { description: '已提前终止 Ended before its time.' },
    EXPIRED: { description: '已到期 Its period is over.' },
  },
});

/** How a grant stands follows from its times alone, so that no job has to switch it off. */
function stateOf({ validFrom, validUntil, endsAt, endNoticeAt }: SharingGrantRow, now: Date) {
  if (endsAt <= now) return endsAt < validUntil ? 'ENDED' : 'EXPIRED';
  if (now < validFrom) return 'PENDING';
  return endNoticeAt === null ? 'LIVE' : 'ENDING';
}

SharingGrant.implement({
  description: '共享授权 Which items a client may read where, until when.',
  card: MATTER_CARD,
  entity: grantLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: ({ id }) => globalId('SharingGrant', id) }),
    request: t.field({
      type: SharingRequest,
      nullable: true,
      description: '共享申请 The request it was made on.',
      ...requestLoader.below(({ requestId }: { readonly requestId: string }) => globalId('SharingRequest', requestId)),
    }),
    clientId: t.exposeString('clientId', { description: '接入方 Client that may use it.' }),
    requestingDepartment: t.field({
      type: Department,
      description: '需求部门 Who uses it.',
      resolve: ({ requestingDepartment }) => ({ code: requestingDepartment }),
    }),
    providingDepartment: t.field({
      type: Department,
      description: '提供部门 Who shares.',
      resolve: ({ providingDepartment }) => ({ code: providingDepartment }),
    }),
    legalBasisCode: t.exposeString('legalBasisCode', { description: '合法性基础 Code of the legal basis.' }),
    scenarioCode: t.exposeString('scenarioCode', {
      description: '使用场景 The one scenario under which it may be used.',
    }),
    coordinates: t.exposeStringList('coordinates', { description: '信息项 Items it opens.' }),
    divisionCodes: t.exposeStringList('divisionCodes', { description: '区域范围 Area in which it opens them.' }),
    mode: t.field({ type: SharingMode, description: '共享方式 Mode.', resolve: ({ mode }) => mode }),
    state: t.field({
      type: GrantState,
      description: '授权状态 How it stands now.',
      resolve: (grant, _args, { clock }) => stateOf(grant, clock.now()),
    }),
    validFrom: t.expose('validFrom', { type: 'DateTime', description: '生效时间 Since when.' }),
    validUntil: t.expose('validUntil', { type: 'DateTime', description: '到期时间 Until when at the most.' }),
    endsAt: t.expose('endsAt', { type: 'DateTime', description: '终止时间 When it ends, early ending included.' }),
    endNoticeAt: t.expose('endNoticeAt', {
      type: 'DateTime',
      nullable: true,
      description: '终止告知时间 When notice of an early end was given.',
    }),
    endReason: t.exposeString('endReason', { nullable: true, description: '终止原因 Why it ends early.' }),
    endedBy: t.field({
      type: Department,
      nullable: true,
      description: '终止部门 Who ends it early.',
      resolve: ({ endedByDepartment }) => (endedByDepartment === null ? null : { code: endedByDepartment }),
    }),
  }),
});

const Filter = builder.inputType('SharingGrantFilter', {
  description: '授权筛选 Which grants; all given conditions hold together.',
  fields: (t) => ({
    requestingDepartment: t.string({ description: '需求部门代码 Code of the department that uses it.' }),
    providingDepartment: t.string({ description: '提供部门代码 Code of the department that shares.' }),
    clientId: t.string({ description: '接入方 Client.' }),
    live: t.boolean({ description: '仅有效 true: only those in force now.' }),
    endsBefore: t.field({ type: 'DateTime', description: '早于该时刻终止 Only those that end before.' }),
  }),
});

builder.queryField('sharingGrants', (t) =>
  t.field({
    type: SharingGrantConnection,
    description: '共享授权清单 Grants by their end: those the department has a part in, all for the data authority.',
    card: MATTER_CARD,
    args: { ...pageArguments(t.arg), filter: t.arg({ type: Filter, description: '筛选 Which grants.' }) },
    resolve: (_root, { filter, ...page }, context, info) => {
      const { live, ...rest } = filter ?? {};
      const conditions = { ...rest, liveAt: live === true ? context.clock.now().toISOString() : undefined };
      return rootPage(sharingGrantList, page, { sort: 'ENDS_AT', filter: conditions }, context, info);
    },
  }),
);
