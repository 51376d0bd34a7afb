import { findCodeKey, globalId } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow } from '../../../kit/graph/connection.ts';
import { type DataCard, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { coversCode } from '../../../kit/store/place-scope.ts';
import { addWorkListEntry, nameWorkList, type WorkListFamily, workListFamilies } from '../../rules/burden/work-list.ts';
import { type CommunityWorkListRow, entryList, findCommunityWorkLists } from '../../store/burden/work-list-rows.ts';
import { builder, Community } from '../builder.ts';
import { communityField, entityFields } from '../entity-fields.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { namedEnum } from '../named-enum.ts';
import { plainRefusals } from '../refusal-lists.ts';
import {
  WorkList,
  WorkListEntry,
  WorkListEntryConnection,
  workListEntryLoader,
  workListLoader,
} from './burden-entities.ts';

const LIST_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'ON_CHANGE',
};
const COUNT = { unit: '条 entries', derivedFrom: 'count of WorkListEntry' } as const;
/** What stands for a name that no source gives. */
const PENDING = '待补';

const WorkListFamilyType = namedEnum('WorkListFamily', '清单系列 Which lists belong together.', workListFamilies);

WorkList.implement({
  description: '工作清单 One of a family of lists; a division configures its name.',
  card: { ...LIST_CARD, sharing: 'UNCONDITIONAL', grade: 1, category: 'PUBLIC' },
  entity: workListLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'WorkList'),
    family: t.field({
      type: WorkListFamilyType,
      description: '系列 Family.',
      resolve: (row) => row.family as WorkListFamily,
    }),
    ordinal: t.exposeInt('ordinal', { description: '序号 Place in the family, from 1.' }),
    name: t.string({ description: '名称 Its name; 待补 while none is known.', resolve: ({ name }) => name ?? PENDING }),
    named: t.boolean({ description: '名称已知 Whether it has a name.', resolve: ({ name }) => name !== null }),
    divisionCode: t.exposeString('divisionCode', { description: '区划代码 Whose list it is.' }),
    keptSince: t.expose('keptSince', {
      type: 'LocalDate',
      nullable: true,
      description: '启用日期 Since when it is kept; null: not known, and counted on every day.',
    }),
    entries: t.field({
      type: WorkListEntryConnection,
      description: '条目 Entries in the caller’s area, the newest first.',
      card: LIST_CARD,
      args: { ...pageArguments(t.arg), divisionCode: t.arg.string({ description: '区划代码 4, 6, 9 or 12 digits.' }) },
      resolve: ({ id }, { divisionCode, ...page }, context, info) =>
        pageBelow(
          entryList,
          { column: 't.list_id', cast: 'uuid', key: id },
          page,
          { sort: 'ENTERED_ON', filter: { divisionCode } },
          context,
          info,
        ),
    }),
  }),
});

WorkListEntry.implement({
  description: '清单条目 What stands on a list; in a chain it continues an entry of the list before.',
  card: LIST_CARD,
  entity: workListEntryLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'WorkListEntry'),
    title: t.exposeString('title', { description: '内容 What it says.' }),
    enteredOn: t.expose('enteredOn', { type: 'LocalDate', description: '列入日期 When it was entered.' }),
    list: t.field({
      type: WorkList,
      nullable: true,
      description: '清单 The list.',
      card: KEY_CARD,
      ...workListLoader.below(({ listId }: { readonly listId: string }) => globalId('WorkList', listId)),
    }),
    continues: t.field({
      type: WorkListEntry,
      nullable: true,
      description: '承接条目 The entry of the list before that it continues.',
      card: KEY_CARD,
      resolve: ({ previousId: id }, _args, context) =>
        id === null ? null : workListEntryLoader.load(globalId('WorkListEntry', id), context),
    }),
    community: communityField(t),
  }),
});

const CommunityWorkList = builder.objectRef<CommunityWorkListRow>('CommunityWorkList').implement({
  description: '社区清单 A list as it stands in one community.',
  card: LIST_CARD,
  fields: (t) => ({
    list: t.field({ type: WorkList, description: '清单 The list.', card: KEY_CARD, resolve: (row) => row }),
    entryCount: t.exposeInt('entryCount', { description: '条目数 Entries there.', card: COUNT }),
    orphanCount: t.int({
      description: '断链条目数 Entries of a later list that continue none; 0 in a sound chain.',
      card: COUNT,
      resolve: ({ family, orphanCount }) => (workListFamilies[family as WorkListFamily].chained ? orphanCount : 0),
    }),
    openCount: t.exposeInt('openCount', { description: '未承接条目数 Entries that none continues yet.', card: COUNT }),
  }),
});

builder.objectField(Community, 'workLists', (t) =>
  t.field({
    type: [CommunityWorkList],
    description: '工作清单 Lists that hold in the community, by family and place; empty outside the caller’s area.',
    card: LIST_CARD,
    args: { family: t.arg({ type: WorkListFamilyType, description: '系列 Only this family.' }) },
    resolve: async ({ id }, { family }, context) => {
      const code = findCodeKey('Community', 12, id);
      if (code === undefined || !coversCode(context.caller, code)) return [];
      const lists = await context.loaders
        .get<CommunityWorkListRow[]>('community:workLists', (codes) =>
          findCommunityWorkLists(context.store, codes, context.caller, context.trace),
        )
        .load(code);
      return lists.filter((list) => family == null || list.family === family);
    },
  }),
);

defineMutation(builder, {
  name: 'nameWorkList',
  description: '命名清单 Gives a list its name.',
  card: { source: 'civil-affairs', right: 'burden.write' },
  input: builder.inputType('NameWorkListInput', {
    description: '命名 Which list, which name.',
    fields: (t) => ({
      listId: t.id({ required: true, description: '清单 The list, of a division in the caller’s area.' }),
      name: t.string({ required: true, description: '名称 2 to 40 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => nameWorkList(context, input),
  result: {
    field: 'list',
    type: WorkList,
    description: '清单 The list.',
    load: ({ listId }, context) => workListLoader.load(listId, context),
  },
});

defineMutation(builder, {
  name: 'addWorkListEntry',
  description: '列入清单 Enters something into a list; in a chain it continues an entry of the list before.',
  card: { source: 'civil-affairs', right: 'burden.write' },
  input: builder.inputType('AddWorkListEntryInput', {
    description: '列入 What, on which list, continuing what.',
    fields: (t) => ({
      listId: t.id({ required: true, description: '清单 The list, of a division of the community.' }),
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '社区 The community, inside the caller’s area.',
      }),
      title: t.string({ required: true, description: '内容 2 to 200 characters.' }),
      previousId: t.id({ description: '承接条目 The entry of the list before; in a chain of lists.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => addWorkListEntry(context, input),
  result: {
    field: 'entry',
    type: WorkListEntry,
    description: '条目 The entry.',
    load: ({ entryId }, context) => workListEntryLoader.load(entryId, context),
  },
});
