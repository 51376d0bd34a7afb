/** One holiday of a year: its name and its days off, both ends included. */
export interface Holiday {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/**
 * 年度工作日历 — which days of a year are worked. PUBLISHED years follow the State Council's notice; a COMPUTED year only
 * knows the statutory holidays, so every deadline that touches it is provisional.
 */
export interface CalendarYear {
  readonly year: number;
  readonly status: 'PUBLISHED' | 'COMPUTED';
  /** Grows with each correction of the same year, so that a deadline can say which calendar it was counted on. */
  readonly version: number;
  /** The notice, or the law it was computed from. */
  readonly source: string;
  readonly holidays: readonly Holiday[];
  /** 调休上班日: Saturdays and Sundays that are worked. */
  readonly makeUpDays: readonly string[];
}
