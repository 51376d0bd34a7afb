import type { Caller } from '../../kit/caller/caller.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { type PlaceScope, placeCondition } from '../../kit/store/place-scope.ts';
import { statementText } from '../../kit/store/statement-text.ts';
import { groupByKey, inKeyOrder } from '../../kit/subgraph-context.ts';
import { ownOr } from './own-rows.ts';
import type { PeopleStore } from './people-store.ts';

export type ResidenceKind = 'REGISTERED' | 'RESIDENT' | 'MIGRANT' | 'SEASONAL';

export interface ResidenceRow {
  readonly id: string;
  readonly personId: string;
  readonly dwellingId: string;
  readonly kind: ResidenceKind;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.person_id AS "personId", t.dwelling_id AS "dwellingId", t.kind,
  t.valid_from::text AS "validFrom", t.valid_to::text AS "validTo", t.community_code AS "communityCode",
  t.provenance_id AS "provenanceId"`;

const PLACE: PlaceScope = { alias: 't', hasGridCode: true };

/** A person's residences are few by nature (one live row per kind, closed ones behind them); more are cut here. */
const MAX_RESIDENCES_PER_PERSON = 50;

export async function findResidences(
  store: PeopleStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(ResidenceRow | null)[]> {
  const values: unknown[] = [ids];
  const { visible } = ownOr('residence', placeCondition(PLACE, caller, values), caller, values);
  const rows = await store.database.rows<ResidenceRow>(
    'residence_by_id',
    statementText`SELECT ${COLUMNS} FROM people.residence t WHERE t.id = ANY($1::uuid[]) AND ${visible}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

/** Residences of persons, newest first; `asOf` (YYYY-MM-DD) keeps those valid on that day. */
export async function findResidencesOfPersons(
  store: PeopleStore,
  personIds: readonly string[],
  asOf: string | null,
  caller: Caller,
  trace: OperationTrace,
): Promise<ResidenceRow[][]> {
  const values: unknown[] = [personIds, asOf, MAX_RESIDENCES_PER_PERSON];
  const { visible } = ownOr('residence', placeCondition(PLACE, caller, values), caller, values);
  const rows = await store.database.rows<ResidenceRow>(
    'residences_of_persons',
    `SELECT r.* FROM unnest($1::uuid[]) WITH ORDINALITY AS k(key, ordinal)
       CROSS JOIN LATERAL (
         SELECT ${COLUMNS} FROM people.residence t
          WHERE t.person_id = k.key AND ${visible}
            AND ($2::date IS NULL OR (t.valid_from <= $2::date AND (t.valid_to IS NULL OR t.valid_to > $2::date)))
          ORDER BY t.valid_from DESC, t.id DESC LIMIT $3) r
      ORDER BY k.ordinal, r."validFrom" DESC, r.id DESC`,
    values,
    trace,
  );
  return groupByKey(personIds, rows, (row) => row.personId);
}
