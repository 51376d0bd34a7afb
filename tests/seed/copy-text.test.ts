import { expect, test } from 'vitest';
import { CopyText, copyValue } from '../../prisma/seed/loading/copy-text.ts';
import { provenanceRows } from '../../prisma/seed/provenance.ts';

const sealer = {
  seal: (plain: string) => Buffer.from(`s${plain}`),
  keyedHash: (plain: string) => Buffer.from(`h${plain}`),
};

test('values are written in the text format of COPY', () => {
  expect(copyValue('一\t二\\三\n四\r')).toBe('一\\t二\\\\三\\n四\\r');
  expect(copyValue(null)).toBe('\\N');
  expect(copyValue(12.5)).toBe('12.5');
  expect([copyValue(true), copyValue(false)]).toEqual(['t', 'f']);
  expect(copyValue(Buffer.from([0, 255]))).toBe('\\\\x00ff');
  expect(copyValue(['A', 'b"c'])).toBe('{"A","b\\\\"c"}');
  expect(() => copyValue(undefined)).toThrow(TypeError);
});

test('a row becomes one line under the columns of its table', () => {
  const format = new CopyText('services.facility_serving', sealer);
  expect(format.statement).toBe('COPY "services"."facility_serving" ("facility_id", "community_code") FROM STDIN');
  expect(format.line({ facilityId: 'f', communityCode: '330402007024' })).toBe('f\t330402007024\n');
});

test("a person's numbers are stored sealed and hashed, never in clear", () => {
  const { statement } = new CopyText('people.person', sealer);
  expect(statement).toContain('"citizen_id_sealed", "citizen_id_hash", "phone_sealed", "phone_hash"');
  expect(statement).not.toContain('"id_number"');
  expect(statement).not.toContain('"phone",');
});

test('provenance counts what was made, one row per dataset', () => {
  const rows = provenanceRows({ 'people.person': 7 })['people.provenance'] ?? [];
  expect(rows.map(({ dataset, rowCount }) => [dataset, rowCount])).toEqual([
    ['person', 7],
    ['household', 0],
    ['residence', 0],
    ['dwelling', 0],
    ['care_tag', 0],
    ['care_visit', 0],
    ['elder_alert', 0],
    ['standard_address', 0],
    ['population_release', 1],
    ['identity_candidate', 3],
  ]);
});
