import type { Prisma } from '../../../prisma/people/client/client.ts';
import type { Place } from '../../kit/place-scope.ts';
import type { OpenTransaction } from '../../kit/write-request.ts';
import type { PeopleStore } from './people-store.ts';
import type { ResidenceKind } from './residence-rows.ts';

export type PeopleTransaction = Prisma.TransactionClient;

export function openPeopleTransaction(store: PeopleStore): OpenTransaction<PeopleTransaction> {
  return (work) => store.prisma.$transaction(work, { timeout: 10_000 });
}

export interface LockedPerson extends Place {
  readonly id: string;
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

export function findDwelling(transaction: PeopleTransaction, id: string) {
  return transaction.dwelling.findUnique({ where: { id } });
}

/** The person's live residences, each kind at most once. */
export function liveResidences(transaction: PeopleTransaction, personId: string) {
  return transaction.residence.findMany({ where: { personId, validTo: null } });
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

/** Moves the place where a person lives, or is registered, and the communities' counts with it. */
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
  const from = registered ? person.registeredCommunityCode : person.communityCode;
  if (from === dwelling.communityCode) return;
  const column = registered ? 'registeredCount' : 'residentCount';
  const steps = [
    ...(from === null ? [] : [{ communityCode: from, by: -1 }]),
    { communityCode: dwelling.communityCode, by: 1 },
  ];
  // In code order, so that two moves in opposite directions never wait for each other in a circle.
  steps.sort((a, b) => (a.communityCode < b.communityCode ? -1 : 1));
  for (const { communityCode, by } of steps) {
    await transaction.communityPopulation.updateMany({
      where: { communityCode },
      data: { [column]: { increment: by } },
    });
  }
}
