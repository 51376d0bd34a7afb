import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT } from '../../../kit/graph/access-subject.ts';
import { defineConnection, pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { type CandidateRow, candidateList } from '../../store/identity/merge-rows.ts';
import { builder, PageInfo } from '../builder.ts';
import { Person, personLoader } from '../entities.ts';

const State = builder.enumType('IdentityCandidateState', {
  description: '疑似同一人状态 What a person decided.',
  values: {
    OPEN: { description: '待定 Nobody has decided.' },
    MERGED: { description: '已归并 They were merged.' },
    APART: { description: '不是同一人 They are two people.' },
  },
});

const Reason = builder.enumType('IdentityCandidateReason', {
  description: '相符之处 What speaks for one person.',
  values: {
    NAME: { description: '姓名相同 The same name.' },
    NAME_SOUND: { description: '姓名读音相同 A name that sounds the same, as variants do.' },
    BIRTH_DATE: { description: '出生日期相同 The same birthday.' },
    PHONE: { description: '电话相同 The same telephone.' },
    ADDRESS: { description: '同一微网格 The same micro-grid.' },
    KINSHIP: { description: '亲属相符 The same place in a household, or a shared relative.' },
  },
});

export const IdentityCandidate = builder.objectRef<CandidateRow>('IdentityCandidate');
IdentityCandidate.implement({
  description: '疑似同一人 Two records that may be of one person, for a person to decide; nothing is merged by itself.',
  card: { source: 'data-authority', sharing: 'CONDITIONAL', grade: 3, category: 'PERSONAL', updateCycle: 'REALTIME' },
  fields: (t) => ({
    accessSubject: t.idList({
      ...ACCESS_SUBJECT,
      resolve: ({ firstId, secondId }) => [globalId('Person', firstId), globalId('Person', secondId)],
    }),
    candidateId: t.exposeString('id', { description: '编号 Id of the pair.' }),
    score: t.exposeInt('score', {
      description: '得分，满分 100 How much speaks for one person.',
      card: { unit: '分 points' },
    }),
    reasons: t.field({ type: [Reason], description: '相符之处 What agrees.', resolve: ({ reasons }) => [...reasons] }),
    state: t.field({ type: State, description: '状态 State.', resolve: ({ state }) => state }),
    reason: t.exposeString('reason', { nullable: true, description: '理由 Why it was decided so.' }),
    foundAt: t.expose('foundAt', { type: 'DateTime', description: '发现时间 When it was found.' }),
    decidedAt: t.expose('decidedAt', {
      type: 'DateTime',
      nullable: true,
      description: '决定时间 When it was decided.',
    }),
    decidedBy: t.exposeString('decidedBy', { nullable: true, description: '决定方 Client that decided.' }),
    first: t.field({
      type: Person,
      nullable: true,
      description: '较早的记录 The older record; null outside the caller’s area.',
      card: KEY_CARD,
      ...personLoader.below(({ firstId }: { readonly firstId: string }) => globalId('Person', firstId)),
    }),
    second: t.field({
      type: Person,
      nullable: true,
      description: '较新的记录 The newer record.',
      card: KEY_CARD,
      ...personLoader.below(({ secondId }: { readonly secondId: string }) => globalId('Person', secondId)),
    }),
  }),
});
const IdentityCandidateConnection = defineConnection(builder, 'IdentityCandidate', IdentityCandidate, PageInfo);

builder.queryField('identityCandidates', (t) =>
  t.field({
    type: IdentityCandidateConnection,
    nullable: true,
    description: '疑似同一人清单 Pairs of records that may be of one person, the likeliest first.',
    card: { source: 'data-authority', right: 'identity.decide' },
    args: { ...pageArguments(t.arg), state: t.arg({ type: State, description: '状态 State.' }) },
    resolve: (_root, { state, ...page }, context, info) =>
      rootPage(candidateList, page, { sort: 'SCORE', filter: { state } }, context, info),
  }),
);
