import type pg from 'pg';
import { insertProvenance, insertRows, placeOf, TEST_PROVENANCE_ID, testUuid } from './insert-rows.ts';

/** Two communities of one township (A is 居, B is 村), and one of another county of the same city. */
export const GRID_A1 = '330402001001001';
export const GRID_A2 = '330402001001002';
export const GRID_B1 = '330402001201001';
export const GRID_C1 = '330411001001001';
export const COMMUNITY_A = GRID_A1.slice(0, 12);
export const COMMUNITY_B = GRID_B1.slice(0, 12);
export const COMMUNITY_C = GRID_C1.slice(0, 12);
export const COUNTY_AB = '330402';
export const COUNTY_C = '330411';
export const CITY = '3304';

export const REPORTER_KEY = testUuid(900);

/** `A` stands in A and serves A and B; `T` is the township's; `B` serves nobody but stands in B; `C` is too small. */
export const facilityKeys = { A: testUuid(1), T: testUuid(2), B: testUuid(3), C: testUuid(4) };

const facilities = [
  [facilityKeys.A, 'PARTY_MASS_SERVICE_CENTRE', 'COMMUNITY', '甲社区党群服务中心', 600, COMMUNITY_A],
  [facilityKeys.T, 'CONVENIENCE_CENTRE', 'TOWNSHIP', '街道便民服务中心', 1200.5, COMMUNITY_A],
  [facilityKeys.B, 'PARTY_MASS_SERVICE_CENTRE', 'COMMUNITY', '乙村党群服务中心', 500, COMMUNITY_B],
  [facilityKeys.C, 'PARTY_MASS_SERVICE_CENTRE', 'COMMUNITY', '丙社区党群服务中心', 599.99, COMMUNITY_C],
] as const;

const servings = [
  [facilityKeys.A, COMMUNITY_A],
  [facilityKeys.A, COMMUNITY_B],
  [facilityKeys.T, COMMUNITY_A],
  [facilityKeys.T, COMMUNITY_B],
  [facilityKeys.T, COMMUNITY_C],
] as const;

const serviceItems = [
  ['330499-0001', '最低生活保障申请', 'PAYMENT', 'civil-affairs', 'COMMUNITY', ['ONLINE', 'NEARBY'], 15, 30],
  ['330499-0002', '居住证办理', 'CONFIRMATION', 'public-security', 'TOWNSHIP', ['ONCE'], 5, 15],
  ['330499-0003', '食品经营许可', 'LICENCE', 'market-regulation', 'COUNTY', ['ONLINE'], 7, 20],
  ['330499-0004', '高龄津贴', 'PAYMENT', 'civil-affairs', 'COMMUNITY', ['IMMEDIATE'], 1, 20],
] as const;

export const itemKey = (number: number) => testUuid(50 + number);
export const incidentKey = (number: number) => testUuid(100 + number);

/** Number, grid, category, state, reported (day of June 2026), due (day), reporter. */
const incidents = [
  [1, GRID_A1, 'HAZARD', 'HANDLING', 1, 5, REPORTER_KEY],
  [2, GRID_A1, 'NOISE', 'CLOSED', 2, 9, REPORTER_KEY],
  [3, GRID_A2, 'DISPUTE', 'REPORTED', 3, null, null],
  [4, GRID_B1, 'HAZARD', 'ACCEPTED', 4, 29, null],
  [5, GRID_C1, 'TRAFFIC', 'DISPATCHED', 5, 25, REPORTER_KEY],
  [6, GRID_A1, 'NOISE', 'DISPATCHED', 6, 30, null],
] as const;

/** Inserts the facilities, service items and incidents above. The test clock stands at 2026-06-30 10:00 in China. */
export async function insertServices(pool: pg.Pool): Promise<void> {
  await insertProvenance(pool, 'services');
  await insertRows(
    pool,
    'services.facility',
    facilities.map(([id, kind, tier, name, areaSquareMetres, communityCode]) => ({
      ...{ id, kind, tier, name, areaSquareMetres, oneDoor: true, stage: 'USE', openedOn: '2020-05-01' },
      ...{ addressText: '中山路1号', ...placeOf(communityCode), provenanceId: TEST_PROVENANCE_ID },
    })),
  );
  await insertRows(
    pool,
    'services.facility_serving',
    servings.map(([facilityId, communityCode]) => ({ facilityId, communityCode })),
  );
  await insertRows(
    pool,
    'services.service_item',
    serviceItems.map(([itemCode, name, type, departmentCode, reach, modes, promised, legal], index) => ({
      ...{ id: itemKey(index + 1), itemCode, name, namePinyin: 'x', type, departmentCode, reach, modes: [...modes] },
      ...{ promisedWorkingDays: promised, legalWorkingDays: legal, provenanceId: TEST_PROVENANCE_ID },
    })),
  );
  await insertRows(pool, 'services.incident', incidents.map(incidentRow));
  await insertRows(pool, 'services.incident_transition', [
    transition(1, 2, 'REPORTED', 'ACCEPTED', '2026-06-01T03:00:00Z', 'community', null),
    transition(1, 1, null, 'REPORTED', '2026-06-01T02:00:00Z', 'community', null),
    transition(1, 3, 'ACCEPTED', 'HANDLING', '2026-06-01T04:00:00Z', 'urban-management', '已到场'),
    transition(2, 1, null, 'REPORTED', '2026-06-02T02:00:00Z', 'community', null),
  ]);
}

function incidentRow([number, gridCode, category, state, reported, due, reporterPersonId]: (typeof incidents)[number]) {
  const day = (value: number) => `2026-06-${String(value).padStart(2, '0')}T02:00:00Z`;
  return {
    ...{ id: incidentKey(number), incidentNumber: `SJ20260600${number}`, category, title: `事件${number}`, state },
    ...{ channel: 'GRID_WORKER', severity: 'GENERAL', reportedAt: day(reported) },
    ...{ dueAt: due === null ? null : day(due), closedAt: state === 'CLOSED' ? day(8) : null, reporterPersonId },
    ...{ handlerDepartmentCode: state === 'HANDLING' ? 'urban-management' : null, ...placeOf(gridCode), gridCode },
    provenanceId: TEST_PROVENANCE_ID,
  };
}

function transition(
  incident: number,
  ordinal: number,
  fromState: string | null,
  toState: string,
  at: string,
  actorDepartmentCode: string,
  note: string | null,
) {
  const keys = { incidentId: incidentKey(incident), provenanceId: TEST_PROVENANCE_ID };
  return { ...keys, ordinal, fromState, toState, at, actorDepartmentCode, note };
}
