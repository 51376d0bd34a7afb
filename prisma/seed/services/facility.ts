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

/** What communities and townships open; the rest of the kinds is made by the examples. */
type LocalKind = Exclude<FacilityKind, 'GOVERNMENT_SERVICE_CENTRE' | 'DELIBERATION_ROOM'>;

const names: Record<LocalKind, string> = {
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

const areas: Record<Exclude<LocalKind, 'PARTY_MASS_SERVICE_CENTRE'>, readonly [low: number, high: number]> = {
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

const OFFICE_HOURS = [510, 1020] as const;
const LONG_HOURS = [510, 1260] as const;
const hours: Partial<Record<LocalKind, readonly [opens: number, closes: number]>> = {
  PARTY_MASS_SERVICE_CENTRE: OFFICE_HOURS,
  CONVENIENCE_CENTRE: OFFICE_HOURS,
  CONVENIENCE_STATION: OFFICE_HOURS,
  LEGAL_AID: OFFICE_HOURS,
  RESIDENTS_LOUNGE: LONG_HOURS,
  NEIGHBOUR_CENTRE: LONG_HOURS,
  PUBLIC_SPACE: LONG_HOURS,
  ELDER_CARE_CENTRE: OFFICE_HOURS,
  HEALTH_STATION: OFFICE_HOURS,
};
const bookableKinds: ReadonlySet<FacilityKind> = new Set(['RESIDENTS_LOUNGE', 'NEIGHBOUR_CENTRE', 'PUBLIC_SPACE']);

const METRES_PER_DEGREE = 111_195;
/** So that neighbours lie about a kilometre apart, on a spiral that fills the plane evenly. */
const SPIRAL_METRES = 520;
const GOLDEN_ANGLE = 2.399963;

/** A made-up place for a community: the order of communities laid out around the nominal centre of the city. */
function communityCentre({ plan, state }: CommunityDraft): { longitude: number; latitude: number } {
  const { nominalCentre } = state.profile;
  return moved(nominalCentre, SPIRAL_METRES * Math.sqrt(plan.ordinal + 0.5), plan.ordinal * GOLDEN_ANGLE);
}

/** A made-up place near a community's: within 700 m in town, two kilometres in the country, denser in the middle. */
function nearby(centre: { longitude: number; latitude: number }, random: Random, urban: boolean) {
  return moved(centre, random.fraction() * (urban ? 700 : 2_000), random.fraction() * 2 * Math.PI);
}

function moved({ longitude, latitude }: { longitude: number; latitude: number }, metres: number, angle: number) {
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  const north = (metres * Math.cos(angle)) / METRES_PER_DEGREE;
  const east = (metres * Math.sin(angle)) / METRES_PER_DEGREE / Math.cos((latitude * Math.PI) / 180);
  return { longitude: round(longitude + east), latitude: round(latitude + north) };
}

/** Opens the community's facilities, and lets it share its neighbour's service centre now and then. */
export function openFacilities(draft: CommunityDraft): void {
  const { plan, state, place } = draft;
  const random = draft.stream('facilities');
  const perCommunity = state.profile.facilitiesPerCommunity;
  const doors = random.between(1, 120);
  const positions = draft.stream('facility-positions');
  const centre = communityCentre(draft);
  const serve = (facilityId: string): void => {
    draft.table('services.facility_serving').push({ facilityId, communityCode: plan.communityCode });
  };
  const open = (kind: LocalKind, tier: FacilityTier, area: number, name: string): string => {
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
      ...nearby(centre, positions, plan.urban),
      positionSynthetic: true,
      opensAtMinute: hours[kind]?.[0] ?? null,
      closesAtMinute: hours[kind]?.[1] ?? null,
      bookable: bookableKinds.has(kind),
      ...place,
      provenanceId: provenanceIds['services.facility'],
    });
    if (tier === 'COMMUNITY') serve(id);
    return id;
  };
  const openHere = (kind: Exclude<LocalKind, 'PARTY_MASS_SERVICE_CENTRE'>, share: number): void => {
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
