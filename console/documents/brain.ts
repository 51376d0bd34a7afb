/** The area of whoever asks, for a visit that names no division. */
export const CITY = `query ConsoleCity {
  currentCaller { jurisdictionCodes }
}`;

const FIGURES = `fragment Figures on PlaceOverview {
  id code name level
  population { residentCount householdCount }
  force { gridCount gridsWithChief fullTimeGridWorkerCount microGridChiefCount communityWorkerCount }
  matters {
    openIncidentCount overdueIncidentCount unacceptedIncidentCount supervisedIncidentCount
    redAlertCount orangeAlertCount yellowAlertCount blueAlertCount countedAt
  }
  party { gridBranchCount microGridGroupCount pairingCount openDemandCount openCallOutCount }
}`;

/** The whole picture of one place and what each of those directly below it adds to it, from kept figures. */
export const OVERVIEW = `query ConsoleOverview($code: String!) {
  placeOverview(code: $code) {
    ...Figures
    path { code name level }
    population { registeredCount ageBands { fromAge toAge count } }
    bodies { communityCount socialOrganizationCount stationedUnitCount }
    coverage { communityCount legalAdviserCount }
    party { communitiesWithPairing volunteerStationCount firstSecretaryCount unitReportCount }
    indicators { code name unit computed reported targets { operator value year met } }
    children { ...Figures }
  }
  departmentSources { departmentCode systemCount connectedSystemCount }
}
${FIGURES}`;

/** Figures of the places on the screen as they change. */
export const OVERVIEW_CHANGED = `subscription ConsoleOverviewChanged($ids: [ID!]!) {
  overviewChanged(ids: $ids) { overview { ...Figures } }
}
${FIGURES}`;

/** What only a grid has: its chief, its micro-grids, its latest incidents. */
export const GRID = `query ConsoleGrid($code: String!) {
  grid(gridCode: $code) {
    gridCode
    chief { holderName }
    microGrids(first: 50) { nodes { microGridCode name chief { holderName } } }
    incidents(first: 10) { totalCount nodes { incidentNumber title category state reportedAt } }
  }
}`;

export interface PathStep {
  readonly code: string;
  readonly name: string;
  readonly level: string;
}

/** A part is null where its department does not answer, or the place lies outside the caller's area: never zero. */
export interface PlaceFigures extends PathStep {
  readonly id: string;
  readonly population: { readonly residentCount: number | null; readonly householdCount: number | null } | null;
  readonly force: {
    readonly gridCount: number;
    readonly gridsWithChief: number;
    readonly fullTimeGridWorkerCount: number;
    readonly microGridChiefCount: number;
    readonly communityWorkerCount: number;
  } | null;
  readonly matters: {
    readonly openIncidentCount: number;
    readonly overdueIncidentCount: number;
    readonly unacceptedIncidentCount: number;
    readonly supervisedIncidentCount: number;
    readonly redAlertCount: number;
    readonly orangeAlertCount: number;
    readonly yellowAlertCount: number;
    readonly blueAlertCount: number;
    readonly countedAt: string | null;
  } | null;
  readonly party: {
    readonly gridBranchCount: number;
    readonly microGridGroupCount: number;
    readonly pairingCount: number;
    readonly openDemandCount: number;
    readonly openCallOutCount: number;
  } | null;
}

export interface IndicatorFigures {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly computed: number | null;
  readonly reported: number | null;
  readonly targets: readonly {
    readonly operator: string;
    readonly value: number;
    readonly year: number | null;
    readonly met: boolean | null;
  }[];
}

export interface PlaceDetails extends PlaceFigures {
  readonly path: readonly PathStep[];
  readonly population:
    | (NonNullable<PlaceFigures['population']> & {
        readonly registeredCount: number | null;
        readonly ageBands: readonly {
          readonly fromAge: number;
          readonly toAge: number | null;
          readonly count: number | null;
        }[];
      })
    | null;
  readonly bodies: {
    readonly communityCount: number;
    readonly socialOrganizationCount: number;
    readonly stationedUnitCount: number;
  } | null;
  readonly coverage: { readonly communityCount: number; readonly legalAdviserCount: number } | null;
  readonly party:
    | (NonNullable<PlaceFigures['party']> & {
        readonly communitiesWithPairing: number;
        readonly volunteerStationCount: number;
        readonly firstSecretaryCount: number;
        readonly unitReportCount: number;
      })
    | null;
  readonly indicators: readonly IndicatorFigures[] | null;
  readonly children: readonly PlaceFigures[];
}

export interface CityData {
  readonly currentCaller: { readonly jurisdictionCodes: readonly string[] };
}

export interface OverviewData {
  readonly placeOverview: PlaceDetails | null;
  readonly departmentSources: readonly { readonly systemCount: number; readonly connectedSystemCount: number }[];
}

export interface OverviewChangedData {
  readonly overviewChanged: { readonly overview: PlaceFigures | null };
}

export interface GridData {
  readonly grid: {
    readonly gridCode: string;
    readonly chief: { readonly holderName: string } | null;
    readonly microGrids: {
      readonly nodes: readonly {
        readonly microGridCode: string;
        readonly name: string;
        readonly chief: { readonly holderName: string } | null;
      }[];
    };
    readonly incidents: {
      readonly totalCount: number;
      readonly nodes: readonly {
        readonly incidentNumber: string;
        readonly title: string;
        readonly category: string;
        readonly state: string;
        readonly reportedAt: string;
      }[];
    };
  } | null;
}
