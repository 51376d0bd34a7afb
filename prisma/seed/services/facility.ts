import { DAYS_PER_YEAR, dayText } from '../chance/calendar-day.ts';
import { type Random, weighted } from '../chance/random.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import { provenanceIds } from '../provenance.ts';
import type { CommunityDraft } from '../territory/community-draft.ts';
import type { FacilityKind, FacilityStage, FacilityTier } from '../vocabulary.ts';

const SHARED_CENTRE_SHARE = 0.06;

const drawStage = weighted<FacilityStage>([
  ['BUILD', 4],
  ['USE', 52],
  ['MANAGE', 26],
  ['EVALUATE', 18],
]);

const names: Record<FacilityKind, string> = {
  PARTY_MASS_SERVICE_CENTRE: '党群服务中心',
  CONVENIENCE_CENTRE: '便民服务中心',
  CONVENIENCE_STATION: '便民服务站',
  RESIDENTS_LOUNGE: '居民会客厅',
  POLICE_ROOM: '警务室',
  NEIGHBOUR_CENTRE: '邻里中心',
  LEGAL_AID: '法律援助工作站',
  PUBLIC_SPACE: '邻里公共客厅',
  ELDER_CARE_CENTRE: '居家养老服务照料中心',
  HEALTH_STATION: '卫生服务站',
};

const areas: Record<Exclude<FacilityKind, 'PARTY_MASS_SERVICE_CENTRE'>, readonly [low: number, high: number]> = {
  CONVENIENCE_CENTRE: [800, 2400],
  CONVENIENCE_STATION: [60, 220],
  RESIDENTS_LOUNGE: [80, 400],
  POLICE_ROOM: [20, 60],
  NEIGHBOUR_CENTRE: [300, 1800],
  LEGAL_AID: [15, 50],
  PUBLIC_SPACE: [80, 500],
  ELDER_CARE_CENTRE: [200, 800],
  HEALTH_STATION: [100, 350],
};

/** Opens the community's facilities, and lets it share its neighbour's service centre now and then. */
export function openFacilities(draft: CommunityDraft): void {
  const { plan, state, place } = draft;
  const random = draft.stream('facilities');
  const perCommunity = state.profile.facilitiesPerCommunity;
  const doors = random.between(1, 120);
  const serve = (facilityId: string): void => {
    draft.table('services.facility_serving').push({ facilityId, communityCode: plan.communityCode });
  };
  const open = (kind: FacilityKind, tier: FacilityTier, area: number, name: string): string => {
    const id = draft.ids.next();
    const stage = drawStage(random);
    const opened = REFERENCE_DAY - Math.round((0.2 + random.fraction() * 11) * DAYS_PER_YEAR);
    draft.table('services.facility').push({
      id,
      kind,
      name,
      tier,
      areaSquareMetres: Math.round(area * 10) / 10,
      oneDoor: kind === 'PARTY_MASS_SERVICE_CENTRE' || kind === 'CONVENIENCE_CENTRE' ? random.chance(0.82) : false,
      stage,
      openedOn: stage === 'BUILD' ? null : dayText(opened),
      addressText: `${plan.addressPrefix}${plan.urban ? random.pick(state.profile.roads) : ''}${doors + random.below(9)}号`,
      ...place,
      provenanceId: provenanceIds['services.facility'],
    });
    if (tier === 'COMMUNITY') serve(id);
    return id;
  };
  const openHere = (kind: Exclude<FacilityKind, 'PARTY_MASS_SERVICE_CENTRE'>, share: number): void => {
    for (let i = random.round(share); i > 0; i--) {
      const [low, high] = areas[kind];
      open(
        kind,
        'COMMUNITY',
        low + random.fraction() * (high - low),
        `${plan.name}${names[kind]}${i > 1 ? '二部' : ''}`,
      );
    }
  };

  if (plan.opensTownship && plan.townshipName !== '') {
    const [low, high] = areas.CONVENIENCE_CENTRE;
    const area = low + random.fraction() * (high - low);
    const id = open('CONVENIENCE_CENTRE', 'TOWNSHIP', area, plan.townshipName + names.CONVENIENCE_CENTRE);
    state.townshipCentres.set(plan.townshipCode, id);
  }
  const townshipCentre = state.townshipCentres.get(plan.townshipCode);
  if (townshipCentre !== undefined) serve(townshipCentre);
  const neighbour = state.centres.get(plan.townshipCode);
  const sharing = plan.hasCentre && neighbour !== undefined && !neighbour.shared && random.chance(SHARED_CENTRE_SHARE);
  if (sharing) {
    neighbour.shared = true;
    serve(neighbour.facilityId);
  } else if (plan.hasCentre) {
    const name = plan.name + names.PARTY_MASS_SERVICE_CENTRE;
    const id = open('PARTY_MASS_SERVICE_CENTRE', 'COMMUNITY', centreArea(random, draft), name);
    state.centres.set(plan.townshipCode, { facilityId: id, shared: false });
    openHere('CONVENIENCE_STATION', 1);
  }
  openHere('RESIDENTS_LOUNGE', plan.opensTownship ? 1 : state.profile.furtherLounges);
  openHere('LEGAL_AID', perCommunity.LEGAL_AID);
  openHere('POLICE_ROOM', perCommunity.POLICE_ROOM);
  openHere('NEIGHBOUR_CENTRE', plan.urban ? perCommunity.NEIGHBOUR_CENTRE * 1.8 : perCommunity.NEIGHBOUR_CENTRE * 0.5);
  openHere('PUBLIC_SPACE', perCommunity.PUBLIC_SPACE);
  openHere('ELDER_CARE_CENTRE', 0.7);
  openHere('HEALTH_STATION', plan.urban ? 0.6 : 0.8);
}

/** Mostly at or above the minimum, about one in ten below it, with the profile's mean. */
function centreArea(random: Random, draft: CommunityDraft): number {
  const { centreAreas } = draft.state.profile;
  const minimum = draft.plan.urban ? centreAreas.urbanMinimum : centreAreas.ruralMinimum;
  const mean = draft.plan.urban ? centreAreas.urbanMean : centreAreas.ruralMean;
  const belowShare = 0.1;
  if (random.chance(belowShare)) return minimum * (0.6 + random.fraction() * 0.38);
  const meanAbove = (mean - belowShare * minimum * 0.79) / (1 - belowShare);
  // The square of a uniform number has mean 1/3: many just above the minimum, few very large.
  return minimum + random.fraction() ** 2 * (meanAbove - minimum) * 3;
}
