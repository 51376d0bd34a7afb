import type { CalendarDay } from '../chance/calendar-day.ts';
import { Random } from '../chance/random.ts';
import { RowIds } from '../chance/row-ids.ts';
import type { CityState } from '../city-state.ts';
import type { CityRows, CityTable, GridRow, MicroGridRow, PersonRow, PlaceCodes, RowSet } from '../rows.ts';
import { SEED } from '../seed-version.ts';
import type { CommunityPlan } from './community-plan.ts';

/** Somebody who lives in the community, with what the later steps ask. */
export interface Resident {
  readonly row: PersonRow;
  readonly birthDay: CalendarDay;
  /** In whole years at the reference instant. */
  readonly age: number;
  /** The first day of the live residence here. */
  readonly since: CalendarDay;
  readonly grid: GridDraft;
  readonly microGrid: MicroGridDraft;
}

export interface MicroGridDraft {
  readonly row: MicroGridRow;
  readonly households: number;
  readonly residents: Resident[];
}

export interface GridDraft {
  readonly row: GridRow;
  /** 1 for the community's first grid. */
  readonly number: number;
  /** The estate, or the hamlets' village, that an incident in this grid names. */
  readonly estateName: string;
  readonly microGrids: MicroGridDraft[];
  readonly residents: Resident[];
  /** People who report and handle here: filled when posts are given out. */
  readonly staff: string[];
  chief: Resident | null;
}

/** Half of a block: a community's other rows never come near it. */
const ORGANIZATION_IDS_START = 1 << 18;
/** The last quarter of a block. */
const CARE_IDS_START = 3 << 17;
/** Its second half. */
const ADDRESS_IDS_START = 7 << 16;

type MutableRows = { [T in CityTable]?: CityRows[T][] };

/** A community while it is being made: its plan, its numbers, and the rows so far. */
export class CommunityDraft {
  readonly plan: CommunityPlan;
  readonly state: CityState;
  readonly ids: RowIds;
  /** Ids of what was added to bodies and workforce later: apart, so that the ids above stay what they are. */
  readonly organizationIds: RowIds;
  readonly careIds: RowIds;
  readonly addressIds: RowIds;
  readonly place: PlaceCodes;
  readonly grids: GridDraft[] = [];
  readonly residents: Resident[] = [];
  /** Estates and hamlets that stand already, by name. */
  readonly estateIds = new Map<string, string>();
  private rows: MutableRows = {};

  constructor(plan: CommunityPlan, state: CityState) {
    this.plan = plan;
    this.state = state;
    this.ids = new RowIds(this.stream('ids'), plan.ordinal + 1);
    this.organizationIds = new RowIds(this.stream('organization-ids'), plan.ordinal + 1, ORGANIZATION_IDS_START);
    this.careIds = new RowIds(this.stream('care-ids'), plan.ordinal + 1, CARE_IDS_START);
    this.addressIds = new RowIds(this.stream('address-ids'), plan.ordinal + 1, ADDRESS_IDS_START);
    this.place = {
      cityCode: plan.cityCode,
      countyCode: plan.countyCode,
      townshipCode: plan.townshipCode,
      communityCode: plan.communityCode,
    };
  }

  /** Random numbers of one concern: another draw in one does not shift the others. */
  stream(concern: string): Random {
    return new Random(`${SEED}/${this.plan.cityCode}/${this.plan.communityCode}/${concern}`);
  }

  /** Hands over the rows made since the last time and forgets them. */
  take(): RowSet {
    const { rows } = this;
    this.rows = {};
    return rows;
  }

  /** The rows of one table that were not taken yet, to append to. */
  table<T extends CityTable>(name: T): CityRows[T][] {
    const rows = this.rows[name] ?? [];
    this.rows[name] = rows as MutableRows[T];
    return rows;
  }
}
