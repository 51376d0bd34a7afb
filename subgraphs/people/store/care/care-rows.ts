import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { divisionFilter } from '../../../kit/store/division-filter.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { placeCondition } from '../../../kit/store/place-scope.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { PeopleStore } from '../people-store.ts';

export const careTagKinds = [
  'SOLITARY_ELDER',
  'SUBSISTENCE_ALLOWANCE',
  'EXTREME_POVERTY_SUPPORT',
  'MARGINAL_LOW_INCOME',
  'DISABILITY',
  'PREFERENTIAL_TREATMENT',
  'VETERAN',
  'CHILD_IN_NEED',
  'LEFT_BEHIND',
  'KEY_POPULATION',
  'COMMUNITY_CORRECTION',
  'AFTERCARE_SUPPORT',
] as const;
export type CareTagKind = (typeof careTagKinds)[number];

export interface CareTagRow {
  readonly id: string;
  readonly personId: string;
  readonly kind: CareTagKind;
  /** Behind the right to key-population data. */
  readonly restricted: boolean;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly endReason: string | null;
  readonly communityCode: string;
  readonly gridCode: string;
  readonly provenanceId: string;
}

export const careTags: EntityTable<CareTagRow> = {
  table: 'care_tag',
  columns: [
    'id',
    'personId',
    'kind',
    'restricted',
    'validFrom',
    'validTo',
    'endReason',
    'communityCode',
    'gridCode',
    'provenanceId',
  ],
  dates: ['validFrom', 'validTo'],
  place: { alias: 't', hasGridCode: true },
};

export interface CareVisitRow {
  readonly id: string;
  readonly careTagId: string;
  readonly restricted: boolean;
  readonly visitedOn: string;
  readonly mode: 'HOME_VISIT' | 'TELEPHONE' | 'OFFICE_TALK';
  readonly note: string | null;
  readonly gridCode: string;
  readonly provenanceId: string;
}

export const careVisits: EntityTable<CareVisitRow> = {
  table: 'care_visit',
  columns: ['id', 'careTagId', 'restricted', 'visitedOn', 'mode', 'note', 'gridCode', 'provenanceId'],
  dates: ['visitedOn'],
  place: { alias: 't', hasGridCode: true },
};

/** Somebody has a few tags, and a tag is cut off at so many visits, the oldest first. */
const MAX_BELOW = 50;

/** Tags of persons, newest first: those that are restricted, or the others. */
export async function findCareTagsOfPersons(
  store: PeopleStore,
  personIds: readonly string[],
  restricted: boolean,
  caller: Caller,
  trace: OperationTrace,
): Promise<CareTagRow[][]> {
  const values: unknown[] = [personIds];
  const scope = placeCondition({ alias: 't', hasGridCode: true }, caller, values);
  const rows = await store.database.rows<CareTagRow>(
    restricted ? 'key_population_tags_of_persons' : 'care_tags_of_persons',
    `SELECT r.* FROM unnest($1::uuid[]) AS k(key)
       CROSS JOIN LATERAL (
         SELECT ${columnList(careTags)} FROM people.care_tag t
          WHERE t.person_id = k.key AND ${restricted ? '' : 'NOT '}t.restricted AND ${scope}
          ORDER BY t.valid_from DESC, t.id DESC LIMIT ${MAX_BELOW}) r`,
    values,
    trace,
  );
  return groupByKey(personIds, rows, (row) => row.personId);
}

/** Visits under tags, newest first. */
export async function findVisitsOfTags(
  store: PeopleStore,
  tagIds: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<CareVisitRow[][]> {
  const values: unknown[] = [tagIds];
  const scope = placeCondition({ alias: 't', hasGridCode: true }, caller, values);
  const rows = await store.database.rows<CareVisitRow>(
    'visits_of_care_tags',
    `SELECT r.* FROM unnest($1::uuid[]) AS k(key)
       CROSS JOIN LATERAL (
         SELECT ${columnList(careVisits)} FROM people.care_visit t
          WHERE t.care_tag_id = k.key AND ${scope}
          ORDER BY t.visited_on DESC, t.id DESC LIMIT ${MAX_BELOW}) r`,
    values,
    trace,
  );
  return groupByKey(tagIds, rows, (row) => row.careTagId);
}

/** Live tags of one kind in the caller's area; the restricted ones have a list of their own. */
export const careTagList: ListDeclaration<CareTagRow> = {
  name: 'people.care_tags',
  from: 'people.care_tag t',
  columns: columnList(careTags),
  place: { alias: 't', hasGridCode: true },
  sorts: {
    ID: {
      columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }],
      direction: 'ASC',
      filters: ['kind', 'divisionCode'],
    },
  },
  filters: {
    kind: (value, values) => `t.kind = $${values.push(value)}`,
    divisionCode: divisionFilter('t', true),
  },
  always: 't.valid_to IS NULL AND NOT t.restricted',
};

export const keyPopulationTagList: ListDeclaration<CareTagRow> = {
  ...careTagList,
  name: 'people.key_population_tags',
  always: 't.valid_to IS NULL AND t.restricted',
};
