import { departmentName } from '../codes/departments.ts';
import { globalId } from '../global-id.ts';
import type { DatasetDeclaration } from '../ingest/dataset.ts';
import { type ConflictRow, conflictList, findConflictsOf } from '../store/ingest/conflict-lists.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import { ACCESS_SUBJECT } from './access-subject.ts';
import { defineConnection, type definePageInfo, type ListStore, pageArguments, rootPage } from './connection.ts';
import { type DataCard, KEY_CARD } from './data-card.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { type defineProvenance, loadProvenance } from './provenance.ts';

/** Declares the enumerations that the conflicts of all types share. Once per subgraph. */
export function defineConflictVocabulary<Store extends ListStore>(builder: GraphBuilder<Store>) {
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
  return { State, Rule };
}

export interface ConflictParts<Store extends ListStore> {
  readonly subgraph: string;
  readonly dataset: DatasetDeclaration;
  readonly pageInfo: ReturnType<typeof definePageInfo<Store>>;
  readonly provenance: ReturnType<typeof defineProvenance<Store>>;
  readonly vocabulary: ReturnType<typeof defineConflictVocabulary<Store>>;
  /** What the conflicts are about: “自然人 a person”. */
  readonly about: string;
  readonly card: Pick<DataCard, 'grade' | 'category'>;
  readonly statedCard: Partial<DataCard>;
  readonly statedValue: (row: ConflictRow, context: SubgraphContext<Store>) => string;
}

/**
 * Declares the conflicts of one entity type that departments may disagree about: `<Type>ItemConflict`, its list at the
 * root, and `<Type>ItemSource`; `addTo` gives the entity its fields.
 */
export function defineItemConflicts<Store extends ListStore>(
  builder: GraphBuilder<Store>,
  { subgraph, dataset, pageInfo, provenance, vocabulary, about, card, statedCard, statedValue }: ConflictParts<Store>,
) {
  const { typeName } = dataset;
  const columnNames = new Map(
    dataset.items.map(({ key, column }) => [
      key,
      dataset.columns.find((candidate) => candidate.key === column)?.zh ?? key,
    ]),
  );
  const list = conflictList(subgraph, typeName);

  const Conflict = builder.objectRef<ConflictRow>(`${typeName}ItemConflict`);
  Conflict.implement({
    description: `信息冲突 A department says something else of an item of ${about} than what stands: who, since when, by which rule.`,
    card: { source: 'data-authority', sharing: 'CONDITIONAL', updateCycle: 'ON_CHANGE', ...card },
    fields: (t) => ({
      accessSubject: t.id({
        ...ACCESS_SUBJECT,
        reads: ['entityId'],
        resolve: ({ entityId }) => globalId(typeName, entityId),
      }),
      item: t.exposeString('item', { description: '信息项 Short key of the item.' }),
      itemName: t.string({
        description: '信息项名称 Its Chinese name.',
        resolve: ({ item }) => columnNames.get(item) ?? item,
      }),
      coordinate: t.exposeString('coordinate', { description: '目录坐标 The item in the catalogue.' }),
      departmentCode: t.exposeString('department', { description: '提出部门代码 Department that says otherwise.' }),
      departmentName: t.string({
        description: '提出部门 Its name.',
        resolve: ({ department }) => departmentName(department).zh,
      }),
      statedAt: t.expose('statedAt', { type: 'DateTime', description: '提出时间 Since when it says so.' }),
      statedValue: t.string({
        description: '所提出的值 What it says; masked without the right.',
        card: statedCard,
        resolve: (row, _args, context) => statedValue(row, context),
      }),
      statement: t.field({
        type: provenance,
        description: '提出的批次 The batch that says so.',
        card: KEY_CARD,
        resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
      }),
      sourceDepartmentCode: t.exposeString('sourceDepartment', {
        description: '数源部门代码 Source department by the catalogue.',
      }),
      sourceDepartmentName: t.string({
        description: '数源部门 Its name.',
        resolve: ({ sourceDepartment }) => departmentName(sourceDepartment).zh,
      }),
      standing: t.field({
        type: provenance,
        description: '现值的来源 The batch that what stands comes from: who wins, and since when.',
        card: KEY_CARD,
        resolve: ({ standingProvenanceId }, _args, context) => loadProvenance(standingProvenanceId, context),
      }),
      standingDepartmentName: t.string({
        description: '现值部门 Department whose word stands.',
        resolve: ({ standingDepartment }) => departmentName(standingDepartment).zh,
      }),
      rule: t.field({ type: vocabulary.Rule, description: '取值规则 Why it wins.', resolve: (row) => row.rule }),
      state: t.field({
        type: vocabulary.State,
        description: '状态 Whether it is still open.',
        resolve: (row) => row.state,
      }),
      settledAt: t.expose('settledAt', {
        type: 'DateTime',
        nullable: true,
        description: '一致时间 Since when they agree.',
      }),
    }),
  });
  const Connection = defineConnection(builder, `${typeName}ItemConflict`, Conflict, pageInfo);

  interface ItemProvenance {
    readonly item: string;
    readonly provenanceId: string;
  }
  const Source = builder.objectRef<ItemProvenance>(`${typeName}ItemSource`);
  Source.implement({
    description: '信息项来源 Which batch an item of a record comes from.',
    card: KEY_CARD,
    fields: (t) => ({
      item: t.exposeString('item', { description: '信息项 Short key of the item.' }),
      itemName: t.string({
        description: '信息项名称 Its Chinese name.',
        resolve: ({ item }) => columnNames.get(item) ?? item,
      }),
      provenance: t.field({
        type: provenance,
        description: '来源 System, department, batch and time.',
        resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
      }),
    }),
  });

  const Filter = builder.inputType(`${typeName}ItemConflictFilter`, {
    description: '冲突筛选 Which conflicts; all given conditions hold together.',
    fields: (t) => ({
      state: t.field({ type: vocabulary.State, description: '状态 State.' }),
      departmentCode: t.string({ description: '提出部门代码 Who says otherwise.' }),
      sourceDepartmentCode: t.string({ description: '数源部门代码 Source department.' }),
    }),
  });

  builder.queryFields((t) => ({
    [`${typeName.charAt(0).toLowerCase()}${typeName.slice(1)}ItemConflicts`]: t.field({
      type: Connection,
      description:
        '信息冲突清单 Conflicts that the caller’s department has a part in, as the one that says otherwise or as the source; data stewards see all.',
      args: {
        ...pageArguments(t.arg),
        filter: t.arg({ type: Filter, description: '筛选 Which conflicts.' }),
      },
      resolve: (_root, { filter, ...page }, context, info) =>
        rootPage(list, page, { sort: 'NEWEST', filter: { ...filter } }, context, info),
    }),
  }));

  const conflictsOf = (id: string, context: SubgraphContext<Store>): Promise<ConflictRow[]> =>
    context.loaders
      .get<ConflictRow[]>(`conflicts:${typeName}`, (ids) => findConflictsOf(context.store.database, ids, context.trace))
      .load(id);

  return {
    Conflict,
    /**
     * Adds to the entity where each of its items comes from, and what departments say differently of it.
     *
     * @param what it is about: “this person”.
     */
    addTo<Row extends SourcedRow>(type: ReturnType<typeof builder.objectRef<Row>>, what: string): void {
      builder.objectFields(type, (t) => ({
        itemSources: t.field({
          type: [Source],
          description: '逐项来源 Where each item of the record comes from.',
          card: KEY_CARD,
          reads: ['provenanceId', 'itemProvenance'],
          resolve: ({ provenanceId, itemProvenance }) =>
            dataset.items.map(({ key }) => ({ item: key, provenanceId: itemProvenance?.[key] ?? provenanceId })),
        }),
        itemConflicts: t.field({
          type: [Conflict],
          description: `信息冲突 What departments say differently of ${what}, settled ones included, newest first.`,
          card: KEY_CARD,
          reads: ['id'],
          resolve: ({ id }, _args, context) => conflictsOf(id, context),
        }),
      }));
    },
  };
}

/** A row whose items may come from several batches. */
export interface SourcedRow {
  readonly id: string;
  readonly provenanceId: string;
  /** Items that another batch brought, by the key that their dataset has for them. */
  readonly itemProvenance: Readonly<Record<string, string>> | null;
}
