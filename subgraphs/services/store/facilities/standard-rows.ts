import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { equals, tableReader } from '../table-reader.ts';

export type StandardKind = 'MEASURE' | 'LOCAL_STANDARD' | 'MANUAL';

export interface FacilityStandardRow {
  readonly id: string;
  readonly cityCode: string;
  readonly kind: StandardKind;
  readonly facilityKind: string;
  readonly title: string;
  readonly issuer: string | null;
  readonly publishedOn: string | null;
  readonly documentReference: string | null;
  readonly basedOnId: string | null;
  readonly provenanceId: string;
}

export const standardTable = tableReader<FacilityStandardRow>('facility_standard', {
  ...{ id: true, cityCode: true, kind: true, facilityKind: true, title: true, issuer: true },
  ...{ publishedOn: 'date' as const, documentReference: true, basedOnId: true, provenanceId: true },
});

export const standardList = standardTable.list(
  'facility_standards',
  {
    ID: {
      columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }],
      direction: 'ASC',
      filters: ['cityCode', 'kind', 'facilityKind'],
    },
  },
  { cityCode: equals('city_code'), kind: equals('kind'), facilityKind: equals('facility_kind') },
);

export interface StandardPartRow {
  readonly id: string;
  readonly standardId: string;
  readonly kind: 'ASPECT' | 'CLAUSE';
  readonly ordinal: number;
  readonly aspectId: string | null;
  readonly name: string | null;
  readonly ruleCode: string | null;
}

/** Aspects and clauses of standards, some dozens each, in their order. */
export async function findStandardParts(
  store: ServicesStore,
  standardIds: readonly string[],
  trace: OperationTrace,
): Promise<StandardPartRow[][]> {
  const rows = await store.database.rows<StandardPartRow>(
    'parts_of_standards',
    `SELECT t.id, t.standard_id AS "standardId", t.kind, t.ordinal, t.aspect_id AS "aspectId", t.name,
            t.rule_code AS "ruleCode"
       FROM services.standard_part t WHERE t.standard_id = ANY($1::uuid[])
      ORDER BY t.standard_id, t.kind, t.ordinal`,
    [standardIds],
    trace,
    { key: 'standardId' },
  );
  return groupByKey(standardIds, rows, (row) => row.standardId);
}
