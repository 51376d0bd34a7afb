import { organizationCodeOf } from '../../../subgraphs/kit/party-organization-code.ts';
import { dayOf, dayText } from '../chance/calendar-day.ts';
import { Random } from '../chance/random.ts';
import type { RowIds } from '../chance/row-ids.ts';
import type { CityState } from '../city-state.ts';
import { provenanceIds } from '../provenance.ts';
import type { PartyOrganizationRow } from '../rows.ts';
import { SEED } from '../seed-version.ts';
import { isPseudoTownship } from '../territory/division.ts';
import { divisionList } from '../territory/division-list.ts';

type Committee = Pick<PartyOrganizationRow, 'name' | 'parentId' | 'countyCode' | 'townshipCode'>;

/**
 * The committees of the city, its counties and its townships. Their secretaries are not among the synthetic people, so
 * they stay open. Notes each township's committee (the county's, where there is no township) in the state.
 */
export function partyCommittees(state: CityState, ids: RowIds): PartyOrganizationRow[] {
  const { cityCode, name: cityName, city } = state.profile;
  const random = new Random(`${SEED}/${city}/party-committees`);
  const list = divisionList();
  const rows: PartyOrganizationRow[] = [];
  const add = (committee: Committee): string => {
    const id = ids.next();
    rows.push({
      id,
      kind: 'COMMITTEE',
      name: committee.name,
      parentId: committee.parentId,
      secretaryPersonId: null,
      secretaryName: null,
      establishedOn: dayText(dayOf(random.between(1983, 2009), random.between(1, 12), random.between(1, 28))),
      termEndsOn: dayText(dayOf(2026, random.between(11, 12), random.between(1, 28))),
      cityCode,
      countyCode: committee.countyCode,
      townshipCode: committee.townshipCode,
      communityCode: null,
      gridCode: null,
      microGridCode: null,
      hostKind: null,
      hostName: null,
      publicContact: null,
      coveredUnits: [],
      organizationCode: organizationCodeOf(id),
      provenanceId: provenanceIds['party.party_organization'],
    });
    return id;
  };
  const cityId = add({ name: `中共${cityName}委员会`, parentId: null, countyCode: null, townshipCode: null });
  const counties = new Map<string, { id: string; name: string }>();
  for (const [code, name] of list.areas) {
    if (!code.startsWith(cityCode)) continue;
    const id = add({ name: `中共${cityName}${name}委员会`, parentId: cityId, countyCode: code, townshipCode: null });
    counties.set(code, { id, name });
  }
  for (const [code, name] of list.streets) {
    const county = counties.get(code.slice(0, 6));
    if (county === undefined) continue;
    if (isPseudoTownship(code)) {
      state.townshipParty.set(code, county.id);
      continue;
    }
    const kind = name.endsWith('街道') ? '工作委员会' : '委员会';
    const committee = { parentId: county.id, countyCode: code.slice(0, 6), townshipCode: code };
    state.townshipParty.set(code, add({ name: `中共${cityName}${county.name}${name}${kind}`, ...committee }));
  }
  return rows;
}
