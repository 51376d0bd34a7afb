import type pg from 'pg';
import { insertRows, TEST_PROVENANCE_ID, testUuid } from './insert-rows.ts';
import { itemKey } from './services-rows.ts';

export const APPLICANT = `Person:${testUuid(900)}`;
export const OTHER_APPLICANT = `Person:${testUuid(901)}`;
export const WORKER = `CommunityWorker:${testUuid(920)}`;
export const AGENT = `CommunityWorker:${testUuid(921)}`;
export const PROVIDER = `Organization:${testUuid(930)}`;
export const MEAL_ITEM = '330499-0099';

const material = (code: string, name: string, sharedBy: string | null, reusable = false, necessity = 'REQUIRED') => ({
  ...{ code, name, sharedBy, reusable, necessity },
});

/** Guides of the first two items (two versions of the first), and a service of daily life. */
export async function insertGuides(pool: pg.Pool): Promise<void> {
  const guide = (number: number, item: number, version: number, effectiveFrom: string, materials: object[]) => ({
    ...{ id: testUuid(600 + number), itemId: itemKey(item), version, effectiveFrom, conditions: '本辖区居民' },
    ...{ steps: ['受理', '审核', '办结'], fee: '不收费', materials: JSON.stringify(materials) },
    ...{ legalBasis: '《社会救助暂行办法》第十一条', basisConfirmed: true, provenanceId: TEST_PROVENANCE_ID },
  });
  const idCard = material('ID_CARD', '居民身份证', 'public-security');
  const photo = material('PHOTO', '近期照片', null, true);
  await insertRows(pool, 'services.service_guide', [
    guide(1, 1, 1, '2025-01-01', [idCard]),
    guide(2, 1, 2, '2026-01-01', [
      idCard,
      material('HOUSEHOLD_REGISTER', '居民户口簿', 'public-security'),
      material('PARTY_MEMBERSHIP', '党员身份', 'party-organization', false, 'IF_APPLICABLE'),
      material('APPLICATION_FORM', '申请表', null),
      photo,
    ]),
    guide(3, 2, 1, '2025-01-01', [idCard, photo]),
  ]);
  await insertRows(pool, 'services.service_item', [
    {
      ...{ id: itemKey(99), itemCode: MEAL_ITEM, name: '助餐配送', namePinyin: 'x', type: 'LIVELIHOOD' },
      ...{ departmentCode: 'civil-affairs', reach: 'COMMUNITY', modes: ['NEARBY'], promisedWorkingDays: 1 },
      ...{ legalWorkingDays: 1, serviceGroup: 'LIVELIHOOD', provenanceId: TEST_PROVENANCE_ID },
    },
  ]);
}
