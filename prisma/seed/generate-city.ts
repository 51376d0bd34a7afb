import { Random } from './chance/random.ts';
import { RowIds } from './chance/row-ids.ts';
import { CityState } from './city-state.ts';
import { cityBodies } from './organizations/city-bodies.ts';
import { cityRegisters, designate } from './organizations/city-registers.ts';
import { cityWorkforce } from './organizations/city-workforce.ts';
import { electCommittees } from './organizations/committee.ts';
import { holdElections } from './organizations/committee-elections.ts';
import { formBodies } from './organizations/community-bodies.ts';
import { hireWorkers } from './organizations/community-worker.ts';
import { assignGrids } from './organizations/grid-assignment.ts';
import { rareKinds } from './organizations/rare-kinds.ts';
import { trainInTownship } from './organizations/township-training.ts';
import { fileWorkers } from './organizations/worker-file.ts';
import { organizeParty } from './party/party.ts';
import { livePartyLife } from './party/party-life.ts';
import { partyRuleRows } from './party/party-rules.ts';
import { partyCommittees } from './party/party-tree.ts';
import { volunteerTree } from './party/volunteer-tree.ts';
import { careForPeople } from './people/care.ts';
import { populate } from './people/household.ts';
import { cityProfiles } from './profile/profiles.ts';
import { provenanceRows } from './provenance.ts';
import type { CityBatch, CityTable, RowSet } from './rows.ts';
import { SEED } from './seed-version.ts';
import { openFacilities } from './services/facility.ts';
import { reportIncidents } from './services/incident.ts';
import { serviceItemRows } from './services/service-item.ts';
import { CommunityDraft } from './territory/community-draft.ts';
import { type CommunityPlan, communityCount, communityPlans } from './territory/community-plan.ts';
import { divisionRows } from './territory/division.ts';
import { formationDay, recordFormation } from './territory/division-change.ts';
import { draftGrids } from './territory/grid.ts';
import type { DemoCity } from './vocabulary.ts';

/** Which city, and how much of it: a scale of 0.001 to 1 takes that share of its communities, each of them whole. */
export interface CitySize {
  readonly city: DemoCity;
  readonly scale: number;
}

/** The smallest and the largest part of a city that can be asked for. */
export const SCALE_LIMITS = { smallest: 0.001, largest: 1 } as const;

/**
 * Makes the demo city: first what belongs to the city as a whole, then each community in several batches, last the
 * provenance with the rows counted. Pure and deterministic: no clock, no chance, and a community is the same at every scale.
 * Memory holds one community at a time.
 */
export function* generateCity({ city, scale }: CitySize): Generator<CityBatch, void, undefined> {
  if (!(scale >= SCALE_LIMITS.smallest && scale <= SCALE_LIMITS.largest)) {
    throw new RangeError(`Scale ${scale} is not within ${SCALE_LIMITS.smallest} and ${SCALE_LIMITS.largest}`);
  }
  const profile = cityProfiles[city];
  const state = new CityState(profile);
  const counts: Partial<Record<CityTable, number>> = {};
  const counted = (communityCode: string | null, rows: RowSet): CityBatch => {
    for (const [table, list] of Object.entries(rows) as [CityTable, unknown[]][]) {
      counts[table] = (counts[table] ?? 0) + list.length;
    }
    return { communityCode, rows };
  };

  const taken = communitiesTaken({ city, scale });
  const begun = new Map(
    taken.flatMap((plan) => {
      const day = formationDay(plan);
      return day === null ? [] : [[plan.communityCode, day] as const];
    }),
  );
  const ids = new RowIds(new Random(`${SEED}/${city}/city-ids`), 0);
  yield counted(null, {
    'organizations.division': divisionRows(begun),
    'services.service_item': serviceItemRows(ids),
    'party.party_organization': partyCommittees(state, ids),
    'party.party_rule': partyRuleRows(),
    'party.volunteer_station': volunteerTree(state, ids),
  });
  yield counted(null, cityWorkforce(state));
  yield counted(null, cityBodies(state));
  yield counted(null, cityRegisters(state));
  for (const plan of taken) {
    for (const rows of community(plan, state)) yield counted(plan.communityCode, rows);
  }
  yield { communityCode: null, rows: provenanceRows(counts) };
}

/** The communities that a scale takes, in the order in which they are populated. */
export function communitiesTaken({ city, scale }: CitySize): CommunityPlan[] {
  const plans = communityPlans(cityProfiles[city]);
  return plans.slice(0, communityCount(plans, scale));
}

/** Rows leave grid by grid: those of a whole community at once would grow old in the heap and cost twice the time. */
function* community(plan: CommunityPlan, state: CityState): Generator<RowSet, void, undefined> {
  const draft = new CommunityDraft(plan, state);
  draftGrids(draft);
  for (const _ of populate(draft)) yield draft.take();
  careForPeople(draft);
  const workers = hireWorkers(draft);
  const committee = electCommittees(draft, workers);
  assignGrids(draft, workers);
  openFacilities(draft);
  organizeParty(draft, workers);
  livePartyLife(draft);
  for (const _ of reportIncidents(draft)) yield draft.take();
  fileWorkers(draft, workers);
  formBodies(draft, workers);
  holdElections(draft, committee);
  designate(draft);
  recordFormation(draft);
  rareKinds(draft, workers, committee);
  trainInTownship(draft, workers);
  yield draft.take();
}
