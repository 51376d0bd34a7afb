import { dayOf, dayText } from '../chance/calendar-day.ts';
import { provenanceIds } from '../provenance.ts';
import type { CommunityDraft } from '../territory/community-draft.ts';
import { trainingKinds } from '../vocabulary.ts';
import { KIND_NAMES } from './city-workforce.ts';
import type { WorkerInOffice } from './community-worker.ts';
import { attend, dayNumber } from './worker-file.ts';

/** As many workers came from all of the township; the attendances on record are of the community that opens it. */
const REPORTED = { INDUCTION: 18, POST: 46, ADVANCED: 24, CONTINUING: 40 } as const;
const HOURS = 6;
const YEAR = 2025;

/** A township's own training, one course of each kind in a year; where districts have no townships there is none. */
export function trainInTownship(draft: CommunityDraft, workers: readonly WorkerInOffice[]): void {
  const { plan, place, organizationIds: ids } = draft;
  if (!plan.opensTownship || plan.townshipName === '') return;
  for (const [index, kind] of trainingKinds.entries()) {
    const day = dayOf(YEAR, 3 + 2 * index, 18);
    const id = ids.next();
    draft.table('organizations.training_course').push({
      id,
      title: `${plan.townshipName} ${YEAR} 年社区工作者${KIND_NAMES[kind]}`,
      kind,
      tier: 'TOWNSHIP',
      categoryCode: null,
      mode: kind === 'CONTINUING' ? 'MIXED' : 'OFFLINE',
      studyScope: null,
      runNumber: 1,
      term: String(YEAR),
      startsOn: dayText(day),
      hours: HOURS,
      budgetYuan: 3_000,
      reportedAttendees: REPORTED[kind],
      cityCode: place.cityCode,
      countyCode: place.countyCode,
      townshipCode: place.townshipCode,
      provenanceId: provenanceIds['organizations.training_course'],
    });
    // Hours of continuing education stand against what a registration demands: those are the city's.
    if (kind !== 'POST') continue;
    for (const { row } of workers) if (dayNumber(row.hiredOn) <= day) attend(draft, row, id, day, HOURS);
  }
}
