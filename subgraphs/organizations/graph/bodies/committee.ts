import { globalId } from '../../../kit/global-id.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { Provenance } from '../builder.ts';
import { COMMUNITY_CARD, PUBLIC_NAME } from '../cards.ts';
import { Committee, Community, committeeLoader, communityLoader } from '../entities.ts';
import { CommitteeKind } from '../vocabulary.ts';

Committee.implement({
  description: '委员会 A residents’, villagers’ or supervision committee in one term.',
  card: COMMUNITY_CARD,
  entity: committeeLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: (committee) => globalId('Committee', committee.id),
    }),
    kind: t.field({ type: CommitteeKind, description: '类型 Kind.', resolve: (committee) => committee.kind }),
    name: t.exposeString('name', { description: '名称 Full name.' }),
    uscc: t.exposeString('uscc', {
      nullable: true,
      description: '统一社会信用代码 GB 32100 code, 18 characters; a supervision committee has none.',
    }),
    termNumber: t.exposeInt('termNumber', { description: '届次 Number of the term.', card: { unit: '届 term' } }),
    termStart: t.expose('termStart', { type: 'LocalDate', description: '任期起 First day of the term.' }),
    termEnd: t.expose('termEnd', { type: 'LocalDate', description: '任期止 Day on which the term ends.' }),
    chairName: t.exposeString('chairName', {
      description: '主任姓名 Name of the chair as published.',
      card: { ...PUBLIC_NAME, grade: 2, category: 'PERSONAL' },
    }),
    seatCount: t.exposeInt('seatCount', { description: '职数 Seats.', card: { unit: '人 seats' } }),
    community: t.field({
      type: Community,
      nullable: true,
      description: '所在社区 Community of the committee.',
      card: KEY_CARD,
      ...communityLoader.below(({ communityCode }: { readonly communityCode: string }) =>
        globalId('Community', communityCode),
      ),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (committee, _args, context) => loadProvenance(committee.provenanceId, context),
    }),
  }),
});
