import { departments } from '../../kit/codes/departments.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../kit/store/keyset-list.ts';
import { statementText } from '../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../kit/subgraph-context.ts';
import type { CatalogStore } from './catalog-store.ts';
import { searchWords } from './field-search.ts';

export interface DataFieldRow {
  readonly coordinate: string;
  readonly typeName: string;
  readonly fieldName: string;
  readonly fieldType: string;
  readonly subgraphs: readonly string[];
  readonly descriptionZh: string;
  readonly descriptionEn: string;
  readonly sourceDepartment: string;
  readonly sharing: 'UNCONDITIONAL' | 'CONDITIONAL' | 'NOT_SHARED';
  readonly sharingBasis: string | null;
  readonly grade: number;
  readonly category: 'PUBLIC' | 'GOVERNMENT' | 'PERSONAL' | 'SENSITIVE_PERSONAL' | 'GRAPH';
  readonly requiredRight: string | null;
  readonly mask: string | null;
  readonly unit: string | null;
  readonly updateCycle: 'REALTIME' | 'DAILY' | 'MONTHLY' | 'YEARLY' | 'ON_CHANGE';
  readonly derivedFrom: string | null;
  readonly deprecated: boolean;
  readonly deprecationReason: string | null;
  readonly firstSeenAt: Date;
  readonly removedAt: Date | null;
}

const COLUMNS = `t.coordinate, t.type_name AS "typeName", t.field_name AS "fieldName", t.field_type AS "fieldType",
  t.subgraphs, t.description_zh AS "descriptionZh", t.description_en AS "descriptionEn",
  t.source_department AS "sourceDepartment", t.sharing, t.sharing_basis AS "sharingBasis", t.grade, t.category,
  t.required_right AS "requiredRight", t.mask, t.unit, t.update_cycle AS "updateCycle",
  t.derived_from AS "derivedFrom", t.deprecated, t.deprecation_reason AS "deprecationReason",
  t.first_seen_at AS "firstSeenAt", t.removed_at AS "removedAt"`;

export async function findDataFields(
  store: CatalogStore,
  coordinates: readonly string[],
  trace: OperationTrace,
): Promise<(DataFieldRow | null)[]> {
  const rows = await store.database.rows<DataFieldRow>(
    'data_field_by_coordinate',
    statementText`SELECT ${COLUMNS} FROM catalog.data_field t WHERE t.coordinate = ANY($1::text[])`,
    [coordinates],
    trace,
    { key: 'coordinate' },
  );
  return inKeyOrder(coordinates, rows, (row) => row.coordinate);
}

/** Rights that open personal data through any field: of use only under a purpose. */
export async function findPersonalRights(store: CatalogStore, trace: OperationTrace): Promise<ReadonlySet<string>> {
  const rows = await store.database.rows<{ right: string }>(
    'personal_rights',
    `SELECT DISTINCT t.required_right AS right FROM catalog.data_field t
      WHERE t.removed_at IS NULL AND t.required_right IS NOT NULL AND t.category IN ('PERSONAL', 'SENSITIVE_PERSONAL')`,
    [],
    trace,
  );
  return new Set(rows.map(({ right }) => right));
}

const SEARCHED = "coalesce(t.search_text, lower(t.coordinate || ' ' || t.description_zh || ' ' || t.description_en))";

export const dataFieldList: ListDeclaration<DataFieldRow> = {
  name: 'catalog.data_fields',
  from: 'catalog.data_field t',
  columns: COLUMNS,
  always: 't.removed_at IS NULL',
  sorts: {
    COORDINATE: {
      columns: [{ expression: 't.coordinate', property: 'coordinate', cast: 'text' }],
      direction: 'ASC',
      filters: [
        'typeName',
        'sourceDepartment',
        'sharing',
        'requiredRight',
        'graphOnly',
        'search',
        'deprecated',
        'unusedSince',
        'withoutOwner',
      ],
    },
  },
  filters: {
    typeName: (value, values) => `t.type_name = $${values.push(value)}`,
    sourceDepartment: (value, values) => `t.source_department = $${values.push(value)}`,
    sharing: (value, values) => `t.sharing = $${values.push(value)}`,
    requiredRight: (value, values) => `t.required_right = $${values.push(value)}`,
    // Some thousand rows in all: reading them takes a millisecond or two.
    search: (value, values) =>
      searchWords(String(value))
        .map((word) => `strpos(${SEARCHED}, $${values.push(word)}) > 0`)
        .join(' AND ') || 'true',
    deprecated: (value, values) => `t.deprecated = $${values.push(value)}`,
    unusedSince: (value, values) =>
      `NOT EXISTS (SELECT FROM catalog.field_usage u WHERE u.coordinate = t.coordinate AND u.day >= $${values.push(value)}::date)`,
    withoutOwner: (value, values) =>
      `${value === true ? 'NOT ' : ''}t.source_department = ANY($${values.push(Object.keys(departments))}::text[])`,
    graphOnly: (value) => (value === true ? "t.category = 'GRAPH'" : "t.category <> 'GRAPH'"),
  },
};
