import { findCodeKey, globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { publishDisclosure } from '../../rules/deliberation/deliberate.ts';
import { fileCovenant } from '../../rules/deliberation/file-covenant.ts';
import { covenantList, disclosureList } from '../../store/deliberation/deliberation-rows.ts';
import { builder } from '../builder.ts';
import {
  Covenant,
  CovenantConnection,
  covenantLoader,
  Deliberation,
  Disclosure,
  DisclosureConnection,
  deliberationLoader,
  disclosureLoader,
} from '../entities.ts';
import { communityField, entityFields } from '../entity-fields.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { namedEnum } from '../named-enum.ts';
import { plainRefusals } from '../refusal-lists.ts';
import { DELIBERATION_CARD } from './deliberation.ts';

const kinds = {
  AFFAIRS: { zh: '居(村)务公开', en: 'Affairs of the community' },
  ACCOUNTS: { zh: '财务公开', en: 'Accounts' },
  DECISION: { zh: '协商结果公开', en: 'The result of a deliberation' },
  BROADCAST: { zh: '直播', en: 'A local live broadcast' },
  VIDEO_MEETING: { zh: '视频会议', en: 'A video meeting' },
} as const;
const DisclosureKind = namedEnum('DisclosureKind', '公开种类 What is disclosed.', kinds);
type Kind = keyof typeof kinds;

Disclosure.implement({
  description: '居务公开 Something disclosed to everybody.',
  card: DELIBERATION_CARD,
  entity: disclosureLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'Disclosure'),
    kind: t.field({ type: DisclosureKind, description: '公开种类 Kind.', resolve: (row) => row.kind as Kind }),
    title: t.exposeString('title', { description: '标题 Title.' }),
    text: t.exposeString('text', { description: '内容 What is disclosed.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: '公开时间 When.' }),
    deliberation: t.field({
      type: Deliberation,
      nullable: true,
      description: '协商 The deliberation that it is about; null outside the caller’s area.',
      resolve: ({ deliberationId: id }, _args, context) =>
        id === null ? null : deliberationLoader.load(globalId('Deliberation', id), context),
    }),
    community: communityField(t),
  }),
});

const covenantKinds = {
  RESIDENTS_COVENANT: { zh: '居民公约', en: 'Residents’ covenant' },
  VILLAGE_COVENANT: { zh: '村规民约', en: 'Village covenant' },
} as const;
const CovenantKind = namedEnum('CovenantKind', '公约种类 Whose covenant.', covenantKinds);

Covenant.implement({
  description: '居民公约 A covenant that an assembly adopted.',
  card: DELIBERATION_CARD,
  entity: covenantLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'Covenant'),
    kind: t.field({
      type: CovenantKind,
      description: '公约种类 Kind.',
      resolve: (row) => row.kind as keyof typeof covenantKinds,
    }),
    version: t.exposeInt('version', { description: '版次 Version, from 1.' }),
    text: t.exposeString('text', { description: '公约内容 Its text.' }),
    filedOn: t.expose('filedOn', { type: 'LocalDate', description: '备案日期 When it was filed.' }),
    supersededOn: t.expose('supersededOn', {
      type: 'LocalDate',
      nullable: true,
      description: '废止日期 When a newer one took its place; null while it is in force.',
    }),
    adoptedBy: t.field({
      type: Deliberation,
      nullable: true,
      description: '通过的协商 The deliberation that adopted it.',
      ...deliberationLoader.below(({ adoptedByDeliberationId }: { readonly adoptedByDeliberationId: string }) =>
        globalId('Deliberation', adoptedByDeliberationId),
      ),
    }),
    community: communityField(t),
  }),
});

builder.queryFields((t) => ({
  disclosures: t.field({
    type: DisclosureConnection,
    description: '居务公开 What was disclosed, wherever the caller is, the newest first.',
    args: {
      ...pageArguments(t.arg),
      communityId: t.arg.id({ required: true, description: '社区 Of this community.' }),
      kind: t.arg({ type: DisclosureKind, description: '种类 Only this kind.' }),
    },
    resolve: (_root, { communityId, kind, ...page }, context, info) =>
      rootPage(
        disclosureList,
        page,
        // An id of another type finds nothing.
        { sort: 'PUBLISHED_AT', filter: { kind, communityCode: findCodeKey('Community', 12, communityId) ?? '' } },
        context,
        info,
      ),
  }),
  covenants: t.field({
    type: CovenantConnection,
    description: '居民公约 Covenants in the caller’s area, the newest first.',
    args: { ...pageArguments(t.arg), divisionCode: t.arg.string({ description: '区划代码 4, 6, 9 or 12 digits.' }) },
    resolve: (_root, { divisionCode, ...page }, context, info) =>
      rootPage(covenantList, page, { sort: 'FILED_ON', filter: { divisionCode } }, context, info),
  }),
}));

defineMutation(builder, {
  name: 'publishDisclosure',
  description: '居务公开 Discloses something; the result of a deliberation only once its vote is over.',
  card: { source: 'civil-affairs', right: 'deliberation.write' },
  input: builder.inputType('PublishDisclosureInput', {
    description: '公开 What to disclose.',
    fields: (t) => ({
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '社区 The community, inside the caller’s area.',
      }),
      kind: t.field({ type: DisclosureKind, required: true, description: '种类 Kind.' }),
      title: t.string({ required: true, description: '标题 2 to 120 characters.' }),
      text: t.string({ required: true, description: '内容 2 to 4000 characters; no personal numbers.' }),
      deliberationId: t.id({ description: '协商 The deliberation that it is about; required for DECISION.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => publishDisclosure(context, input),
  result: {
    field: 'disclosure',
    type: Disclosure,
    description: '公开 What was disclosed.',
    load: ({ disclosureId }, context) => disclosureLoader.load(disclosureId, context),
  },
});

defineMutation(builder, {
  name: 'fileCovenant',
  description: '公约备案 Files a covenant that a deliberation with a quorum has passed.',
  card: { source: 'civil-affairs', right: 'deliberation.write' },
  input: builder.inputType('FileCovenantInput', {
    description: '公约 Its text and the deliberation that adopted it.',
    fields: (t) => ({
      deliberationId: t.id({ required: true, description: '协商 The deliberation that adopted it.' }),
      kind: t.field({ type: CovenantKind, required: true, description: '公约种类 Kind.' }),
      text: t.string({ required: true, description: '内容 10 to 4000 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => fileCovenant(context, input),
  result: {
    field: 'covenant',
    type: Covenant,
    description: '公约 The covenant.',
    load: ({ covenantId }, context) => covenantLoader.load(covenantId, context),
  },
});
