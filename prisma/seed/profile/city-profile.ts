import type { DemoCity, IncidentChannel } from '../vocabulary.ts';

/** What a whole city (scale 1) holds. Marks in the profiles: [S] source article, [C] public source, [K] assumption. */
export interface CityTotals {
  readonly population: number;
  readonly grids: number;
  readonly microGrids: number;
  /** Distinct people who hold at least one grid. */
  readonly gridChiefs: number;
  /** Live posts of full-time and part-time grid workers and instructors together. */
  readonly gridWorkers: number;
  readonly communityWorkers: number;
  /** Community workers with a social-work certificate. */
  readonly certifiedWorkers: number;
  readonly partyMembers: number;
  /** Micro-grids that have a party group of their own. */
  readonly microGridGroups: number;
  readonly incidentsPerYear: number;
}

/** Floor area of the party-mass service centres in square metres. */
export interface CentreAreas {
  readonly urbanMinimum: number;
  readonly urbanMean: number;
  readonly ruralMinimum: number;
  readonly ruralMean: number;
}

/** One demo city: whom it holds, how dense, under which names. */
export interface CityProfile {
  readonly city: DemoCity;
  readonly cityCode: string;
  readonly name: string;
  /** Communities that exist at scale 1. The list's village rows beyond this number are left without one. */
  readonly communityTarget: number;
  readonly totals: CityTotals;
  /** How many times the people of a village live in an urban community. */
  readonly urbanWeight: number;
  readonly peoplePerHousehold: number;
  readonly incidentsClosedShare: number;
  readonly migrantShare: { readonly urban: number; readonly rural: number };
  /** Registered in another community of the same city: 人户分离. */
  readonly separatedShare: { readonly urban: number; readonly rural: number };
  /** Of households of elders: here for the winter only. */
  readonly seasonalElderShare: number;
  /** Ethnic group codes (GB/T 3304) with weights. */
  readonly ethnicGroups: readonly (readonly [code: string, weight: number])[];
  /** Village rows that are farm communities (农场居). */
  readonly farmCommunities: readonly string[];
  /** Communities without a service centre of their own or shared. */
  readonly communitiesWithoutCentre: number;
  readonly centreAreas: CentreAreas;
  /** Residents' lounges per community, beyond the one in each township's first. */
  readonly furtherLounges: number;
  /** Degrees around which the made-up positions of facilities lie; about the city's seat, and no survey. */
  readonly nominalCentre: { readonly longitude: number; readonly latitude: number };
  /** Mean number of facilities per community by kind, beyond the centre. */
  readonly facilitiesPerCommunity: {
    readonly LEGAL_AID: number;
    readonly POLICE_ROOM: number;
    readonly NEIGHBOUR_CENTRE: number;
    readonly PUBLIC_SPACE: number;
  };
  readonly channels: readonly (readonly [channel: IncidentChannel, weight: number])[];
  readonly committeeTermNumber: number;
  readonly committeeTermStart: { readonly year: number; readonly month: number };
  /** Endings of the names of natural villages in this part of the country. */
  readonly hamletEndings: readonly string[];
  readonly roads: readonly string[];
}

/** Jiaxing's whole-city totals carried over to another population and number of grids. */
export function scaledTotals(own: Partial<CityTotals> & { readonly population: number }, base: CityTotals): CityTotals {
  const perPerson = own.population / base.population;
  const grids = own.grids ?? Math.round(base.grids * perPerson);
  const perGrid = grids / base.grids;
  return {
    grids,
    microGrids: Math.round(base.microGrids * perPerson),
    gridChiefs: Math.round(base.gridChiefs * perGrid),
    gridWorkers: Math.round(base.gridWorkers * perGrid),
    communityWorkers: Math.round(base.communityWorkers * perPerson),
    certifiedWorkers: Math.round(base.certifiedWorkers * perPerson),
    partyMembers: Math.round(base.partyMembers * perPerson),
    microGridGroups: Math.round(base.microGridGroups * perPerson),
    incidentsPerYear: Math.round(base.incidentsPerYear * perPerson),
    ...own,
  };
}
