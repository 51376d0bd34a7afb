import { endOfDay } from '../../../subgraphs/kit/calendar/china-day.ts';
import { dueDate } from '../../../subgraphs/kit/calendar/deadline.ts';
import { builtInCalendar } from '../../../subgraphs/kit/calendar/working-calendar.ts';
import type { DepartmentCode } from '../../../subgraphs/kit/codes/departments.ts';
import { compactDayText, dayOfInstant, dayText, instantOf, instantText } from '../chance/calendar-day.ts';
import { type Random, weighted } from '../chance/random.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import { provenanceIds } from '../provenance.ts';
import { REFERENCE_MILLISECONDS } from '../reference-instant.ts';
import type { RunningTermRow } from '../rows.ts';
import type { CommunityDraft, GridDraft } from '../territory/community-draft.ts';
import { type IncidentChannel, type IncidentSeverity, incidentStates } from '../vocabulary.ts';
import { handlingNotes, incidentKinds } from './incident-list.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const CLOSED_STEP = incidentStates.length - 1;
/** How long each severity takes at most when it is not late, in days. General knowledge, not a rule of any one city. */
const DAYS_ALLOWED: Record<IncidentSeverity, number> = { GENERAL: 7, MAJOR: 3, SEVERE: 1 };
/** The governance rules `INCIDENT_*` that come with the migrations. */
const WORKING_DAYS_ALLOWED: Record<IncidentSeverity, number> = { GENERAL: 5, MAJOR: 3, SEVERE: 1 };
/** How much of the whole duration has passed when each state is reached. */
const PROGRESS = [0, 0.02, 0.05, 0.09, 0.16, 0.72, 0.8, 0.92, 1];
/** Of the incidents of the last 30 days, and of those before, still open: together the profile's open share. */
const RECENT_DAYS = 30;
const RECENT_OPEN_SHARE = 0.62;

const drawKind = weighted(
  incidentKinds.map(({ category, weight, titles }) => {
    const town = titles.filter(([, , where]) => where !== 'COUNTRYSIDE');
    const countryside = titles.filter(([, , where]) => where !== 'TOWN');
    return [{ category, town, countryside }, weight] as const;
  }),
);
const drawSeverity = weighted<IncidentSeverity>([
  ['GENERAL', 88],
  ['MAJOR', 10.5],
  ['SEVERE', 1.5],
]);
// Minutes after midnight: mostly in the day, few at night.
const drawHour = weighted([
  [0, 1],
  [6, 3],
  [7, 6],
  [8, 10],
  [9, 12],
  [10, 11],
  [11, 7],
  [12, 4],
  [13, 6],
  [14, 9],
  [15, 9],
  [16, 8],
  [17, 6],
  [18, 4],
  [19, 4],
  [20, 3],
  [21, 2],
  [22, 1],
]);
const drawOpenState = weighted([
  [0, 4],
  [1, 6],
  [2, 6],
  [3, 14],
  [4, 44],
  [5, 10],
  [6, 10],
  [7, 6],
]);

/** The last year's incidents in every grid, each with its steps up to the present state; pauses after each grid. */
export function* reportIncidents(draft: CommunityDraft): Generator<void, void, undefined> {
  const random = draft.stream('incidents');
  const { totals, channels } = draft.state.profile;
  const drawChannel = weighted(channels);
  const perPerson = totals.incidentsPerYear / totals.population;
  for (const grid of draft.grids) {
    for (let i = random.round(grid.residents.length * perPerson); i > 0; i--) {
      report(draft, random, grid, drawChannel(random));
    }
    yield;
  }
}

function report(draft: CommunityDraft, random: Random, grid: GridDraft, channel: IncidentChannel): void {
  const { state, place, ids } = draft;
  const kind = drawKind(random);
  const severity = drawSeverity(random);
  const daysAgo = random.below(365);
  const reportedAt = Math.min(
    instantOf(REFERENCE_DAY - daysAgo, drawHour(random) * 60 + random.below(60)) + random.below(60) * 1000,
    REFERENCE_MILLISECONDS - (30 + random.below(90)) * MINUTE,
  );
  const elapsed = REFERENCE_MILLISECONDS - reportedAt;
  const openShare = 1 - state.profile.incidentsClosedShare;
  const recent = RECENT_DAYS / 365;
  const oldOpenShare = (openShare - recent * RECENT_OPEN_SHARE) / (1 - recent);
  const open = random.chance(daysAgo < RECENT_DAYS ? RECENT_OPEN_SHARE : oldOpenShare);
  const reached = open ? drawOpenState(random) : CLOSED_STEP;
  const allowed = DAYS_ALLOWED[severity] * DAY;
  const late = random.chance(0.04);
  const usual = allowed * (late ? 1.05 + random.fraction() : 0.04 + 0.85 * random.fraction() * random.fraction());
  const duration = Math.min(usual, elapsed * 0.9);
  const [title, handler] = random.pick(draft.plan.urban ? kind.town : kind.countryside);

  const id = ids.next();
  const transitions = draft.table('services.incident_transition');
  let acceptedAt: number | null = null;
  let at = reportedAt;
  for (let step = 0; step <= reached; step++) {
    if (step > 0) {
      const planned = reportedAt + Math.floor(duration * (PROGRESS[step] as number));
      at = Math.max(at + (1 + random.below(40)) * 1000, planned);
    }
    if (step === 1) acceptedAt = at;
    transitions.push({
      incidentId: id,
      ordinal: step + 1,
      fromState: step === 0 ? null : (incidentStates[step - 1] ?? null),
      toState: incidentStates[step] as (typeof incidentStates)[number],
      at: instantText(at),
      actorDepartmentCode: actor(step, handler),
      note: step === 5 && random.chance(0.5) ? random.pick(handlingNotes) : null,
      provenanceId: provenanceIds['services.incident_transition'],
    });
  }
  const reportedDay = dayOfInstant(reportedAt);
  const due = acceptedAt === null ? null : dueOf(dayOfInstant(acceptedAt), severity);
  if (due !== null && reached !== CLOSED_STEP) {
    draft.table('services.running_term').push({
      ...{ subjectId: id, ruleCode: `INCIDENT_${severity}`, entityType: 'Incident', ...due },
      ...{ amount: WORKING_DAYS_ALLOWED[severity], unit: 'WORKING_DAY', ...place },
      // The platform that it came from has told; the hub tells of what it has accepted itself.
      toldAt: instantText(REFERENCE_MILLISECONDS),
    });
  }
  draft.table('services.incident').push({
    id,
    incidentNumber: state.incidentNumber(compactDayText(reportedDay), place.countyCode),
    category: kind.category,
    title: `${grid.estateName}${title}`,
    state: incidentStates[reached] as (typeof incidentStates)[number],
    channel,
    severity,
    reportedAt: instantText(reportedAt),
    dueAt: due?.dueAt ?? null,
    closedAt: reached === CLOSED_STEP ? instantText(at) : null,
    reporterPersonId: reporter(random, grid, channel),
    handlerDepartmentCode: reached >= 3 ? handler : null,
    ...place,
    gridCode: grid.row.gridCode,
    provenanceId: provenanceIds['services.incident'],
  });
}

type IncidentTerm = Pick<RunningTermRow, 'startedOn' | 'dueAt' | 'calendarVersion'>;
const terms = new Map<string, IncidentTerm>();

/** 24:00 of the last day, counted on the working calendar like the hub does; few days, so each is counted once. */
function dueOf(acceptedOn: number, severity: IncidentSeverity): IncidentTerm {
  const key = `${severity}${acceptedOn}`;
  const known = terms.get(key);
  if (known !== undefined) return known;
  const startedOn = dayText(acceptedOn);
  const length = { amount: WORKING_DAYS_ALLOWED[severity], unit: 'WORKING_DAY' } as const;
  const { dueOn, calendarVersion } = dueDate(builtInCalendar, startedOn, length);
  const term = { startedOn, dueAt: endOfDay(dueOn).toISOString(), calendarVersion };
  terms.set(key, term);
  return term;
}

function actor(step: number, handler: DepartmentCode): DepartmentCode {
  if (step <= 1 || step === 6 || step === 7) return 'community';
  return step === 4 || step === 5 ? handler : 'subdistrict';
}

function reporter(random: Random, grid: GridDraft, channel: IncidentChannel): string | null {
  if (channel === 'VISION') return null;
  if (channel === 'GRID_WORKER') return grid.staff.length > 0 ? random.pick(grid.staff) : null;
  if (channel === 'HOTLINE_12345' && random.chance(0.6)) return null;
  const resident = random.pick(grid.residents);
  return resident.age >= 14 ? resident.row.id : null;
}
