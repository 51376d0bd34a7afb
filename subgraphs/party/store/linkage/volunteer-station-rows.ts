import { divisionFilter } from '../../../kit/store/division-filter.ts';
import { columnList } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { PartyTable } from '../party-table.ts';

export type VolunteerStationLevel = 'CENTRE' | 'GENERAL_STATION' | 'SUB_STATION' | 'SERVICE_POINT' | 'TEAM';

export interface VolunteerStationRow {
  readonly id: string;
  readonly level: VolunteerStationLevel;
  readonly name: string;
  readonly parentId: string | null;
  readonly organizationId: string | null;
  readonly establishedOn: string | null;
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly townshipCode: string | null;
  readonly communityCode: string | null;
  readonly provenanceId: string;
}

export const VOLUNTEER_STATION_TABLE: PartyTable<VolunteerStationRow> = {
  table: 'volunteer_station',
  columns: [
    'id',
    'level',
    'name',
    'parentId',
    'organizationId',
    'establishedOn',
    'cityCode',
    'countyCode',
    'townshipCode',
    'communityCode',
    'provenanceId',
  ],
  dates: ['establishedOn'],
  place: { alias: 't', hasGridCode: false },
};

/** Open structure data. Each tier's code leads an index with the level behind it. */
export const volunteerStationList: ListDeclaration<VolunteerStationRow> = {
  name: 'party.volunteer_stations',
  from: 'party.volunteer_station t',
  columns: columnList(VOLUNTEER_STATION_TABLE),
  sorts: {
    LEVEL: {
      columns: [
        { expression: 't.level', property: 'level', cast: 'text' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['divisionCode', 'level'],
    },
    ID: { columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }], direction: 'ASC', filters: [] },
  },
  filters: {
    divisionCode: divisionFilter('t', false),
    level: (value, values) => `t.level = $${values.push(value)}`,
  },
};
