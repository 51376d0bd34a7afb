import type { RowIds } from '../chance/row-ids.ts';
import { SYNTHETIC_COUNTY_CODE } from '../identifiers/citizen-id.ts';
import { termPinyin } from '../people/names.ts';
import { provenanceIds } from '../provenance.ts';
import type { ServiceItemRow } from '../rows.ts';
import type { ServiceGroup } from '../vocabulary.ts';
import { exampleId } from './example-ids.ts';
import { serviceItemList } from './service-item-list.ts';

/**
 * The service items as rows. Codes are local (`330499-0001` …): real ones begin with an office's credit code and are
 * imported as given.
 */
export function serviceItemRows(ids: RowIds): ServiceItemRow[] {
  return serviceItemList.map(([name, departmentCode, type, reach, modes, promised, legal], index) => ({
    // Orders of daily life came later: their ids stand beside the others, which stay what they were.
    id: type === 'LIVELIHOOD' ? exampleId(`service-item/${name}`) : ids.next(),
    itemCode: itemCode(index),
    name,
    namePinyin: termPinyin(name),
    type,
    departmentCode,
    reach,
    modes,
    promisedWorkingDays: promised,
    legalWorkingDays: legal,
    serviceGroup: groupOf(name, departmentCode, type),
    // Who is nearest guarantees it; benefits are paid by the county, everything else by whoever guarantees it.
    supplyTier: reach,
    fundingTier: type === 'PAYMENT' || type === 'AWARD' ? 'COUNTY' : reach,
    provenanceId: provenanceIds['services.service_item'],
  }));
}

/** Local code of an item by its place in the list. */
export function itemCode(index: number): string {
  return `${SYNTHETIC_COUNTY_CODE}-${String(index + 1).padStart(4, '0')}`;
}

const groupsByWord: readonly (readonly [word: RegExp, group: ServiceGroup])[] = [
  [/养老保险|医疗保险|社会保障|社会保险|医疗|两费/, 'SOCIAL_INSURANCE'],
  [/高龄|养老|老年|助老|助餐/, 'ELDER_CARE'],
  [/残疾/, 'DISABILITY'],
  [/失业|就业|创业|劳动/, 'EMPLOYMENT'],
  [/退役|义务兵/, 'VETERANS'],
  [/住房|公租房|业主|房屋/, 'HOUSING'],
  [/入学|学生/, 'EDUCATION'],
  [/居住|户口|身份证|出生/, 'RESIDENCE'],
];
const groupsByDepartment: Readonly<Record<string, ServiceGroup>> = {
  'civil-affairs': 'SOCIAL_ASSISTANCE',
  'medical-insurance': 'SOCIAL_INSURANCE',
  health: 'HEALTH',
};

/** What an item is about, by its name, or by its department where the name does not tell. */
export function groupOf(name: string, departmentCode: string, type: string): ServiceGroup {
  if (type === 'LIVELIHOOD') return 'LIVELIHOOD';
  const byWord = groupsByWord.find(([word]) => word.test(name))?.[1];
  return byWord ?? (type === 'PAYMENT' ? groupsByDepartment[departmentCode] : undefined) ?? 'OTHER';
}
