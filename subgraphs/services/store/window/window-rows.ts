import { divisionFilter } from '../../../kit/store/division-filter.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { equals, tableReader } from '../table-reader.ts';

export interface ServiceWindowRow {
  readonly id: string;
  readonly facilityId: string;
  readonly kind: 'INTEGRATED' | 'SPECIALISED';
  readonly name: string;
  readonly openingHours: string;
  readonly dutyWorkerId: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

/** Windows are printed on the doors of their facilities: the same for every area. */
export const windowTable = tableReader<ServiceWindowRow>('service_window', {
  ...{ id: true, facilityId: true, kind: true, name: true, openingHours: true, dutyWorkerId: true },
  ...{ communityCode: true, provenanceId: true },
});

export const windowList: ListDeclaration<ServiceWindowRow> = windowTable.list(
  'service_windows',
  {
    ID: {
      columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }],
      direction: 'ASC',
      filters: ['kind', 'divisionCode'],
    },
  },
  { kind: equals('kind'), divisionCode: divisionFilter('t', false) },
);
