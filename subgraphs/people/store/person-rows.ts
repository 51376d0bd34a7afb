import type { Caller } from '../../kit/caller/caller.ts';
import { findUuidKey } from '../../kit/global-id.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { ColumnSet } from '../../kit/store/column-set.ts';
import type { FilterDeclaration, ListDeclaration } from '../../kit/store/keyset-list.ts';
import { type PlaceScope, placeCondition, tierOf } from '../../kit/store/place-scope.ts';
import { statementText } from '../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../kit/subgraph-context.ts';
import type { PeopleStore } from './people-store.ts';

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly namePinyin: string;
  readonly nameInitials: string;
  readonly sexCode: string;
  readonly birthDate: string;
  readonly citizenIdSealed: Buffer;
  readonly phoneSealed: Buffer | null;
  readonly ethnicGroupCode: string;
  readonly educationCode: string;
  readonly maritalStatusCode: string;
  readonly employmentStatusCode: string;
  readonly householdId: string | null;
  readonly relationToHeadCode: string | null;
  /** Of the community, or as fine as it is known. */
  readonly registeredCode: string;
  readonly registeredCommunityCode: string | null;
  readonly communityCode: string;
  readonly gridCode: string;
  readonly microGridCode: string;
  readonly provenanceId: string;
  /** Items that another batch brought, by the key that their dataset has for them. */
  readonly itemProvenance: Readonly<Record<string, string>> | null;
}

const COLUMNS = new ColumnSet(
  `t.id, t.name, t.name_pinyin AS "namePinyin", t.name_initials AS "nameInitials", t.sex_code AS "sexCode",
  t.birth_date::text AS "birthDate", t.citizen_id_sealed AS "citizenIdSealed", t.phone_sealed AS "phoneSealed",
  t.ethnic_group_code AS "ethnicGroupCode", t.education_code AS "educationCode",
  t.marital_status_code AS "maritalStatusCode", t.employment_status_code AS "employmentStatusCode",
  t.household_id AS "householdId", t.relation_to_head_code AS "relationToHeadCode",
  coalesce(t.registered_community_code, t.registered_township_code, t.registered_county_code) AS "registeredCode", t.registered_community_code AS "registeredCommunityCode",
  t.community_code AS "communityCode", t.grid_code AS "gridCode", t.micro_grid_code AS "microGridCode",
  t.provenance_id AS "provenanceId", t.item_provenance AS "itemProvenance"`,
  // Whoever reads a person is asked where he lives and how old he is.
  ['id', 'birthDate', 'gridCode'],
);

/** A person belongs to two places: where he lives and where he is registered. Either side makes him visible. */
const VISIBLE: PlaceScope = { alias: 't', hasGridCode: true, alsoPrefix: 'registered_' };
const LIVES: PlaceScope = { alias: 't', hasGridCode: true };

export async function findPersons(
  store: PeopleStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
  wanted?: ReadonlySet<string>,
): Promise<(PersonRow | null)[]> {
  const values: unknown[] = [ids];
  const columns = COLUMNS.select(wanted);
  const scope = placeCondition(VISIBLE, caller, values);
  // 本人: whom a token names sees himself, wherever he lives (个人信息保护法第四十五条); rights to fields are another matter.
  const own = findUuidKey('Person', caller.personId);
  const visible = own === undefined ? scope : `(${scope} OR t.id = $${values.push(own)}::uuid)`;
  const persons = await store.database.rows<PersonRow>(
    'person_by_id',
    statementText`SELECT ${columns} FROM people.person t WHERE t.id = ANY($1::uuid[]) AND ${visible}`,
    values,
    trace,
    { key: 'id' },
  );
  const found = inKeyOrder(ids, persons, (row) => row.id);
  const missing = ids.filter((_id, index) => found[index] === null);
  if (missing.length === 0) return found;
  // What points to a record that was merged into another still finds it.
  const merged = await store.database.rows<PersonRow>(
    'merged_person_by_id',
    statementText`SELECT ${columns} FROM people.merged_person t WHERE t.id = ANY($1::uuid[]) AND ${visible}`,
    [missing, ...values.slice(1)],
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, [...persons, ...merged], (row) => row.id);
}

/** Finds a person by the keyed hash of the citizen number; the number itself never reaches the database. */
export async function findPersonByNumberHash(
  store: PeopleStore,
  hash: Buffer,
  caller: Caller,
  trace: OperationTrace,
): Promise<PersonRow | null> {
  const values: unknown[] = [hash];
  const scope = placeCondition(VISIBLE, caller, values);
  const rows = await store.database.rows<PersonRow>(
    'person_by_number',
    // The number of a merged record finds the one that goes on.
    `SELECT ${COLUMNS.all} FROM people.person t
      WHERE t.id = coalesce((SELECT id FROM people.person WHERE citizen_id_hash = $1),
                            (SELECT merged_into FROM people.merged_person WHERE citizen_id_hash = $1)) AND ${scope}`,
    values,
    trace,
  );
  return rows[0] ?? null;
}

/** The persons whom keyed hashes of citizen numbers stand for, of those in the caller's area, in the order of the hashes. */
export async function findPersonsByNumberHashes(
  store: PeopleStore,
  hashes: readonly Buffer[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(PersonRow | null)[]> {
  const values: unknown[] = [hashes];
  const scope = placeCondition(VISIBLE, caller, values);
  const rows = await store.database.rows<PersonRow & { readonly position: number }>(
    'persons_by_numbers',
    // The number of a merged record finds the one that goes on.
    `SELECT k.position::int AS position, ${COLUMNS.all}
       FROM unnest($1::bytea[]) WITH ORDINALITY AS k(hash, position)
       JOIN people.person t
         ON t.id = coalesce((SELECT id FROM people.person WHERE citizen_id_hash = k.hash),
                            (SELECT merged_into FROM people.merged_person WHERE citizen_id_hash = k.hash))
      WHERE ${scope}`,
    values,
    trace,
  );
  const found = new Map(rows.map((row) => [row.position, row]));
  return hashes.map((_hash, index) => found.get(index + 1) ?? null);
}

/** Behind every character, so that all that begins with a prefix sorts before it. */
const LAST_CHARACTER = '\u{10ffff}';

/** More people than this behind one key are not told apart by it. */
export const MAX_MATCHES = 20;

/** How somebody is looked for: by a keyed hash of the whole number, or by name and date of birth together. */
export type PersonKey =
  | { readonly phoneHash: Buffer }
  | { readonly citizenIdHash: Buffer }
  | { readonly name: string; readonly birthDate: string };

/** Everybody whom a key finds inside the caller's area, `MAX_MATCHES` and one more at most. */
export function findPersonsByKey(
  store: PeopleStore,
  key: PersonKey,
  caller: Caller,
  trace: OperationTrace,
): Promise<PersonRow[]> {
  const values: unknown[] = [];
  const condition =
    'phoneHash' in key
      ? `t.phone_hash = $${values.push(key.phoneHash)}`
      : 'citizenIdHash' in key
        ? `t.citizen_id_hash = $${values.push(key.citizenIdHash)}`
        : `t.name = $${values.push(key.name)} AND t.birth_date = $${values.push(key.birthDate)}::date`;
  const scope = placeCondition(VISIBLE, caller, values);
  return store.database.rows<PersonRow>(
    'persons_by_key',
    `SELECT ${COLUMNS.all} FROM people.person t WHERE ${condition} AND ${scope} ORDER BY t.id LIMIT ${MAX_MATCHES + 1}`,
    values,
    trace,
  );
}

/**
 * Everybody in the caller's area whose name begins with what was typed: with the characters, or with the letters of the
 * whole pinyin or of the initials; `MAX_MATCHES` and one more at most, each read from the index of the area's names.
 */
export function findPersonsByNameStart(
  store: PeopleStore,
  { text, noMinorsOn }: { readonly text: string; readonly noMinorsOn: string | undefined },
  caller: Caller,
  trace: OperationTrace,
): Promise<PersonRow[]> {
  const values: unknown[] = [text, `${text}${LAST_CHARACTER}`];
  const scope = placeCondition(LIVES, caller, values);
  const adults = exceptMinors(noMinorsOn, values);
  const columns = /^[a-z]/.test(text) ? ['name_pinyin', 'name_initials'] : ['name'];
  const starts = columns.map(
    (column) => `(SELECT t.id FROM people.person t WHERE ${scope} AND t.${column} >= $1 AND t.${column} < $2${adults}
       ORDER BY t.${column}, t.id LIMIT ${MAX_MATCHES + 1})`,
  );
  return store.database.rows<PersonRow>(
    'persons_by_name_start',
    `WITH found AS MATERIALIZED (SELECT s.id FROM (${starts.join(' UNION ')}) s ORDER BY 1 LIMIT ${MAX_MATCHES + 1})
     SELECT ${COLUMNS.all} FROM found f JOIN people.person t ON t.id = f.id ORDER BY t.id`,
    values,
    trace,
  );
}

/** How a given name is looked for: after any family name of one character, or as one of the names with one of two. */
export interface GivenNameSearch {
  readonly givenName: string;
  readonly compoundSurnames: readonly string[];
  readonly noMinorsOn: string | undefined;
}

/**
 * Everybody in the caller's area with a given name, whatever the family name; `MAX_MATCHES` and one more at most. What
 * follows a name's first character has an index of its own, with grids behind it: an area is a range of these.
 * Names with a family name of two characters are few enough to be looked up as such.
 */
export function findPersonsByGivenName(
  store: PeopleStore,
  { givenName, compoundSurnames, noMinorsOn }: GivenNameSearch,
  caller: Caller,
  trace: OperationTrace,
): Promise<PersonRow[]> {
  const names = compoundSurnames.map((surname) => surname + givenName);
  const values: unknown[] = [areaCodes(caller), givenName, compoundSurnames, names];
  const adults = exceptMinors(noMinorsOn, values);
  // A grid has no index of names: its community's is read.
  const scope = `${placeCondition({ ...LIVES, hasGridCode: false }, caller, values)} AND ${placeCondition(LIVES, caller, values)}`;
  return store.database.rows<PersonRow>(
    'persons_by_given_name',
    `WITH found AS MATERIALIZED (SELECT DISTINCT s.id FROM (
       (SELECT o.id FROM unnest($1::text[]) AS a(code) CROSS JOIN LATERAL (
          SELECT t.id FROM people.person t
           WHERE substr(t.name, 2) = $2 AND ${inArea('a.code')} AND (length(t.name) = 2 OR left(t.name, 2) <> ALL($3::text[]))${adults}
           LIMIT ${MAX_MATCHES + 1}) o)
       UNION ALL
       (SELECT t.id FROM people.person t WHERE t.name = ANY($4::text[]) AND ${scope}${adults} LIMIT ${MAX_MATCHES + 1})) s
      LIMIT ${MAX_MATCHES + 1})
     SELECT ${COLUMNS.all} FROM found f JOIN people.person t ON t.id = f.id ORDER BY t.id`,
    values,
    trace,
  );
}

/** What follows the family name in the letters of a name: expressions with an index each, as the migration has them. */
const GIVEN_LETTERS = [
  'people.letters_after_surname(people.surname_length(t.name), t.name_pinyin, t.name_initials)',
  'substr(t.name_initials, people.surname_length(t.name) + 1)',
];

/** The same by the letters of the given name, whole pinyin or initials; each has an index with grids behind it. */
export function findPersonsByGivenLetters(
  store: PeopleStore,
  { letters, noMinorsOn }: { readonly letters: string; readonly noMinorsOn: string | undefined },
  caller: Caller,
  trace: OperationTrace,
): Promise<PersonRow[]> {
  const values: unknown[] = [areaCodes(caller), letters];
  const adults = exceptMinors(noMinorsOn, values);
  const matches = GIVEN_LETTERS.map(
    (given) => `(SELECT o.id FROM unnest($1::text[]) AS a(code) CROSS JOIN LATERAL (
        SELECT t.id FROM people.person t
         WHERE ${given} = $2 AND ${inArea('a.code')}${adults}
         LIMIT ${MAX_MATCHES + 1}) o LIMIT ${MAX_MATCHES + 1})`,
  );
  return store.database.rows<PersonRow>(
    'persons_by_given_letters',
    `WITH found AS MATERIALIZED (SELECT s.id FROM (${matches.join(' UNION ')}) s LIMIT ${MAX_MATCHES + 1})
     SELECT ${COLUMNS.all} FROM found f JOIN people.person t ON t.id = f.id ORDER BY t.id`,
    values,
    trace,
  );
}

/** Codes of the caller's area, of any tier. */
function areaCodes(caller: Caller): readonly string[] {
  return caller.kind === 'HUB' ? [''] : caller.jurisdiction.filter((code) => tierOf(code) !== undefined);
}

/** Leaves out who was a minor on a day; nobody where none is given. Pushes what it needs onto `values`. */
function exceptMinors(noMinorsOn: string | undefined, values: unknown[]): string {
  return noMinorsOn === undefined ? '' : ` AND t.birth_date <= $${values.push(noMinorsOn)}::date`;
}

/** People of an area of any tier, as a range of grids. */
function inArea(code: string): string {
  return `t.grid_code BETWEEN ${code} AND rpad(${code}, 15, '9')`;
}

/** More addresses than this behind one text are too many to look through; more of it is to be typed. */
export const MOST_ADDRESSES = 300;

/**
 * Everybody who lives at the live addresses of the caller's area whose text holds what was typed, `MAX_MATCHES` and one
 * more at most: in the dwellings of a room, or of a house of a hamlet, where one is given. Undefined when more than
 * `MOST_ADDRESSES` addresses match.
 */
export async function findPersonsByAddress(
  store: PeopleStore,
  { address, room }: { readonly address: string; readonly room: string | null },
  caller: Caller,
  trace: OperationTrace,
): Promise<PersonRow[] | undefined> {
  const values: unknown[] = [`%${address.replace(/[\\%_]/g, '\\$&')}%`, room];
  const addresses = placeCondition({ alias: 'a', hasGridCode: false }, caller, values);
  const lives = placeCondition({ alias: 'r', hasGridCode: true }, caller, values);
  const rows = await store.database.rows<PersonRow & { readonly addresses: number }>(
    'persons_by_address',
    `WITH matched AS MATERIALIZED (
       SELECT a.id FROM people.standard_address a
        WHERE a.address_text LIKE $1 AND a.valid_to IS NULL AND ${addresses} LIMIT ${MOST_ADDRESSES + 1}),
     found AS MATERIALIZED (
       SELECT DISTINCT r.person_id FROM matched m
         JOIN people.dwelling d ON d.address_id = m.id AND ($2::text IS NULL OR d.room = $2 OR d.building = $2)
         JOIN people.residence r ON r.dwelling_id = d.id
        WHERE r.valid_to IS NULL AND r.kind <> 'REGISTERED' AND ${lives} ORDER BY 1 LIMIT ${MAX_MATCHES + 1})
     SELECT n.addresses, ${COLUMNS.all} FROM (SELECT count(*)::int AS addresses FROM matched) n
       LEFT JOIN found f ON true LEFT JOIN people.person t ON t.id = f.person_id ORDER BY t.id`,
    values,
    trace,
  );
  if ((rows[0]?.addresses ?? 0) > MOST_ADDRESSES) return undefined;
  return rows.filter(({ id }) => id !== null);
}

function prefixFilter(column: string): FilterDeclaration {
  return (value, values) =>
    `${column} >= $${values.push(value)} AND ${column} < $${values.push(`${String(value)}${LAST_CHARACTER}`)}`;
}

/** 未知、未说明: so rare that they have an index of their own, which a statement meets where it names the code. */
const RARE_SEXES: ReadonlySet<string> = new Set(['0', '9']);

/** Persons by where they live now. */
export const personList: ListDeclaration<PersonRow> = {
  name: 'people.persons',
  from: 'people.person t',
  columns: COLUMNS,
  type: 'Person',
  place: LIVES,
  sorts: {
    ID: { columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }], direction: 'ASC', filters: ['sex'] },
    NAME: {
      columns: [
        { expression: 't.name_pinyin', property: 'namePinyin', cast: 'text' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['sex', 'namePinyinPrefix', 'noMinorsOn'],
    },
    CHARACTERS: {
      columns: [
        { expression: 't.name', property: 'name', cast: 'text' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['sex', 'namePrefix', 'noMinorsOn'],
    },
    INITIALS: {
      columns: [
        { expression: 't.name_initials', property: 'nameInitials', cast: 'text' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['sex', 'initialsPrefix', 'noMinorsOn'],
    },
    BIRTH_DATE: {
      columns: [
        { expression: 't.birth_date', property: 'birthDate', cast: 'date' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['sex', 'bornFrom', 'bornTo', 'noMinorsOn'],
    },
  },
  filters: {
    sex: (value, values) =>
      RARE_SEXES.has(String(value)) ? `t.sex_code = '${value}'` : `t.sex_code = $${values.push(value)}`,
    namePinyinPrefix: prefixFilter('t.name_pinyin'),
    namePrefix: prefixFilter('t.name'),
    initialsPrefix: prefixFilter('t.name_initials'),
    // One in eight is a minor: the index that serves the sort gives a few rows more than the page holds.
    noMinorsOn: (value, values) => `t.birth_date <= $${values.push(value)}::date`,
    bornFrom: (value, values) => `t.birth_date >= $${values.push(value)}::date`,
    bornTo: (value, values) => `t.birth_date <= $${values.push(value)}::date`,
  },
};

/** 人户分离: those who live in a community and are registered elsewhere. */
export const livingApartList: ListDeclaration<PersonRow> = {
  ...personList,
  name: 'people.living_apart',
  always: 't.registered_community_code IS DISTINCT FROM t.community_code',
};

/** 人户分离: those who are registered in a community and live elsewhere. */
export const registeredApartList: ListDeclaration<PersonRow> = {
  ...personList,
  name: 'people.registered_apart',
  place: VISIBLE,
  always: 't.registered_community_code <> t.community_code',
};

/** Members of a household, wherever each of them lives now. */
export const memberList: ListDeclaration<PersonRow> = {
  ...personList,
  name: 'people.household_members',
  place: VISIBLE,
  sorts: {
    RELATION: {
      columns: [
        { expression: 't.relation_to_head_code', property: 'relationToHeadCode', cast: 'text' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: [],
    },
  },
  always: 't.relation_to_head_code IS NOT NULL',
};
