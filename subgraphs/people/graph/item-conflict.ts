import { hasRight } from '../../kit/caller/caller.ts';
import { departments, isDepartmentCode } from '../../kit/codes/departments.ts';
import { globalId } from '../../kit/global-id.ts';
import { defineConnection, pageArguments, rootPage } from '../../kit/graph/connection.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { masks } from '../../kit/graph/masks.ts';
import { loadProvenance } from '../../kit/graph/provenance.ts';
import { unseal } from '../../kit/store/sealing.ts';
import { peopleDataset } from '../datasets/people-dataset.ts';
import { type ConflictRow, conflictList, findConflictsOfPersons } from '../store/conflict-rows.ts';
import { builder, PageInfo, Provenance } from './builder.ts';
import { Person, personLoader } from './entities.ts';

const State = builder.enumType('ItemConflictState', {
  description: '冲突状态 Whether two departments still say different things.',
  values: {
    OPEN: { description: '未决 They do.' },
    AGREED: { description: '已一致 They agree by now.' },
  },
});

const Rule = builder.enumType('ItemConflictRule', {
  description: '取值规则 Why what stands was not overwritten.',
  values: {
    SOURCE_STANDS: { description: '一数一源 What its source department, or who first said it, says stands.' },
    RECORDED_ELSEWHERE: {
      description: '另有程序 It changes by a procedure of its own, such as a change of residence.',
    },
  },
});

const columnNames = new Map(
  peopleDataset.items.map(({ key, column }) => [
    key,
    peopleDataset.columns.find((candidate) => candidate.key === column)?.zh ?? key,
  ]),
);

const nameOf = (code: string) => (isDepartmentCode(code) ? departments[code].zh : code);

export const ItemConflict = builder.objectRef<ConflictRow>('PersonItemConflict');
ItemConflict.implement({
  description:
    '信息冲突 A department says something else of a person’s item than what stands: who, since when, by which rule.',
  card: { source: 'data-authority', sharing: 'CONDITIONAL', grade: 3, category: 'PERSONAL', updateCycle: 'ON_CHANGE' },
  fields: (t) => ({
    person: t.field({
      type: Person,
      nullable: true,
      description: '当事人 The person; null outside the caller’s area.',
      card: KEY_CARD,
      resolve: ({ personId }, _args, context) => personLoader.load(globalId('Person', personId), context),
    }),
    item: t.exposeString('item', { description: '信息项 Short key of the item.' }),
    itemName: t.string({
      description: '信息项名称 Its Chinese name.',
      resolve: ({ item }) => columnNames.get(item) ?? item,
    }),
    coordinate: t.exposeString('coordinate', { description: '目录坐标 The item in the catalogue.' }),
    departmentCode: t.exposeString('department', { description: '提出部门代码 Department that says otherwise.' }),
    departmentName: t.string({ description: '提出部门 Its name.', resolve: ({ department }) => nameOf(department) }),
    statedAt: t.expose('statedAt', { type: 'DateTime', description: '提出时间 Since when it says so.' }),
    statedValue: t.string({
      description: '所提出的值 What it says; masked without the right.',
      card: { right: 'person.identity', mask: 'all' },
      resolve: ({ item, statedText, statedSealed }, _args, { store, caller }) => {
        const value = statedSealed === null ? (statedText ?? '') : unseal(store.keys.field, statedSealed);
        return item === 'phone' && !hasRight(caller, 'person.contact') ? masks.phone(value) : value;
      },
    }),
    statement: t.field({
      type: Provenance,
      description: '提出的批次 The batch that says so.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
    sourceDepartmentCode: t.exposeString('sourceDepartment', {
      description: '数源部门代码 Source department by the catalogue.',
    }),
    sourceDepartmentName: t.string({
      description: '数源部门 Its name.',
      resolve: ({ sourceDepartment }) => nameOf(sourceDepartment),
    }),
    standing: t.field({
      type: Provenance,
      description: '现值的来源 The batch that what stands comes from: who wins, and since when.',
      card: KEY_CARD,
      resolve: ({ standingProvenanceId }, _args, context) => loadProvenance(standingProvenanceId, context),
    }),
    standingDepartmentName: t.string({
      description: '现值部门 Department whose word stands.',
      resolve: ({ standingDepartment }) => nameOf(standingDepartment),
    }),
    rule: t.field({ type: Rule, description: '取值规则 Why it wins.', resolve: (row) => row.rule }),
    state: t.field({ type: State, description: '状态 Whether it is still open.', resolve: (row) => row.state }),
    settledAt: t.expose('settledAt', {
      type: 'DateTime',
      nullable: true,
      description: '一致时间 Since when they agree.',
    }),
  }),
});
const ItemConflictConnection = defineConnection(builder, 'PersonItemConflict', ItemConflict, PageInfo);

interface ItemProvenance {
  readonly item: string;
  readonly provenanceId: string;
}

const ItemSource = builder.objectRef<ItemProvenance>('PersonItemSource');
ItemSource.implement({
  description: '信息项来源 Which batch an item of a record comes from.',
  card: KEY_CARD,
  fields: (t) => ({
    item: t.exposeString('item', { description: '信息项 Short key of the item.' }),
    itemName: t.string({
      description: '信息项名称 Its Chinese name.',
      resolve: ({ item }) => columnNames.get(item) ?? item,
    }),
    provenance: t.field({
      type: Provenance,
      description: '来源 System, department, batch and time.',
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

builder.objectFields(Person, (t) => ({
  itemSources: t.field({
    type: [ItemSource],
    description: '逐项来源 Where each item of the record comes from.',
    card: KEY_CARD,
    reads: ['provenanceId', 'itemProvenance'],
    resolve: ({ provenanceId, itemProvenance }) =>
      peopleDataset.items.map(({ key }) => ({ item: key, provenanceId: itemProvenance?.[key] ?? provenanceId })),
  }),
  itemConflicts: t.field({
    type: [ItemConflict],
    description: '信息冲突 What departments say differently of this person, settled ones included, newest first.',
    card: KEY_CARD,
    reads: ['id'],
    resolve: (person, _args, context) =>
      context.loaders
        .get<ConflictRow[]>('conflicts', (ids) => findConflictsOfPersons(context.store, ids, context.trace))
        .load(person.id),
  }),
}));

const ConflictFilter = builder.inputType('PersonItemConflictFilter', {
  description: '冲突筛选 Which conflicts; all given conditions hold together.',
  fields: (t) => ({
    state: t.field({ type: State, description: '状态 State.' }),
    departmentCode: t.string({ description: '提出部门代码 Who says otherwise.' }),
    sourceDepartmentCode: t.string({ description: '数源部门代码 Source department.' }),
  }),
});

builder.queryFields((t) => ({
  personItemConflicts: t.field({
    type: ItemConflictConnection,
    description:
      '信息冲突清单 Conflicts that the caller’s department has a part in, as the one that says otherwise or as the source; data stewards see all.',
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: ConflictFilter, description: '筛选 Which conflicts.' }),
    },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(conflictList, page, { sort: 'NEWEST', filter: { ...filter } }, context, info),
  }),
}));
