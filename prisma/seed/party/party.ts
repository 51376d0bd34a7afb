import { organizationCodeOf } from '../../../subgraphs/kit/party-organization-code.ts';
import { type CalendarDay, DAYS_PER_YEAR, dayOf, dayText } from '../chance/calendar-day.ts';
import type { Random } from '../chance/random.ts';
import type { WorkerInOffice } from '../organizations/community-worker.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import { provenanceIds } from '../provenance.ts';
import type { CommunityDraft, GridDraft, MicroGridDraft, Resident } from '../territory/community-draft.ts';
import type { PartyOrganizationKind } from '../vocabulary.ts';
import { addPartyMember } from './party-member.ts';

/** Branches generally have no more than 50 members, and need three. */
const LARGEST_BRANCH = 50;
const SMALLEST_BRANCH = 4;
const CHIEF_IS_MEMBER_SHARE = 0.75;
const JOINT_BRANCH_SHARE = 0.3;
const BRANCH_TERM_YEARS = 5;

/** Builds the community's party organizations down to the micro-grids and gives them members and secretaries. */
export function organizeParty(draft: CommunityDraft, workers: readonly WorkerInOffice[]): void {
  const random = draft.stream('party');
  const branches = draft.grids.map((grid) => ({ grid, ...chooseMembers(draft, random, grid) }));
  const total = branches.reduce((sum, { members }) => sum + members.length, 0);
  const secretary = workers[0]?.resident ?? null;
  const parentId = draft.state.townshipParty.get(draft.plan.townshipCode) ?? null;
  // Generally a committee from 100 members on, a general branch from 50 on.
  const kind: PartyOrganizationKind = total >= 100 ? 'COMMITTEE' : 'GENERAL_BRANCH';
  const suffix = kind === 'COMMITTEE' ? '委员会' : '总支部委员会';
  const top = add(draft, random, kind, `中共${draft.plan.name}${suffix}`, parentId, secretary, null, null);
  const spare =
    random.chance(JOINT_BRANCH_SHARE) && draft.plan.urban
      ? add(draft, random, 'JOINT_BRANCH', `${draft.plan.name}两新组织联合党支部`, top, null, null, null)
      : null;
  const retired =
    draft.plan.urban && total > 60
      ? add(draft, random, 'BRANCH', `${draft.plan.name}离退休党员支部`, top, null, null, null)
      : null;

  for (const { grid, members, leaders, secretary: branchSecretary } of branches) {
    const branch = add(draft, random, 'GRID_BRANCH', `${grid.row.name}党支部`, top, branchSecretary, grid, null);
    for (const [microGrid, leader] of leaders) {
      add(draft, random, 'MICRO_GRID_GROUP', `${microGrid.row.name}党小组`, branch, leader, grid, microGrid);
    }
    const elsewhere = [spare, retired].filter((id) => id !== null);
    members.forEach((member, index) => {
      addPartyMember(draft, random, member, branch, { mayBeProbationary: index >= SMALLEST_BRANCH, elsewhere });
    });
  }
  if (secretary !== null && !branches.some(({ members }) => members.includes(secretary))) {
    const own = draft.table('party.party_organization').find(({ gridCode }) => gridCode === secretary.row.gridCode);
    addPartyMember(draft, random, secretary, own?.id ?? top, { mayBeProbationary: false, elsewhere: [] });
  }
}

interface ChosenMembers {
  /** The branch's secretary first. */
  readonly members: Resident[];
  readonly secretary: Resident | null;
  readonly leaders: readonly (readonly [MicroGridDraft, Resident])[];
}

/** The grid's members: its chief (mostly), a leader for each party group, and others who live there. */
function chooseMembers(draft: CommunityDraft, random: Random, grid: GridDraft): ChosenMembers {
  const { totals } = draft.state.profile;
  const expected = (totals.partyMembers / totals.population) * grid.residents.length * random.bell(1, 0.12);
  const wanted = Math.min(LARGEST_BRANCH - 2, Math.max(SMALLEST_BRANCH, Math.round(expected)));
  const groupShare = totals.microGridGroups / totals.microGrids;
  const members: Resident[] = [];
  const chosen = new Set<Resident>();
  const take = (resident: Resident): void => {
    if (chosen.has(resident)) return;
    chosen.add(resident);
    members.push(resident);
  };
  const { chief } = grid;
  if (chief !== null && chief.grid === grid && chief.age >= 25 && random.chance(CHIEF_IS_MEMBER_SHARE)) take(chief);
  const leaders: [MicroGridDraft, Resident][] = [];
  for (const microGrid of grid.microGrids) {
    if (!random.chance(groupShare) || members.length >= LARGEST_BRANCH - 3) continue;
    const adults = microGrid.residents.filter(({ age }) => age >= 25 && age <= 78);
    if (adults.length === 0) continue;
    const leader = random.pick(adults);
    take(leader);
    leaders.push([microGrid, leader]);
  }
  for (let attempt = 0; members.length < wanted && attempt < wanted * 12; attempt++) {
    const resident = random.pick(grid.residents);
    // Membership grows with age and schooling; nobody joins before 18.
    const likely = resident.age < 20 ? 0 : resident.age < 30 ? 0.35 : resident.age < 45 ? 0.6 : 0.9;
    if (random.chance(likely)) take(resident);
  }
  return { members, secretary: members[0] ?? null, leaders };
}

/** Two to six small firms of the community; the regulation generally allows five. */
function coveredUnits({ plan }: CommunityDraft): readonly string[] {
  return Array.from({ length: 2 + (plan.ordinal % 5) }, (_, index) => `${plan.name}示例企业${index + 1}`);
}

function add(
  draft: CommunityDraft,
  random: Random,
  kind: PartyOrganizationKind,
  name: string,
  parentId: string | null,
  secretary: Resident | null,
  grid: GridDraft | null,
  microGrid: MicroGridDraft | null,
): string {
  const id = draft.ids.next();
  const newest: CalendarDay = REFERENCE_DAY - 200;
  const oldest: CalendarDay = grid === null ? dayOf(2001, 3, 1) : dayOf(2019, 3, 1);
  const established = oldest + random.below(newest - oldest);
  const term = Math.round(BRANCH_TERM_YEARS * DAYS_PER_YEAR);
  const termsServed = Math.floor((REFERENCE_DAY - established) / term);
  draft.table('party.party_organization').push({
    id,
    kind,
    name,
    parentId,
    secretaryPersonId: secretary?.row.id ?? null,
    secretaryName: secretary?.row.name ?? null,
    establishedOn: dayText(established),
    termEndsOn: kind === 'MICRO_GRID_GROUP' ? null : dayText(established + (termsServed + 1) * term),
    ...draft.place,
    gridCode: grid?.row.gridCode ?? null,
    microGridCode: microGrid?.row.microGridCode ?? null,
    hostKind: null,
    hostName: null,
    publicContact: null,
    coveredUnits: kind === 'JOINT_BRANCH' ? coveredUnits(draft) : [],
    organizationCode: organizationCodeOf(id),
    provenanceId: provenanceIds['party.party_organization'],
  });
  return id;
}
