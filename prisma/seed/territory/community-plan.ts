import { Random } from '../chance/random.ts';
import type { CityProfile } from '../profile/city-profile.ts';
import type { PlaceCodes } from '../rows.ts';
import { SEED } from '../seed-version.ts';
import type { CommunityKind, CommunityOrigin } from '../vocabulary.ts';
import { isPseudoTownship, isResidential, isVirtualVillage } from './division.ts';
import { divisionList } from './division-list.ts';

/** 沿革 — what a community was made of: another code that ended with it, or a village that it is a part of (SPLIT). */
export interface Formation {
  readonly kind: 'CONVERTED' | 'RENAMED' | 'SPLIT';
  readonly fromCode: string;
  readonly fromName: string;
}

/** What is settled about a community before anybody is born in it. The same at every scale. */
export interface CommunityPlan extends PlaceCodes {
  /** Position in the order in which communities are populated, from 0. */
  readonly ordinal: number;
  /** The community's own name, such as 百福弄社区 or 博山村. */
  readonly name: string;
  readonly kind: CommunityKind;
  readonly origin: CommunityOrigin;
  /** How it came to be, where it is not on record since ever. */
  readonly formation: Formation | null;
  /** A residential community or a farm community; otherwise a village. */
  readonly urban: boolean;
  /** City, county, township (where there is one) and community, as an address begins. */
  readonly addressPrefix: string;
  readonly cityName: string;
  readonly countyName: string;
  /** Empty where villages hang directly on the county. */
  readonly townshipName: string;
  /** The first community of its township to be populated. */
  readonly opensTownship: boolean;
  readonly households: number;
  readonly grids: number;
  /** Whether it has a service centre at all. */
  readonly hasCentre: boolean;
}

/** 百福弄社区居委会 → 百福弄社区, 博山村委会 → 博山村. */
export function communityName(listName: string): string {
  const committee = /(社区)?(居民委员会|居委会|村民委员会|村委会)$/.exec(listName);
  if (committee === null) return listName;
  const stem = listName.slice(0, committee.index);
  if (committee[1] !== undefined) return `${stem}社区`;
  if (committee[2]?.startsWith('村') === true) return stem.endsWith('村') || stem.endsWith('社区') ? stem : `${stem}村`;
  return stem.endsWith('居') ? stem : `${stem}社区`;
}

/**
 * All communities of the city in the order in which a growing scale takes them: residential communities and villages,
 * each in code order from the centre, mixed in the city's own proportion. A scale takes the first of them, so that a
 * community is the same at every scale.
 */
export function communityPlans(profile: CityProfile): CommunityPlan[] {
  const list = divisionList();
  const counties = new Map(list.areas);
  const townships = new Map(list.streets);
  const codes = populatedVillages(profile);
  const names = new Map(list.villages);
  const urban = codes.filter(isResidential);
  const rural = codes.filter((code) => !isResidential(code));
  const ruralPeople = profile.totals.population / (urban.length * profile.urbanWeight + rural.length);
  const peoplePerGrid = profile.totals.population / profile.totals.grids;
  const withoutCentre = codesWithoutCentre(profile, codes);
  const seenTownships = new Set<string>();
  const villageCodes = new Set(names.keys());
  // Of whatever is loaded of a city, one of the first communities was a village, one village was split, one renamed.
  const convertedCode = urban.filter((code) => !profile.farmCommunities.includes(code))[1];
  const [dividedCode = '', partCode, renamedCode] = rural;

  return openedByEachKind(mixed(urban, rural), profile).map((code, ordinal) => {
    const random = new Random(`${SEED}/${profile.city}/plan/${code}`);
    const isUrban = isResidential(code);
    const mean = ruralPeople * (isUrban ? profile.urbanWeight : 1);
    const people = mean * random.bell(1, ordinal === 0 ? 0.05 : 0.22);
    const townshipCode = code.slice(0, 9);
    const opensTownship = !seenTownships.has(townshipCode);
    seenTownships.add(townshipCode);
    const name = communityName(names.get(code) ?? code);
    const countyName = counties.get(code.slice(0, 6)) ?? '';
    const townshipName = isPseudoTownship(townshipCode) ? '' : (townships.get(townshipCode) ?? '');
    const farm = profile.farmCommunities.includes(code);
    const likely = isUrban && !farm && random.chance(name.includes('村') ? 0.9 : 0.12);
    const converted = likely || code === convertedCode;
    const stem = name.replace(/(?<!村)社区$|村$|村社区$/, '');
    const formation: Formation | null = converted
      ? { kind: 'CONVERTED', fromCode: takeVillageCode(code, villageCodes), fromName: `${stem}村` }
      : code === renamedCode
        ? { kind: 'RENAMED', fromCode: takeVillageCode(code, villageCodes), fromName: `老${stem}村` }
        : code === partCode
          ? { kind: 'SPLIT', fromCode: dividedCode, fromName: communityName(names.get(dividedCode) ?? dividedCode) }
          : null;
    return {
      ordinal,
      cityCode: code.slice(0, 4),
      countyCode: code.slice(0, 6),
      townshipCode,
      communityCode: code,
      name,
      kind: farm ? 'FARM_COMMUNITY' : isUrban ? 'RESIDENTIAL_COMMUNITY' : 'ADMINISTRATIVE_VILLAGE',
      origin: converted ? 'CONVERTED_VILLAGE' : 'ORIGINAL',
      formation,
      urban: isUrban,
      addressPrefix: profile.name + countyName + townshipName + name,
      cityName: profile.name,
      countyName,
      townshipName,
      opensTownship,
      households: Math.max(40, Math.round(people / profile.peoplePerHousehold)),
      grids: Math.max(1, random.round(people / peoplePerGrid)),
      hasCentre: !withoutCentre.has(code),
    };
  });
}

/** A code of a villagers' committee (2xx, 3xx) in the same township that nothing else has, and that is taken with it. */
function takeVillageCode(communityCode: string, taken: Set<string>): string {
  const township = communityCode.slice(0, 9);
  const likeliest = `${township}3${communityCode.slice(-2)}`;
  let code = likeliest;
  for (let number = 399; taken.has(code); number--) {
    if (number < 200) throw new Error(`${township} has no code left for another village`);
    code = `${township}${number}`;
  }
  taken.add(code);
  return code;
}

/** How many communities a scale takes: at least one, and of a city with farm communities one of each kind. */
export function communityCount(plans: readonly CommunityPlan[], scale: number): number {
  const kinds = new Set(plans.map(({ kind }) => kind));
  const least = kinds.has('FARM_COMMUNITY') ? kinds.size : 1;
  return Math.min(plans.length, Math.max(least, Math.round(plans.length * scale)));
}

/** A city with farm communities begins with one of each kind: a residential one, a village, a farm. */
function openedByEachKind(order: readonly string[], { farmCommunities }: CityProfile): readonly string[] {
  const isFarm = (code: string) => farmCommunities.includes(code);
  const farm = order.find(isFarm);
  if (farm === undefined) return order;
  const firsts = [
    order.find((code) => isResidential(code) && !isFarm(code)),
    order.find((code) => !isResidential(code) && !isFarm(code)),
    farm,
  ].filter((code) => code !== undefined);
  return [...firsts, ...order.filter((code) => !firsts.includes(code))];
}

function populatedVillages(profile: CityProfile): string[] {
  const codes = divisionList()
    .villages.map(([code]) => code)
    .filter((code) => code.startsWith(profile.cityCode) && !isVirtualVillage(code))
    .sort();
  const surplus = codes.length - profile.communityTarget;
  if (surplus <= 0) return codes;
  const random = new Random(`${SEED}/${profile.city}/dropped`);
  const first = codes.find(isResidential)?.slice(0, 9) ?? '';
  const kept = codes.filter((code) => profile.farmCommunities.includes(code) || code.startsWith(first));
  const candidates = codes.filter((code) => !kept.includes(code));
  // Rows "like a community" are the likeliest to have been added after the count in the article.
  const dropped = new Set(candidates.filter((code) => Number(code.slice(9)) >= 400).slice(0, surplus));
  while (dropped.size < surplus) dropped.add(random.pick(candidates));
  return codes.filter((code) => !dropped.has(code));
}

function codesWithoutCentre(profile: CityProfile, codes: readonly string[]): Set<string> {
  const random = new Random(`${SEED}/${profile.city}/without-centre`);
  const rural = codes.filter((code) => !isResidential(code));
  const without = new Set<string>();
  while (without.size < profile.communitiesWithoutCentre) without.add(random.pick(rural));
  return without;
}

function mixed(urban: readonly string[], rural: readonly string[]): string[] {
  const order: string[] = [];
  const total = urban.length + rural.length;
  let takenUrban = 0;
  let takenRural = 0;
  for (let i = 0; i < total; i++) {
    // Urban ones first whenever they fall behind their share, so that the very first community is urban.
    const wantUrban = Math.ceil(((i + 1) * urban.length) / total) > takenUrban;
    if ((wantUrban && takenUrban < urban.length) || takenRural >= rural.length)
      order.push(urban[takenUrban++] as string);
    else order.push(rural[takenRural++] as string);
  }
  return order;
}
