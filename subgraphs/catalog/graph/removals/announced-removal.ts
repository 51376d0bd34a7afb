import { hasRight } from '../../../kit/caller/caller.ts';
import { dateInChina } from '../../../kit/clock.ts';
import { rightMissing } from '../../../kit/codes/right-missing.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { AnnouncedRemoval } from '../../../kit/schema-check/announced-removals.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { acknowledgeRemoval } from '../../rules/removals/acknowledge-removal.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import {
  type AcknowledgementRow,
  type BrokenOperationRow,
  findAcknowledgements,
  findAnnouncedRemovals,
  findBrokenOperations,
} from '../../store/removals/removal-rows.ts';
import { type ClientUse, findSchemaUse } from '../../store/schema/schema-use.ts';
import { builder, Department, refusalTypes } from '../builder.ts';
import { CATALOG_CARD } from '../entities.ts';
import { IDEMPOTENCY_KEY } from '../matters/payload.ts';
import { SchemaClientUse } from '../schema/schema-check.ts';

const USE_CARD: DataCard = { ...CATALOG_CARD, sharing: 'CONDITIONAL', grade: 2, updateCycle: 'REALTIME' };
/** A season comes back within a year. */
const RECORD_DAYS = 366;

type Context = SubgraphContext<CatalogStore>;
const yearAgo = ({ clock }: Context) => dateInChina(new Date(clock.now().getTime() - RECORD_DAYS * 86_400_000));

const Acknowledgement = builder.objectRef<AcknowledgementRow>('RemovalAcknowledgement').implement({
  description: '停用知悉 A client has said that it does without what is to go.',
  card: USE_CARD,
  fields: (t) => ({
    clientId: t.exposeString('clientId', { description: '接入方代码 Id of the client.' }),
    clientName: t.exposeString('clientName', { nullable: true, description: '接入方名称 Its name.' }),
    acknowledgedAt: t.expose('acknowledgedAt', { type: 'DateTime', description: '知悉时间 When.' }),
    note: t.exposeString('note', { nullable: true, description: '说明 What it says.' }),
  }),
});

/** All removals of an operation share one statement. */
const usersOf = (removal: AnnouncedRemoval, context: Context) => {
  const { loaders, store, trace } = context;
  return loaders
    .get<readonly ClientUse[]>('removalUsers', async (coordinates) => {
      const removals = await findAnnouncedRemovals(store, trace);
      const asked = coordinates.map((coordinate) => ({
        coordinate,
        ...(removals.find((known) => known.coordinate === coordinate)?.touches ?? { anyOf: [], noneOf: [] }),
      }));
      const uses = await findSchemaUse(store, asked, yearAgo(context), trace);
      return asked.map((_removal, position) => uses.filter((use) => use.position === position));
    })
    .load(removal.coordinate);
};

const Removal = builder.objectRef<AnnouncedRemoval>('AnnouncedRemoval').implement({
  description: '停用公告 A part of the graph whose end is announced.',
  card: CATALOG_CARD,
  fields: (t) => ({
    coordinate: t.exposeString('coordinate', { description: '坐标 Type.field, Type.field(argument:), Enum.VALUE.' }),
    reason: t.exposeString('reason', { description: '原因 Why, as its contract says.' }),
    replacement: t.exposeString('replacement', { nullable: true, description: '替代 What to use instead.' }),
    removalOn: t.expose('removalOn', { type: 'LocalDate', description: '约定移除日期 Not removed before this day.' }),
    isDue: t.boolean({
      description: '是否到期 Whether that day has come.',
      resolve: ({ removalOn }, _args, { clock }) => removalOn <= dateInChina(clock.now()),
    }),
    owner: t.field({
      type: Department,
      description: '数源部门 The department that owns it.',
      resolve: ({ sourceDepartment }) => ({ code: sourceDepartment ?? 'data-authority' }),
    }),
    clients: t.field({
      type: [SchemaClientUse],
      nullable: true,
      description:
        '仍在使用的接入方 Who used it within the last year, the latest first, and whether he has acknowledged.',
      card: { ...USE_CARD, right: 'catalog.steward' },
      resolve: async (removal, _args, context) => [...(await usersOf(removal, context))],
    }),
    acknowledgements: t.field({
      type: [Acknowledgement],
      nullable: true,
      description: '停用知悉 Who has said that he does without it.',
      card: { ...USE_CARD, right: 'catalog.steward' },
      resolve: ({ coordinate }, _args, { loaders, store, trace }) =>
        loaders
          .get<AcknowledgementRow[]>('acknowledgements', (keys) => findAcknowledgements(store, keys, trace))
          .load(coordinate),
    }),
  }),
});

interface Broken extends BrokenOperationRow {
  readonly coordinates: readonly string[];
}

const BrokenOperation = builder.objectRef<Broken>('BrokenOperation').implement({
  description: '停用后失效的操作 An operation of a client that will not work once everything announced is gone.',
  card: USE_CARD,
  fields: (t) => ({
    hash: t.exposeString('hash', { description: '指纹 SHA-256 of the normalised document.' }),
    name: t.exposeString('name', { nullable: true, description: '操作名 Name in the document.' }),
    document: t.exposeString('document', { description: '文档 The document with its literals taken out.' }),
    coordinates: t.stringList({
      description: '涉及的停用项 What of it goes.',
      resolve: ({ coordinates }) => [...coordinates],
    }),
    requestCount: t.exposeFloat('requestCount', {
      description: '请求数 Requests of this client within the year.',
      card: { unit: '次 requests' },
    }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: '最近使用 When it last did.' }),
  }),
});

builder.queryFields((t) => ({
  announcedRemovals: t.field({
    type: [Removal],
    description:
      '停用公告清单 Everything whose end is announced, the earliest first; /graphql?preview=after-removals answers as the graph will be then.',
    card: CATALOG_CARD,
    resolve: async (_root, _args, { store, trace }) => [...(await findAnnouncedRemovals(store, trace))],
  }),
  brokenOperations: t.field({
    type: [BrokenOperation],
    nullable: true,
    description:
      '停用影响 Operations of a client within the last year that would break if everything announced were gone; of the calling one where none is named.',
    card: USE_CARD,
    args: { clientId: t.arg.string({ description: '接入方代码 Id of another client; for stewards.' }) },
    resolve: async (_root, { clientId }, context) => {
      const { caller, store, trace } = context;
      const wanted = clientId ?? caller.clientId;
      if (wanted !== caller.clientId && !hasRight(caller, 'catalog.steward')) {
        throw rightMissing('Query.brokenOperations', 'data-authority', 'catalog.steward');
      }
      const removals = await findAnnouncedRemovals(store, trace);
      if (removals.length === 0) return [];
      const rows = await findBrokenOperations(store, wanted, removals, yearAgo(context), trace);
      return rows.map((row) => ({
        ...row,
        coordinates: row.positions.flatMap((at) => removals[at]?.coordinate ?? []),
      }));
    },
  }),
}));

const Input = builder.inputType('AcknowledgeRemovalInput', {
  description: '知悉停用 What the calling client does without.',
  fields: (t) => ({
    coordinate: t.string({ required: true, description: '坐标 One of announcedRemovals.' }),
    note: t.string({ description: '说明 Up to 300 characters.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

defineMutation(builder, {
  name: 'acknowledgeRemoval',
  description:
    '知悉停用 The calling client says that it does without a part that is to go; using it again takes that back.',
  card: { right: 'schema.propose' },
  input: Input,
  refusals: [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  run: (input, context) => acknowledgeRemoval(context, input, context.trace),
  result: {
    field: 'removal',
    type: Removal,
    description: '停用项 What goes.',
    load: async ({ coordinate }, { store, trace }) =>
      (await findAnnouncedRemovals(store, trace)).find((removal) => removal.coordinate === coordinate) ?? null,
  },
});
