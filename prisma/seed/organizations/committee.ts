import { dayOf, dayText } from '../chance/calendar-day.ts';
import { committeeUscc } from '../identifiers/uscc.ts';
import { provenanceIds } from '../provenance.ts';
import type { CommitteeRow } from '../rows.ts';
import type { CommunityDraft } from '../territory/community-draft.ts';
import { formationDay } from '../territory/division-change.ts';
import type { CommitteeKind } from '../vocabulary.ts';
import type { WorkerInOffice } from './community-worker.ts';

const TERM_YEARS = 5;

/** Seats up for election besides what the law bounds: 5–9 residents', 3–7 villagers' committees. */
const seats: Record<CommitteeKind, readonly [low: number, high: number]> = {
  RESIDENTS: [5, 9],
  FARM_RESIDENTS: [5, 9],
  VILLAGERS: [3, 7],
  SUPERVISION: [3, 5],
};

/** The community's own row, its committee and the committee that supervises it; returns the first. */
export function electCommittees(draft: CommunityDraft, workers: readonly WorkerInOffice[]): CommitteeRow {
  const { plan, place, state } = draft;
  const random = draft.stream('committees');
  draft.table('organizations.community').push({
    statCode: plan.communityCode,
    name: plan.name,
    kind: plan.kind,
    origin: plan.origin,
    ...place,
    validFrom: formationDay(plan),
    validTo: null,
    provenanceId: provenanceIds['organizations.community'],
  });

  const village = plan.kind === 'ADMINISTRATIVE_VILLAGE';
  const main: CommitteeKind = village ? 'VILLAGERS' : plan.kind === 'FARM_COMMUNITY' ? 'FARM_RESIDENTS' : 'RESIDENTS';
  const { year, month } = state.profile.committeeTermStart;
  const elected = dayOf(year, month, 1) + random.below(50);
  const start = dayText(elected);
  const end = String(Number(start.slice(0, 4)) + TERM_YEARS) + start.slice(4).replace('-02-29', '-02-28');
  const elders = draft.residents.filter(
    ({ age, row }) => age >= 40 && age <= 66 && row.id !== workers[0]?.row.personId,
  );
  const supervisor = elders.length > 0 ? random.pick(elders).row.name : (draft.residents[0]?.row.name ?? '');
  const add = (kind: CommitteeKind, suffix: string, chairName: string): CommitteeRow => {
    const [low, high] = seats[kind];
    const row: CommitteeRow = {
      id: draft.ids.next(),
      kind,
      name: plan.addressPrefix + suffix,
      uscc: kind === 'SUPERVISION' ? null : committeeUscc(village ? '55' : '54', state.nextCommittee()),
      termNumber: state.profile.committeeTermNumber,
      termStart: start,
      termEnd: end,
      chairName,
      seatCount: kind === 'SUPERVISION' ? random.pick([3, 5]) : low + 2 * random.below((high - low) / 2 + 1),
      ...place,
      provenanceId: provenanceIds['organizations.committee'],
    };
    draft.table('organizations.committee').push(row);
    return row;
  };
  const committee = add(main, village ? '村民委员会' : '居民委员会', workers[0]?.row.name ?? supervisor);
  add('SUPERVISION', village ? '村务监督委员会' : '居务监督委员会', supervisor);
  return committee;
}
