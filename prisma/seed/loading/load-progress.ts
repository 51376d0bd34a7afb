import type { CityProfile } from '../profile/city-profile.ts';
import type { CommunityPlan } from '../territory/community-plan.ts';

/** What a load is at: rows are copied, indexes built, figures derived from the rows, statistics gathered. */
export type LoadPhase = 'ROWS' | 'INDEXES' | 'FIGURES' | 'STATISTICS';

/** How far a load has come; `expectedRows` is an estimate until all are copied, and then their exact number. */
export interface LoadProgress {
  readonly phase: LoadPhase;
  readonly rows: number;
  readonly expectedRows: number;
  /** The table last copied or indexed. */
  readonly table: string;
  /** Of the whole load, 0 to 1; never less than before. */
  readonly share: number;
  /** Estimated from what is done; unknown in the first moments. */
  readonly secondsLeft: number | undefined;
}

// Divisions, service items and upper party committees of any city.
const ROWS_OF_THE_WHOLE = 14_900;
// Measured on the generator: person, residences, dwelling, household; posts, members and micro-grids per person.
const ROWS_PER_HOUSEHOLD_ITSELF = 2.1;
const ROWS_PER_PERSON = 2.94;
const ROWS_PER_INCIDENT = 9.63;
/** What one entry of an index takes of the time of a copied row, and entries per row. Measured at 1:1. */
const ENTRY_TO_ROW = 0.12;
const ENTRIES_PER_ROW = 9.8;
/** What is left behind the last index, in parts of the whole. */
const SHARE_OF_FIGURES = 0.02;
/** Before that much is done, nothing is said about what is left. */
const LEAST_SHARE = 0.01;

/** About how many rows the communities will have. */
export function estimateRows(profile: CityProfile, plans: readonly CommunityPlan[]): number {
  const households = plans.reduce((sum, plan) => sum + plan.households, 0);
  const people = households * profile.peoplePerHousehold;
  const incidents = (people * profile.totals.incidentsPerYear) / profile.totals.population;
  return Math.round(
    ROWS_OF_THE_WHOLE +
      households * ROWS_PER_HOUSEHOLD_ITSELF +
      people * ROWS_PER_PERSON +
      incidents * ROWS_PER_INCIDENT,
  );
}

/** Follows a load, and passes on how far it is, at most once in 100 ms. `milliseconds` is a steady clock. */
export class LoadMeter {
  private readonly onProgress: ((progress: LoadProgress) => void) | undefined;
  private readonly milliseconds: () => number;
  private readonly started: number;
  private due = Number.NEGATIVE_INFINITY;
  private phase: LoadPhase = 'ROWS';
  private rows = 0;
  private expectedRows: number;
  private entries = 0;
  private expectedEntries: number;
  private table = 'organizations.division';
  private share = 0;

  constructor(
    expectedRows: number,
    onProgress: ((progress: LoadProgress) => void) | undefined,
    milliseconds: () => number,
  ) {
    this.onProgress = onProgress;
    this.milliseconds = milliseconds;
    this.started = milliseconds();
    this.expectedRows = expectedRows;
    this.expectedEntries = expectedRows * ENTRIES_PER_ROW;
  }

  copied(table: string, rows: number): void {
    this.table = table;
    this.rows += rows;
    this.expectedRows = Math.max(this.expectedRows, this.rows);
    this.tell();
  }

  /** All rows are copied, and indexes of so many entries are next. */
  indexing(entries: number): void {
    this.phase = 'INDEXES';
    this.expectedRows = this.rows;
    this.expectedEntries = entries;
    this.tell(true);
  }

  indexed(table: string, entries: number): void {
    this.table = table;
    this.entries += entries;
    this.tell();
  }

  enter(phase: 'FIGURES' | 'STATISTICS'): void {
    this.phase = phase;
    this.tell(true);
  }

  /** All is in place. */
  finish(): void {
    this.share = 1;
    this.tell(true);
  }

  private tell(always = false): void {
    if (this.onProgress === undefined || (!always && this.milliseconds() < this.due)) return;
    this.due = this.milliseconds() + 100;
    const whole = this.expectedRows + this.expectedEntries * ENTRY_TO_ROW;
    const done = (this.rows + this.entries * ENTRY_TO_ROW) / Math.max(whole, 1);
    const behind = { ROWS: 0, INDEXES: 0, FIGURES: 0, STATISTICS: SHARE_OF_FIGURES / 2 }[this.phase];
    this.share = Math.max(this.share, done * (1 - SHARE_OF_FIGURES) + behind);
    const { phase, rows, expectedRows, table, share } = this;
    const spent = (this.milliseconds() - this.started) / 1000;
    const secondsLeft = share < LEAST_SHARE ? undefined : Math.ceil((spent * (1 - share)) / share);
    this.onProgress({ phase, rows, expectedRows, table, share, secondsLeft });
  }
}
