import type { RowIds } from '../chance/row-ids.ts';
import type { CityState } from '../city-state.ts';
import { provenanceIds } from '../provenance.ts';
import { isPseudoTownship } from '../territory/division.ts';
import { divisionList } from '../territory/division-list.ts';
import type { VolunteerStationRow } from './party-life-rows.ts';

const CENTRE_ESTABLISHED = '2014-03-05';
const ESTABLISHED: Readonly<Record<string, string>> = { GENERAL_STATION: '2015-03-05', SUB_STATION: '2016-12-05' };

/**
 * The upper three levels of the volunteer service: the city's centre, a general station in each county, a sub-station
 * in each township. Service points come with their communities; where there is no township tier they hang on the county.
 */
export function volunteerTree(state: CityState, ids: RowIds): VolunteerStationRow[] {
  const { cityCode, name: cityName } = state.profile;
  const list = divisionList();
  const rows: VolunteerStationRow[] = [];
  const add = (
    level: string,
    name: string,
    parentId: string | null,
    countyCode: string | null,
    townshipCode: string | null,
  ): string => {
    const id = ids.next();
    rows.push({
      id,
      level,
      name,
      parentId,
      organizationId: null,
      establishedOn: ESTABLISHED[level] ?? CENTRE_ESTABLISHED,
      cityCode,
      countyCode,
      townshipCode,
      communityCode: null,
      provenanceId: provenanceIds['party.volunteer_station'],
    });
    return id;
  };
  const centre = add('CENTRE', `${cityName}党员志愿服务中心`, null, null, null);
  const counties = new Map<string, string>();
  for (const [code, name] of list.areas) {
    if (code.startsWith(cityCode))
      counties.set(code, add('GENERAL_STATION', `${name}党员志愿服务总站`, centre, code, null));
  }
  for (const [code, name] of list.streets) {
    const county = counties.get(code.slice(0, 6));
    if (county === undefined) continue;
    const station = isPseudoTownship(code)
      ? county
      : add('SUB_STATION', `${name}党员志愿服务分站`, county, code.slice(0, 6), code);
    state.volunteerStations.set(code, station);
  }
  return rows;
}
