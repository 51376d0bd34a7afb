import { CitizenIds } from './identifiers/citizen-id.ts';
import type { CityProfile } from './profile/city-profile.ts';
import type { PlaceCodes } from './rows.ts';
import { isVirtualVillage } from './territory/division.ts';
import { divisionList } from './territory/division-list.ts';

/** A dwelling in a community populated earlier, where somebody of a later one may be registered or have lived. */
export interface KnownDwelling extends PlaceCodes {
  readonly id: string;
  readonly gridCode: string;
}

/** Somebody who may work in a community other than the one they live in. */
export interface Commuter {
  readonly id: string;
  readonly name: string;
  readonly namePinyin: string;
}

/**
 * What communities share: numbers that must not repeat, and a few places and people that later communities refer to.
 * Communities are populated in a fixed order and only ever look back, so that a larger scale changes nothing in the
 * smaller one.
 */
export class CityState {
  readonly profile: CityProfile;
  readonly citizenIds = new CitizenIds();
  readonly knownDwellings: KnownDwelling[] = [];
  readonly commuters: Commuter[] = [];
  /** The service centre last opened in each township, that the next community may share. */
  readonly centres = new Map<string, { readonly facilityId: string; shared: boolean }>();
  /** The convenience centre of each township, which serves all its communities. */
  readonly townshipCentres = new Map<string, string>();
  /** The party committee of each township. */
  readonly townshipParty = new Map<string, string>();
  /** The volunteer sub-station of each township. */
  readonly volunteerStations = new Map<string, string>();
  /** Village rows of the other four cities: where migrants are registered. */
  readonly otherCityVillages: readonly string[];
  /** Courses of continuing education that the whole city attends. */
  readonly continuingCourses: { readonly id: string; readonly day: number; readonly hours: number }[] = [];
  /** Study trips that the whole city attends. */
  readonly studyTrips: { readonly id: string; readonly day: number; readonly hours: number }[] = [];
  /** Bodies of the city that those of the communities refer to. */
  readonly bodies: {
    incubatorId: string;
    readonly lawFirms: (readonly [id: string, name: string])[];
    readonly propertyServices: (readonly [id: string, name: string])[];
  } = { incubatorId: '', lawFirms: [], propertyServices: [] };
  /** Registers of the city that its communities refer to. */
  readonly registers: { readonly programmes: Map<string, string>; readonly evaluationIndicators: string[] } = {
    programmes: new Map(),
    evaluationIndicators: [],
  };
  /** How often something was given out that a city has a fixed number of. */
  readonly given = new Map<string, number>();
  private readonly incidentNumbers = new Map<string, number>();
  private people = 0;
  private committees = 0;
  private socialOrganizations = 0;

  constructor(profile: CityProfile) {
    this.profile = profile;
    this.otherCityVillages = divisionList()
      .villages.map(([code]) => code)
      .filter((code) => !code.startsWith(profile.cityCode) && !isVirtualVillage(code));
  }

  /** Takes one of a fixed number; false when all are given out. */
  take(what: string, most: number): boolean {
    const given = this.given.get(what) ?? 0;
    if (given >= most) return false;
    this.given.set(what, given + 1);
    return true;
  }

  /** A number for each person, from 0. */
  nextPerson(): number {
    return this.people++;
  }

  /** A number for each committee, from 0. */
  nextCommittee(): number {
    return this.committees++;
  }

  /** A number for each registered social organization, from 0. */
  nextSocialOrganization(): number {
    return this.socialOrganizations++;
  }

  /** `SJ`, the day, the county and a five-digit number that starts anew with each day and county. */
  incidentNumber(compactDay: string, countyCode: string): string {
    const key = compactDay + countyCode;
    const number = (this.incidentNumbers.get(key) ?? 0) + 1;
    this.incidentNumbers.set(key, number);
    return `SJ${key}${String(number).padStart(5, '0')}`;
  }
}
