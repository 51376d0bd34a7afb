import type { Prisma } from '../../../prisma/people/client/client.ts';
import type { Place } from '../../kit/store/place-scope.ts';
import type { OpenTransaction } from '../../kit/store/write-request.ts';
import type { PeopleStore } from './people-store.ts';
import type { ResidenceKind } from './residence-rows.ts';

export type PeopleTransaction = Prisma.TransactionClient;

export function openPeopleTransaction(store: PeopleStore): OpenTransaction<PeopleTransaction> {
  return (work) => store.prisma.$transaction(work, { maxWait: 10_000, timeout: 10_000 });
}

export interface LockedPerson extends Place {
  readonly id: string;
  readonly gridCode: string;
  readonly registeredCityCode: string;
  readonly registeredCountyCode: string;
  readonly registeredTownshipCode: string | null;
  readonly registeredCommunityCode: string | null;
}

/** Locks the person's row, so that two changes of one person wait for each other. */
export async function lockPerson(transaction: PeopleTransaction, id: string): Promise<LockedPerson | null> {
  const rows = await transaction.$queryRaw<LockedPerson[]>`
    SELECT id, city_code AS "cityCode", county_code AS "countyCode", township_code AS "townshipCode",
           community_code AS "communityCode", grid_code AS "gridCode",
           registered_city_code AS "registeredCityCode", registered_county_code AS "registeredCountyCode",
           registered_township_code AS "registeredTownshipCode",
           registered_community_code AS "registeredCommunityCode"
      FROM people.person WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

export interface LockedDwelling extends Place {
  readonly id: string;
  readonly gridCode: string;
  readonly microGridCode: string;
}

/** Locks the dwelling's row, so that whoever moves in and whoever says that it is empty wait for each other. */
export async function lockDwelling(transaction: PeopleTransaction, id: string): Promise<LockedDwelling | null> {
  const rows = await transaction.$queryRaw<LockedDwelling[]>`
    SELECT id, city_code AS "cityCode", county_code AS "countyCode", township_code AS "townshipCode",
           community_code AS "communityCode", grid_code AS "gridCode", micro_grid_code AS "microGridCode"
      FROM people.dwelling WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

/** The person's live residences, each kind at most once. */
export function liveResidences(transaction: PeopleTransaction, personId: string) {
  return transaction.residence.findMany({ where: { personId, validTo: null } });
}

/** Whether a closed residence of one of the kinds still held after a day. */
export async function hasResidenceEndingAfter(
  transaction: PeopleTransaction,
  personId: string,
  kinds: readonly ResidenceKind[],
  day: Date,
): Promise<boolean> {
  const found = await transaction.residence.findFirst({
    where: { personId, kind: { in: [...kinds] }, validTo: { gt: day } },
    select: { id: true },
  });
  return found !== null;
}

export interface ResidenceChange {
  readonly closeId: string | undefined;
  readonly newId: string;
  readonly personId: string;
  readonly dwelling: Place & { readonly id: string; readonly gridCode: string; readonly microGridCode: string };
  readonly kind: ResidenceKind;
  readonly from: Date;
  readonly provenanceId: string;
}

/** Closes the former residence of the kind and opens the new one. */
export async function replaceResidence(transaction: PeopleTransaction, change: ResidenceChange): Promise<void> {
  const { dwelling, from, provenanceId } = change;
  if (change.closeId !== undefined) {
    await transaction.residence.update({ where: { id: change.closeId }, data: { validTo: from, provenanceId } });
  }
  await transaction.residence.create({
    data: {
      id: change.newId,
      personId: change.personId,
      dwellingId: dwelling.id,
      kind: change.kind,
      validFrom: from,
      cityCode: dwelling.cityCode,
      countyCode: dwelling.countyCode,
      townshipCode: dwelling.townshipCode,
      communityCode: dwelling.communityCode,
      gridCode: dwelling.gridCode,
      provenanceId,
    },
  });
}

/** Moves the place where a person lives, or is registered, and the counts of communities and grids with it. */
export async function movePerson(
  transaction: PeopleTransaction,
  person: LockedPerson,
  change: ResidenceChange,
): Promise<void> {
  const { dwelling, provenanceId } = change;
  const registered = change.kind === 'REGISTERED';
  await transaction.person.update({
    where: { id: person.id },
    data: registered
      ? {
          registeredCityCode: dwelling.cityCode,
          registeredCountyCode: dwelling.countyCode,
          registeredTownshipCode: dwelling.townshipCode,
          registeredCommunityCode: dwelling.communityCode,
          provenanceId,
        }
      : {
          cityCode: dwelling.cityCode,
          countyCode: dwelling.countyCode,
          townshipCode: dwelling.townshipCode,
          communityCode: dwelling.communityCode,
          gridCode: dwelling.gridCode,
          microGridCode: dwelling.microGridCode,
          provenanceId,
        },
  });
  await ensureCounts(transaction, dwelling);
  await shiftCommunityCounts(transaction, person, dwelling.communityCode, registered);
  await shiftGridCounts(transaction, person, dwelling, registered);
}

/** The first person who moves into a place finds no counts there. */
async function ensureCounts(transaction: PeopleTransaction, dwelling: ResidenceChange['dwelling']): Promise<void> {
  const { cityCode, countyCode, townshipCode, communityCode, gridCode } = dwelling;
  const community = { cityCode, countyCode, townshipCode, communityCode, residentCount: 0, householdCount: 0 };
  await transaction.communityPopulation.createMany({
    data: [{ ...community, registeredCount: 0 }],
    skipDuplicates: true,
  });
  await transaction.gridPopulation.createMany({
    data: [{ ...community, gridCode, registeredResidentCount: 0 }],
    skipDuplicates: true,
  });
}

async function shiftCommunityCounts(
  transaction: PeopleTransaction,
  person: LockedPerson,
  to: string,
  registered: boolean,
): Promise<void> {
  const from = registered ? person.registeredCommunityCode : person.communityCode;
  if (from === to) return;
  const column = registered ? 'registeredCount' : 'residentCount';
  const steps = [...(from === null ? [] : [{ code: from, by: -1 }]), { code: to, by: 1 }];
  for (const { code, by } of steps.sort(byCode)) {
    await transaction.communityPopulation.updateMany({
      where: { communityCode: code },
      data: { [column]: { increment: by } },
    });
  }
}

async function shiftGridCounts(
  transaction: PeopleTransaction,
  person: LockedPerson,
  dwelling: ResidenceChange['dwelling'],
  registered: boolean,
): Promise<void> {
  const before = { code: person.gridCode, community: person.communityCode, home: person.registeredCommunityCode };
  const after = registered
    ? { ...before, home: dwelling.communityCode }
    : { ...before, code: dwelling.gridCode, community: dwelling.communityCode };
  const native = (state: typeof before) => (state.home === state.community ? 1 : 0);
  const steps =
    before.code === after.code
      ? [{ code: before.code, residents: 0, natives: native(after) - native(before) }]
      : [
          { code: before.code, residents: -1, natives: -native(before) },
          { code: after.code, residents: 1, natives: native(after) },
        ];
  for (const { code, residents, natives } of steps.sort(byCode)) {
    if (residents === 0 && natives === 0) continue;
    await transaction.gridPopulation.updateMany({
      where: { gridCode: code },
      data: { residentCount: { increment: residents }, registeredResidentCount: { increment: natives } },
    });
  }
}

/** In code order, so that two moves in opposite directions never wait for each other in a circle. */
function byCode(a: { readonly code: string }, b: { readonly code: string }): number {
  return a.code < b.code ? -1 : 1;
}
