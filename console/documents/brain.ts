/** The area of whoever asks, for a visit that names no division. */
export const CITY = `query ConsoleCity {
  currentCaller { jurisdictionCodes }
}`;

const FIGURES = `fragment Figures on Division {
  code name level
  population { residentCount registeredCount householdCount }
  gridCoverage { gridCount gridsWithChief }
  gridForce { gridChiefCount fullTimeGridWorkerCount }
}`;

/** One division with the figures of those directly below it; open incidents of all of them in one statement. */
export const DIVISION = `query ConsoleDivision($code: String!) {
  division(code: $code) {
    ...Figures
    path { code name level }
    children(first: 100) { nodes { ...Figures } pageInfo { hasNextPage } }
    community {
      statCode
      grids(first: 100) {
        nodes {
          gridCode name openIncidentCount
          population { residentCount householdCount }
          chief { holderName }
          force { fullTimeGridWorkerCount }
        }
      }
    }
  }
  incidentBoard(divisionCode: $code) { code open overdue unaccepted }
  departmentSources { departmentCode systemCount connectedSystemCount }
}
${FIGURES}`;

/** A grid: the last step down. */
export const GRID = `query ConsoleGrid($code: String!) {
  grid(gridCode: $code) {
    gridCode name kind openIncidentCount
    population { residentCount householdCount }
    chief { holderName }
    force { fullTimeGridWorkerCount partTimeGridWorkerCount gridInstructorCount microGridChiefCount }
    community { name division { path { code name level } } }
    microGrids(first: 50) { nodes { microGridCode name chief { holderName } } }
    incidents(first: 10) { totalCount nodes { incidentNumber title category state reportedAt } }
  }
  incidentBoard(divisionCode: $code) { code open overdue unaccepted }
}`;

export interface PopulationFigures {
  readonly residentCount: number;
  readonly registeredCount?: number;
  readonly householdCount: number;
}

export interface DivisionFigures {
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly population: PopulationFigures | null;
  readonly gridCoverage: { readonly gridCount: number; readonly gridsWithChief: number };
  readonly gridForce: { readonly gridChiefCount: number; readonly fullTimeGridWorkerCount: number };
}

export interface BoardRow {
  readonly code: string;
  readonly open: number;
  readonly overdue: number;
  readonly unaccepted: number;
}

export interface GridFigures {
  readonly gridCode: string;
  readonly name: string;
  readonly openIncidentCount: number | null;
  readonly population: PopulationFigures | null;
  readonly chief: { readonly holderName: string } | null;
  readonly force: { readonly fullTimeGridWorkerCount: number };
}

export interface PathStep {
  readonly code: string;
  readonly name: string;
  readonly level: string;
}

export interface CityData {
  readonly currentCaller: { readonly jurisdictionCodes: readonly string[] };
}

export interface DivisionData {
  readonly division:
    | (DivisionFigures & {
        readonly path: readonly PathStep[];
        readonly children: { readonly nodes: readonly DivisionFigures[] };
        readonly community: { readonly grids: { readonly nodes: readonly GridFigures[] } } | null;
      })
    | null;
  readonly incidentBoard: readonly BoardRow[] | null;
  readonly departmentSources: readonly { readonly systemCount: number; readonly connectedSystemCount: number }[];
}

export interface GridData {
  readonly grid: {
    readonly gridCode: string;
    readonly name: string;
    readonly openIncidentCount: number | null;
    readonly population: PopulationFigures | null;
    readonly chief: { readonly holderName: string } | null;
    readonly force: {
      readonly fullTimeGridWorkerCount: number;
      readonly partTimeGridWorkerCount: number;
      readonly gridInstructorCount: number;
      readonly microGridChiefCount: number;
    };
    readonly community: {
      readonly name: string;
      readonly division: { readonly path: readonly PathStep[] } | null;
    } | null;
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
  readonly incidentBoard: readonly BoardRow[] | null;
}
