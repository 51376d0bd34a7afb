import type { PeopleTransaction } from '../residence-writes.ts';

/** Every column of a person, as both tables have them; a new one is added here, too. */
const COLUMNS = `id, name, name_pinyin, name_initials, sex_code, birth_date, citizen_id_sealed, citizen_id_hash,
  phone_sealed, phone_hash, ethnic_group_code, education_code, marital_status_code, employment_status_code, household_id,
  relation_to_head_code, registered_city_code, registered_county_code, registered_township_code,
  registered_community_code, city_code, county_code, township_code, community_code, grid_code, micro_grid_code, synthetic,
  provenance_id, item_provenance`;

export interface MergedRecord {
  readonly id: string;
  readonly mergedInto: string;
  readonly cityCode: string;
  readonly countyCode: string;
  readonly townshipCode: string;
  readonly communityCode: string;
  readonly gridCode: string;
  readonly registeredCommunityCode: string | null;
}

/** Takes a record out of the register as it is; nothing of it is lost, and nothing that points to it has to move. */
export async function moveToMerged(
  transaction: PeopleTransaction,
  id: string,
  survivorId: string,
  at: Date,
): Promise<void> {
  await transaction.$executeRawUnsafe(
    `WITH gone AS (DELETE FROM people.person WHERE id = $1::uuid RETURNING ${COLUMNS})
     INSERT INTO people.merged_person (${COLUMNS}, merged_into, merged_at) SELECT ${COLUMNS}, $2::uuid, $3 FROM gone`,
    id,
    survivorId,
    at,
  );
}

/** Puts it back as it was. */
export async function moveBack(transaction: PeopleTransaction, id: string): Promise<void> {
  await transaction.$executeRawUnsafe(
    `WITH back AS (DELETE FROM people.merged_person WHERE id = $1::uuid RETURNING ${COLUMNS})
     INSERT INTO people.person (${COLUMNS}) SELECT ${COLUMNS} FROM back`,
    id,
  );
}

/** Locks a record that was merged into another. */
export async function lockMerged(transaction: PeopleTransaction, id: string): Promise<MergedRecord | null> {
  const rows = await transaction.$queryRaw<MergedRecord[]>`
    SELECT id, merged_into AS "mergedInto", city_code AS "cityCode", county_code AS "countyCode",
           township_code AS "townshipCode", community_code AS "communityCode", grid_code AS "gridCode",
           registered_community_code AS "registeredCommunityCode"
      FROM people.merged_person WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

/** Whether other records were merged into this one. */
export async function survivesOthers(transaction: PeopleTransaction, id: string): Promise<boolean> {
  return (await transaction.mergedPerson.count({ where: { mergedInto: id } })) > 0;
}

/** Whether the number of a merged record has been registered again meanwhile. */
export async function isNumberTaken(transaction: PeopleTransaction, mergedId: string): Promise<boolean> {
  const rows = await transaction.$queryRaw<{ taken: boolean }[]>`
    SELECT EXISTS (SELECT FROM people.person p JOIN people.merged_person m ON m.citizen_id_hash = p.citizen_id_hash
                    WHERE m.id = ${mergedId}::uuid) AS taken`;
  return rows[0]?.taken === true;
}

/** Who is not in the register any more, or is again, is so in the counts of communities and grids; in code order. */
export async function shiftCounts(
  transaction: PeopleTransaction,
  person: Pick<MergedRecord, 'communityCode' | 'gridCode' | 'registeredCommunityCode'>,
  by: 1 | -1,
): Promise<void> {
  const { communityCode, gridCode, registeredCommunityCode: home } = person;
  for (const code of [...new Set([communityCode, ...(home === null ? [] : [home])])].sort()) {
    await transaction.communityPopulation.updateMany({
      where: { communityCode: code },
      data: {
        ...(code === communityCode ? { residentCount: { increment: by } } : {}),
        ...(code === home ? { registeredCount: { increment: by } } : {}),
      },
    });
  }
  await transaction.gridPopulation.updateMany({
    where: { gridCode },
    data: {
      residentCount: { increment: by },
      ...(home === communityCode ? { registeredResidentCount: { increment: by } } : {}),
    },
  });
}
