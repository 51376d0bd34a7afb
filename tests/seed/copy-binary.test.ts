import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { expect, test } from 'vitest';
import { BINARY_HEADER, BINARY_TABLES, BINARY_TRAILER, CopyBinary } from '../../prisma/seed/loading/copy-binary.ts';
import { copyColumns } from '../../prisma/seed/loading/copy-columns.ts';
import type { CityRows } from '../../prisma/seed/rows.ts';
import { freshDatabase } from '../kit/test-database.ts';

const sealer = {
  seal: (plain: string) => Buffer.from(`s${plain}`),
  keyedHash: (plain: string) => Buffer.from([0, 255, plain.length]),
};
const ID = '01900000-abcd-7ef0-8123-456789abcdef';
const PLACE = {
  ...{ cityCode: '3304', countyCode: '330402', townshipCode: '330402007', communityCode: '330402007024' },
  ...{ gridCode: '330402007024001', microGridCode: '330402007024001001', provenanceId: ID },
};
const DWELLING: CityRows['people.dwelling'] = {
  ...{ id: ID, addressId: ID, estateName: 'é苑𠮷\t\\N', addressText: '', building: '1', unit: null, room: '101' },
  ...{ areaSquareMetres: 86.5, usage: 'VACANT', ...PLACE },
};
const PERSON: CityRows['people.person'] = {
  ...{ id: ID, name: '欧阳', namePinyin: 'ouyang', nameInitials: 'oy', sexCode: '1', birthDate: '1910-02-28' },
  ...{
    idNumber: '330499191002280013',
    phone: null,
    ethnicGroupCode: '01',
    educationCode: '10',
    maritalStatusCode: '10',
  },
  ...{ employmentStatusCode: '10', householdId: ID, relationToHeadCode: null, registeredCityCode: '3304' },
  ...{ registeredCountyCode: '330402', registeredTownshipCode: null, registeredCommunityCode: null, synthetic: true },
  ...PLACE,
};
const TRANSITION: CityRows['services.incident_transition'] = {
  ...{ incidentId: ID, ordinal: 70_000, fromState: null, toState: 'REPORTED', at: '1999-12-31T23:59:59.999Z' },
  ...{ actorDepartmentCode: 'public-security', note: null, provenanceId: ID },
};
const RESIDENCE: CityRows['people.residence'] = {
  ...{ id: ID, personId: ID, dwellingId: ID, kind: 'RESIDENT', validFrom: '2020-02-29', validTo: null },
  ...{ cityCode: '3304', countyCode: '330402', townshipCode: '330402007', communityCode: '330402007024' },
  ...{ gridCode: '330402007024001', provenanceId: ID },
};

const TYPES = {
  uuid: 'uuid',
  date: 'date',
  instant: 'timestamp with time zone',
  integer: 'integer',
} as const;

test('what is sent in binary has the types that the columns have', async () => {
  await using database = await freshDatabase();
  const { rows } = await database.pool.query<{ name: string; type: string }>(
    `SELECT table_schema || '.' || table_name || '.' || column_name AS name, data_type AS type FROM information_schema.columns`,
  );
  const actual = new Map(rows.map(({ name, type }) => [name, type]));
  const [declared, found]: [string[], string[]] = [[], []];
  for (const [table, kinds] of Object.entries(BINARY_TABLES) as [
    keyof typeof BINARY_TABLES,
    Record<string, string>,
  ][]) {
    for (const { column, property, convert } of copyColumns(table, sealer)) {
      const kind = kinds[property] ?? (convert === null ? 'text' : 'bytea');
      declared.push(`${table}.${column} ${(TYPES as Record<string, string>)[kind] ?? kind}`);
      found.push(`${table}.${column} ${actual.get(`${table}.${column}`)}`);
    }
  }
  expect(declared.length).toBeGreaterThan(80);
  expect(declared).toEqual(found);
});

test('Postgres reads every kind of value as it was meant', async () => {
  await using database = await freshDatabase();
  const stored = async <T extends keyof typeof BINARY_TABLES>(
    table: T,
    rows: readonly CityRows[T][],
    shown: string,
  ) => {
    const format = new CopyBinary(table, sealer);
    const bytes = Buffer.alloc(65_536);
    let at = 0;
    for (const row of rows) at = format.write(row, bytes, at);
    const client = await database.pool.connect();
    const stream = client.query(copyFrom(`${format.statement} WITH (FORMAT binary)`));
    await pipeline([BINARY_HEADER, bytes.subarray(0, at), BINARY_TRAILER], stream);
    client.release();
    const found = await database.pool.query(`SELECT ${shown} FROM ${table} ORDER BY 1`);
    return found.rows.map((row) => Object.values(row));
  };
  const areas = [0, 0.5, 1, 86.5, 128.05, 9999.99];
  const dwellings = areas.map((areaSquareMetres, n) => ({
    ...DWELLING,
    areaSquareMetres,
    id: `${ID.slice(0, 35)}${n}`,
    room: `${n}`,
  }));

  expect(
    await stored('people.dwelling', dwellings, 'id::text, area_square_metres::text, estate_name, address_text, unit'),
  ).toEqual(dwellings.map(({ id, areaSquareMetres }) => [id, areaSquareMetres.toFixed(2), 'é苑𠮷\t\\N', '', null]));
  expect(
    await stored(
      'people.person',
      [PERSON, { ...PERSON, id: ID.replace('ab', 'ff'), idNumber: '1', phone: '13800000000', birthDate: '2026-06-30' }],
      'id::text, name, birth_date::text, synthetic, citizen_id_sealed, citizen_id_hash, phone_sealed, phone_hash, registered_township_code, grid_code',
    ),
  ).toEqual([
    [
      ID,
      '欧阳',
      '1910-02-28',
      true,
      Buffer.from('s330499191002280013'),
      Buffer.from([0, 255, 18]),
      null,
      null,
      null,
      PLACE.gridCode,
    ],
    [
      ID.replace('ab', 'ff'),
      '欧阳',
      '2026-06-30',
      true,
      Buffer.from('s1'),
      Buffer.from([0, 255, 1]),
      Buffer.from('s13800000000'),
      Buffer.from([0, 255, 11]),
      null,
      PLACE.gridCode,
    ],
  ]);
  expect(
    await stored(
      'services.incident_transition',
      [
        TRANSITION,
        { ...TRANSITION, ordinal: 70_001, fromState: 'REPORTED', at: '2026-06-30T02:03:04.050Z', note: '好' },
      ],
      `ordinal, incident_id::text, from_state, to_state, (at AT TIME ZONE 'UTC')::text, note`,
    ),
  ).toEqual([
    [70_000, ID, null, 'REPORTED', '1999-12-31 23:59:59.999', null],
    [70_001, ID, 'REPORTED', 'REPORTED', '2026-06-30 02:03:04.05', '好'],
  ]);
});

test('a value that the format has no place for is refused, and a row without room says how long it is', () => {
  const dwelling = new CopyBinary('people.dwelling', sealer);
  const bytes = Buffer.alloc(1024);
  const end = dwelling.write(DWELLING, bytes, 0);
  expect(dwelling.write(DWELLING, Buffer.alloc(10), 0)).toBe(end);
  for (const areaSquareMetres of [-1, 10_000, 0.12345, Number.NaN]) {
    expect(() => dwelling.write({ ...DWELLING, areaSquareMetres }, bytes, 0)).toThrow('is no quantity');
  }
  expect(() => dwelling.write({ ...DWELLING, id: 'x' }, bytes, 0)).toThrow('x is no UUID');
  expect(() => dwelling.write({ ...DWELLING, room: '\ud800' }, bytes, 0)).toThrow(RangeError);
  const person = new CopyBinary('people.person', sealer);
  expect(() => person.write({ ...PERSON, birthDate: '1910-2-28' }, bytes, 0)).toThrow('is no date');
  const transition = new CopyBinary('services.incident_transition', sealer);
  expect(() => transition.write({ ...TRANSITION, at: 'soon' }, bytes, 0)).toThrow('is no instant');
});

test('what a row repeats of the one before is the same bytes, also where that one had no room', () => {
  const others = [
    RESIDENCE,
    { ...RESIDENCE, dwellingId: ID.replace('ab', 'ff') },
    { ...RESIDENCE, gridCode: '330402007024002' },
    { ...RESIDENCE, communityCode: '330402007025', provenanceId: ID.replace('ab', 'ff') },
    RESIDENCE,
    RESIDENCE,
  ];
  const alone = others.map((row) => written(new CopyBinary('people.residence', sealer), row));
  const format = new CopyBinary('people.residence', sealer);
  expect(others.map((row) => written(format, row))).toEqual(alone);
  for (const room of [0, 30, 80, (alone[0] as Buffer).length - 1]) {
    const cramped = new CopyBinary('people.residence', sealer);
    cramped.write(RESIDENCE, Buffer.alloc(room), 0);
    expect(others.map((row) => written(cramped, row))).toEqual(alone);
  }
});

function written(format: CopyBinary<'people.residence'>, row: CityRows['people.residence']): Buffer {
  const bytes = Buffer.alloc(1024);
  return bytes.subarray(0, format.write(row, bytes, 0));
}
