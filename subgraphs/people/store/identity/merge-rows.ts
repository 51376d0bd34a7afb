import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { PeopleStore } from '../people-store.ts';

export interface PersonMergeRow {
  readonly id: string;
  readonly kind: 'MERGED' | 'SPLIT';
  readonly survivorId: string;
  readonly mergedId: string;
  readonly reason: string;
  readonly department: string;
  readonly at: Date;
  readonly provenanceId: string;
}

/** Which records were merged into which, of those asked for; either side. */
export interface MergeLink {
  readonly id: string;
  readonly mergedInto: string;
}

export async function findMergeLinks(
  store: PeopleStore,
  side: 'id' | 'merged_into',
  ids: readonly string[],
  trace: OperationTrace,
): Promise<MergeLink[][]> {
  const rows = await store.database.rows<MergeLink>(
    side === 'id' ? 'merged_into' : 'merged_persons',
    `SELECT t.id, t.merged_into AS "mergedInto" FROM people.merged_person t
      WHERE t.${side} = ANY($1::uuid[]) ORDER BY t.merged_at, t.id`,
    [ids],
    trace,
  );
  return groupByKey(ids, rows, (row) => (side === 'id' ? row.id : row.mergedInto));
}

export async function findMergesOf(
  store: PeopleStore,
  ids: readonly string[],
  trace: OperationTrace,
): Promise<PersonMergeRow[][]> {
  const rows = await store.database.rows<PersonMergeRow & { readonly of: string }>(
    'merges_of_persons',
    `SELECT k.id AS of, m.* FROM unnest($1::uuid[]) AS k(id) CROSS JOIN LATERAL (
       SELECT t.id, t.kind, t.survivor_id AS "survivorId", t.merged_id AS "mergedId", t.reason, t.department, t.at,
              t.provenance_id AS "provenanceId"
         FROM people.person_merge t WHERE t.survivor_id = k.id OR t.merged_id = k.id ORDER BY t.at DESC, t.id DESC) m`,
    [ids],
    trace,
  );
  return groupByKey(ids, rows, (row) => row.of);
}

export interface CandidateRow {
  readonly id: string;
  readonly firstId: string;
  readonly secondId: string;
  readonly score: number;
  readonly reasons: readonly CandidateReason[];
  readonly state: CandidateState;
  readonly reason: string | null;
  readonly foundAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly provenanceId: string;
}
export type CandidateState = 'OPEN' | 'MERGED' | 'APART';
export type CandidateReason = 'NAME' | 'NAME_SOUND' | 'BIRTH_DATE' | 'PHONE' | 'ADDRESS' | 'KINSHIP';

/** Pairs whose newer record lies in the caller's area, the likeliest first. */
export const candidateList: ListDeclaration<CandidateRow> = {
  name: 'people.identity_candidates',
  from: 'people.identity_candidate t',
  columns: `t.id, t.first_id AS "firstId", t.second_id AS "secondId", t.score, t.reasons, t.state, t.reason,
    t.found_at AS "foundAt", t.decided_at AS "decidedAt", t.decided_by AS "decidedBy", t.provenance_id AS "provenanceId"`,
  place: { alias: 't', hasGridCode: true },
  sorts: {
    SCORE: {
      columns: [
        { expression: 't.score', property: 'score', cast: 'int' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['state'],
    },
  },
  filters: { state: (value, values) => `t.state = $${values.push(value)}` },
};
