import { type CalendarDay, DAYS_PER_YEAR, instantOf, instantText } from '../chance/calendar-day.ts';
import { Lottery } from '../chance/lottery.ts';
import type { Random } from '../chance/random.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import { provenanceIds } from '../provenance.ts';
import type { CommunityDraft, GridDraft, Resident } from '../territory/community-draft.ts';
import type { GridRole } from '../vocabulary.ts';
import type { WorkerInOffice } from './community-worker.ts';

/** Grids without a live chief, so that a query for gaps finds some. Never a community's first two. */
const VACANT_CHIEF_SHARE = 0.02;
const FORMER_CHIEF_SHARE = 0.25;
const FIRST_POST_DAY: CalendarDay = REFERENCE_DAY - Math.round(4.5 * DAYS_PER_YEAR);

interface Holder {
  readonly id: string;
  readonly name: string;
  readonly workerId: string | null;
}

/** Gives out the posts in the grids: a chief, full-time and part-time workers, an instructor, micro-grid chiefs. */
export function assignGrids(draft: CommunityDraft, workers: readonly WorkerInOffice[]): void {
  const random = draft.stream('assignments');
  const { totals } = draft.state.profile;
  const workersPerGrid = totals.gridWorkers / totals.grids;
  const specialists = new Lottery(random, workers.slice(1));
  const volunteers = new Lottery(
    random,
    draft.residents.filter(({ age }) => age >= 25 && age <= 68),
  );
  // The first grid always brings a new chief; the others bring one as often as the profile's ratio then needs.
  const distinct = (totals.gridChiefs / totals.grids) * draft.grids.length;
  const newChiefShare = draft.grids.length > 1 ? (distinct - 1) / (draft.grids.length - 1) : 1;
  const instructor = volunteers.draw();
  let chief: Resident | null = null;
  let chiefHolder: Holder | null = null;

  for (const grid of draft.grids) {
    if (grid.number <= 2 || !random.chance(VACANT_CHIEF_SHARE)) {
      // Some chiefs hold the neighbouring grid as well.
      if (chiefHolder === null || random.chance(newChiefShare)) {
        const worker = random.chance(0.6) ? specialists.draw() : undefined;
        chief = worker?.resident ?? (worker === undefined ? (volunteers.draw() ?? null) : null);
        chiefHolder = worker ? holderOf(worker) : chief && holderOfResident(chief);
      }
      if (chiefHolder !== null) {
        const since = postDay(random, chief);
        if (random.chance(FORMER_CHIEF_SHARE)) formerChief(draft, random, grid, volunteers.draw(), since);
        add(draft, 'GRID_CHIEF', chiefHolder, grid, since, null);
        grid.staff.push(chiefHolder.id);
        grid.chief = chief;
      }
    } else {
      const until = REFERENCE_DAY - 5 - random.below(80);
      formerChief(draft, random, grid, volunteers.draw(), until);
    }
    staffGrid(draft, random, grid, { specialists, volunteers, instructor, workersPerGrid });
    microGridChiefs(draft, random, grid);
  }
}

function staffGrid(
  draft: CommunityDraft,
  random: Random,
  grid: GridDraft,
  from: {
    specialists: Lottery<WorkerInOffice>;
    volunteers: Lottery<Resident>;
    instructor: Resident | undefined;
    workersPerGrid: number;
  },
): void {
  const worker = from.specialists.draw();
  const stand = worker === undefined ? from.volunteers.draw() : undefined;
  const fullTime = worker ? holderOf(worker) : stand && holderOfResident(stand);
  if (fullTime) {
    add(draft, 'FULL_TIME_GRID_WORKER', fullTime, grid, postDay(random, worker?.resident ?? stand ?? null), null);
    grid.staff.push(fullTime.id);
  }
  if (from.instructor) {
    add(draft, 'GRID_INSTRUCTOR', holderOfResident(from.instructor), grid, postDay(random, from.instructor), null);
  }
  for (let i = random.round(from.workersPerGrid - 2); i > 0; i--) {
    const helper = from.volunteers.draw();
    if (helper === undefined) break;
    add(draft, 'PART_TIME_GRID_WORKER', holderOfResident(helper), grid, postDay(random, helper), null);
    grid.staff.push(helper.row.id);
  }
}

function microGridChiefs(draft: CommunityDraft, random: Random, grid: GridDraft): void {
  for (const microGrid of grid.microGrids) {
    const adults = microGrid.residents.filter(({ age }) => age >= 25 && age <= 74);
    const resident = adults.length > 0 ? random.pick(adults) : microGrid.residents.find(({ age }) => age >= 18);
    if (resident === undefined) continue;
    const since = postDay(random, resident);
    const code = microGrid.row.microGridCode;
    if (adults.length > 3 && random.chance(0.05)) {
      const former = random.pick(adults);
      if (former !== resident) {
        add(draft, 'MICRO_GRID_CHIEF', holderOfResident(former), grid, since - 200 - random.below(300), since, code);
      }
    }
    add(draft, 'MICRO_GRID_CHIEF', holderOfResident(resident), grid, since, null, code);
  }
}

function formerChief(
  draft: CommunityDraft,
  random: Random,
  grid: GridDraft,
  former: Resident | undefined,
  until: CalendarDay,
): void {
  if (former === undefined) return;
  add(draft, 'GRID_CHIEF', holderOfResident(former), grid, until - 200 - random.below(700), until);
}

/** A day on which a post was taken up: not before the holder lived here, at least ten days ago. */
function postDay(random: Random, holder: Resident | null): CalendarDay {
  const latest = REFERENCE_DAY - 10;
  const earliest = Math.min(latest, Math.max(FIRST_POST_DAY, holder?.since ?? FIRST_POST_DAY));
  return earliest + random.below(latest - earliest + 1);
}

function holderOf({ row }: WorkerInOffice): Holder {
  return { id: row.personId, name: row.name, workerId: row.id };
}

function holderOfResident({ row }: Resident): Holder {
  return { id: row.id, name: row.name, workerId: null };
}

function add(
  draft: CommunityDraft,
  role: GridRole,
  holder: Holder,
  grid: GridDraft,
  from: CalendarDay,
  to: CalendarDay | null,
  microGridCode: string | null = null,
): void {
  draft.table('organizations.grid_assignment').push({
    id: draft.ids.next(),
    role,
    personId: holder.id,
    workerId: holder.workerId,
    holderName: holder.name,
    gridCode: grid.row.gridCode,
    microGridCode,
    validFrom: instantText(instantOf(from, 9 * 60)),
    validTo: to === null ? null : instantText(instantOf(to, 9 * 60)),
    ...draft.place,
    provenanceId: provenanceIds['organizations.grid_assignment'],
  });
}
