import { DAYS_PER_YEAR, dayText } from '../chance/calendar-day.ts';
import { Lottery } from '../chance/lottery.ts';
import { type Random, weighted } from '../chance/random.ts';
import type { Commuter } from '../city-state.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import { provenanceIds } from '../provenance.ts';
import type { CommunityWorkerRow } from '../rows.ts';
import type { CommunityDraft, Resident } from '../territory/community-draft.ts';
import type { SocialWorkCertificate, WorkerMode, WorkerPost } from '../vocabulary.ts';

/** A worker in office; `resident` is missing when they live in another community. */
export interface WorkerInOffice {
  readonly row: CommunityWorkerRow;
  readonly resident: Resident | null;
}

const COMMUTER_SHARE = 0.15;
const COMMUTERS_PER_COMMUNITY = 4;
const FORMER_WORKER_SHARE = 0.08;

const drawMode = weighted<WorkerMode>([
  ['GENERAL', 46],
  ['GENERALIST', 34],
  ['ALL_ROUND', 13],
  ['PROJECT', 7],
]);
const drawCertificate = weighted<SocialWorkCertificate>([
  ['ASSISTANT', 64],
  ['SOCIAL_WORKER', 34],
  ['SENIOR', 2],
]);
const gradeLevels: Record<WorkerPost, readonly [low: number, high: number]> = {
  SECRETARY_DIRECTOR: [10, 18],
  DEPUTY: [6, 14],
  SPECIALIST: [1, 11],
};

/** Hires the community's workers: one secretary-director, two or three deputies, specialists. The first is the head. */
export function hireWorkers(draft: CommunityDraft): WorkerInOffice[] {
  const random = draft.stream('workers');
  const totals = draft.state.profile.totals;
  const perPerson = totals.communityWorkers / totals.population;
  const certifiedShare = totals.certifiedWorkers / totals.communityWorkers;
  const wanted = Math.max(3, random.round(draft.residents.length * perPerson));
  const pool = new Lottery(
    random,
    draft.residents.filter(({ age, row }) => age >= 24 && age <= 57 && employable(row.employmentStatusCode)),
  );
  const leaders = draft.residents.filter(
    ({ age, row }) => age >= 33 && age <= 57 && employable(row.employmentStatusCode),
  );
  const head = leaders.length > 0 ? random.pick(leaders) : undefined;
  const deputies = wanted > 8 ? 3 : 2;

  const inOffice: WorkerInOffice[] = [];
  for (let i = 0; i < wanted; i++) {
    const post: WorkerPost = i === 0 ? 'SECRETARY_DIRECTOR' : i <= deputies ? 'DEPUTY' : 'SPECIALIST';
    const commuter = post === 'SPECIALIST' && random.chance(COMMUTER_SHARE) ? draft.state.commuters.pop() : undefined;
    let resident = commuter !== undefined ? undefined : i === 0 ? head : pool.draw();
    if (i > 0 && resident !== undefined && resident === head) resident = pool.draw();
    const person = commuter ?? (resident && commuterOf(resident));
    if (person === undefined) break;
    const latestAge = resident?.age ?? 30;
    inOffice.push({
      row: add(draft, random, person, post, latestAge, certifiedShare, false),
      resident: resident ?? null,
    });
  }
  for (let i = random.round(wanted * FORMER_WORKER_SHARE); i > 0; i--) {
    const resident = pool.draw();
    if (resident === undefined || resident === head) continue;
    add(draft, random, commuterOf(resident), 'SPECIALIST', resident.age, certifiedShare, true);
  }
  for (let i = 0; i < COMMUTERS_PER_COMMUNITY; i++) {
    const resident = pool.draw();
    if (resident !== undefined && resident !== head) draft.state.commuters.push(commuterOf(resident));
  }
  return inOffice;
}

function employable(code: string): boolean {
  return code !== '31' && code !== '11' && code !== '80';
}

function commuterOf({ row }: Resident): Commuter {
  return { id: row.id, name: row.name, namePinyin: row.namePinyin };
}

function add(
  draft: CommunityDraft,
  random: Random,
  person: Commuter,
  post: WorkerPost,
  age: number,
  certifiedShare: number,
  left: boolean,
): CommunityWorkerRow {
  const longest = Math.max(1, Math.min(age - 22, post === 'SPECIALIST' ? 15 : 24));
  const shortest = post === 'SECRETARY_DIRECTOR' ? Math.min(4, longest) : 0;
  const service = shortest + random.fraction() * (longest - shortest);
  const hired = REFERENCE_DAY - 60 - Math.round(service * DAYS_PER_YEAR);
  const [low, high] = gradeLevels[post];
  const seniority = Math.min(1, service / 15);
  const row: CommunityWorkerRow = {
    id: draft.ids.next(),
    personId: person.id,
    name: person.name,
    namePinyin: person.namePinyin,
    post,
    gradeLevel: Math.max(low, Math.min(high, Math.round(low + (high - low) * seniority + random.between(-1, 1)))),
    mode: drawMode(random),
    certificate: random.chance(certifiedShare) ? drawCertificate(random) : null,
    hiredOn: dayText(hired),
    leftOn: left ? dayText(hired + 30 + random.below(REFERENCE_DAY - hired - 30)) : null,
    ...draft.place,
    provenanceId: provenanceIds['organizations.community_worker'],
  };
  draft.table('organizations.community_worker').push(row);
  return row;
}
