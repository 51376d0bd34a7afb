import type { RowIds } from '../chance/row-ids.ts';
import { SYNTHETIC_COUNTY_CODE } from '../identifiers/citizen-id.ts';
import { termPinyin } from '../people/names.ts';
import { provenanceIds } from '../provenance.ts';
import type { ServiceItemRow } from '../rows.ts';
import { serviceItemList } from './service-item-list.ts';

/**
 * The service items as rows. Codes are local (`330499-0001` …): real ones begin with an office's credit code and are
 * imported as given.
 */
export function serviceItemRows(ids: RowIds): ServiceItemRow[] {
  return serviceItemList.map(([name, departmentCode, type, reach, modes, promised, legal], index) => ({
    id: ids.next(),
    itemCode: `${SYNTHETIC_COUNTY_CODE}-${String(index + 1).padStart(4, '0')}`,
    name,
    namePinyin: termPinyin(name),
    type,
    departmentCode,
    reach,
    modes,
    promisedWorkingDays: promised,
    legalWorkingDays: legal,
    provenanceId: provenanceIds['services.service_item'],
  }));
}
