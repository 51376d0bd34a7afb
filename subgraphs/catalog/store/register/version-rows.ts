import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';
import type { CatalogueCard } from './submission-rows.ts';

/** What the catalogue said of an item from one moment to another. */
export interface CatalogueVersionRow extends CatalogueCard {
  readonly coordinate: string;
  readonly version: number;
  readonly origin: 'GRAPH' | 'SUBMISSION';
  readonly submissionId: string | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
}

/** A second collector of an item, on a recorded ground. */
export interface CollectionExceptionRow {
  readonly id: string;
  readonly coordinate: string;
  readonly departmentCode: string;
  readonly ground: string;
  readonly validFrom: Date;
}

/** Every version of each item, newest first. */
export async function findCatalogueVersions(
  store: CatalogStore,
  coordinates: readonly string[],
  trace: OperationTrace,
): Promise<CatalogueVersionRow[][]> {
  const rows = await store.database.rows<CatalogueVersionRow>(
    'catalogue_versions',
    `SELECT coordinate, version, source_department AS "sourceDepartment", sharing, sharing_basis AS "sharingBasis",
            grade, category, update_cycle AS "updateCycle", unit, mask, origin, submission_id AS "submissionId",
            valid_from AS "validFrom", valid_to AS "validTo"
       FROM catalog.catalogue_version WHERE coordinate = ANY($1::text[]) ORDER BY coordinate, version DESC`,
    [coordinates],
    trace,
    { key: 'coordinate' },
  );
  return groupByKey(coordinates, rows, (row) => row.coordinate);
}

/** The live exceptions of each item. */
export async function findCollectionExceptions(
  store: CatalogStore,
  coordinates: readonly string[],
  trace: OperationTrace,
): Promise<CollectionExceptionRow[][]> {
  const rows = await store.database.rows<CollectionExceptionRow>(
    'collection_exceptions',
    `SELECT id, coordinate, department_code AS "departmentCode", ground, valid_from AS "validFrom"
       FROM catalog.collection_exception WHERE coordinate = ANY($1::text[]) AND valid_to IS NULL
      ORDER BY coordinate, department_code`,
    [coordinates],
    trace,
    { key: 'coordinate' },
  );
  return groupByKey(coordinates, rows, (row) => row.coordinate);
}
