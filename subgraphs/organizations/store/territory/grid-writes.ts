import type { OrganizationsTransaction } from '../organizations-transaction.ts';
import { markLedGrids } from './kept-marks.ts';

export interface PassedGrid {
  readonly fromCode: string;
  readonly toCode: string;
}

/** Locks the live grids of a community in the order of their codes. */
export async function lockLiveGrids(transaction: OrganizationsTransaction, communityCode: string): Promise<string[]> {
  const rows = await transaction.$queryRaw<{ code: string }[]>`
    SELECT grid_code AS code FROM organizations.grid WHERE community_code = ${communityCode} AND valid_to IS NULL
     ORDER BY grid_code FOR UPDATE`;
  return rows.map(({ code }) => code);
}

/** Numbers of grids that a community has given out, those that have ended included. */
export async function takenNumbers(transaction: OrganizationsTransaction, communityCode: string): Promise<Set<number>> {
  const rows = await transaction.$queryRaw<{ code: string }[]>`
    SELECT grid_code AS code FROM organizations.grid WHERE community_code = ${communityCode}`;
  return new Set(rows.map(({ code }) => Number(code.slice(12))));
}

/**
 * Grids and their micro-grids go on under new codes from a day; those of before end with it, and what became of each is
 * kept. Returns the rows that were written.
 */
export async function replaceGrids(
  transaction: OrganizationsTransaction,
  passed: readonly PassedGrid[],
  day: string,
  provenanceId: string,
): Promise<number> {
  const from = passed.map(({ fromCode }) => fromCode);
  const to = passed.map(({ toCode }) => toCode);
  const grids = await transaction.$executeRaw`
    INSERT INTO organizations.grid (grid_code, name, kind, city_code, county_code, township_code, community_code,
           unified_lines, valid_from, provenance_id)
    SELECT k.to_code, g.name, g.kind, left(k.to_code, 4), left(k.to_code, 6), left(k.to_code, 9), left(k.to_code, 12),
           g.unified_lines, ${day}::date, ${provenanceId}::uuid
      FROM unnest(${from}::text[], ${to}::text[]) AS k(from_code, to_code)
      JOIN organizations.grid g ON g.grid_code = k.from_code`;
  const microGrids = await transaction.$executeRaw`
    INSERT INTO organizations.micro_grid (micro_grid_code, name, grid_code, city_code, county_code, township_code,
           community_code, valid_from, provenance_id)
    SELECT k.to_code || right(m.micro_grid_code, 3), m.name, k.to_code, left(k.to_code, 4), left(k.to_code, 6),
           left(k.to_code, 9), left(k.to_code, 12), ${day}::date, ${provenanceId}::uuid
      FROM unnest(${from}::text[], ${to}::text[]) AS k(from_code, to_code)
      JOIN organizations.micro_grid m ON m.grid_code = k.from_code AND m.valid_to IS NULL`;
  const successions = await transaction.$executeRaw`
    INSERT INTO organizations.grid_succession (from_code, to_code, from_community_code, to_community_code, effective_on,
           provenance_id)
    SELECT k.from_code, k.to_code, left(k.from_code, 12), left(k.to_code, 12), ${day}::date, ${provenanceId}::uuid
      FROM unnest(${from}::text[], ${to}::text[]) AS k(from_code, to_code)
     UNION ALL
    SELECT m.micro_grid_code, k.to_code || right(m.micro_grid_code, 3), left(k.from_code, 12), left(k.to_code, 12),
           ${day}::date, ${provenanceId}::uuid
      FROM unnest(${from}::text[], ${to}::text[]) AS k(from_code, to_code)
      JOIN organizations.micro_grid m ON m.grid_code = k.from_code AND m.valid_to IS NULL`;
  await transaction.$executeRaw`
    UPDATE organizations.micro_grid SET valid_to = ${day}::date, provenance_id = ${provenanceId}::uuid
     WHERE grid_code = ANY(${from}::text[]) AND valid_to IS NULL`;
  await transaction.$executeRaw`
    UPDATE organizations.grid SET valid_to = ${day}::date, provenance_id = ${provenanceId}::uuid
     WHERE grid_code = ANY(${from}::text[])`;
  return 2 * (grids + microGrids) + successions;
}

/** Live posts of grids end at an instant and go on, with the same holders, in what took the grids' places. */
export async function replacePosts(
  transaction: OrganizationsTransaction,
  passed: readonly PassedGrid[],
  at: Date,
  provenanceId: string,
  nextId: () => string,
): Promise<number> {
  const newCodes = new Map(passed.map(({ fromCode, toCode }) => [fromCode, toCode]));
  const posts = await transaction.gridAssignment.findMany({
    where: { gridCode: { in: [...newCodes.keys()] }, validTo: null },
  });
  const begin = (validFrom: Date) => (at > validFrom ? at : new Date(validFrom.getTime() + 1));
  for (const { id, validFrom } of posts) {
    await transaction.gridAssignment.update({
      where: { id },
      data: { validTo: begin(validFrom), endReason: '区划变更', provenanceId },
    });
  }
  await transaction.gridAssignment.createMany({
    data: posts.map((post) => {
      const gridCode = newCodes.get(post.gridCode) ?? post.gridCode;
      return {
        ...post,
        id: nextId(),
        gridCode,
        microGridCode: post.microGridCode === null ? null : gridCode + post.microGridCode.slice(15),
        validFrom: begin(post.validFrom),
        ...placesOf(gridCode),
        provenanceId,
      };
    }),
  });
  await markLedGrids(
    transaction,
    passed.flatMap(({ fromCode, toCode }) => [fromCode, toCode]),
  );
  return 2 * posts.length;
}

/**
 * The workers in service of a community go on in what took its place, with what is live in their files; what has ended
 * stays where it was.
 */
export async function moveWorkers(
  transaction: OrganizationsTransaction,
  fromCode: string,
  toCode: string,
  provenanceId: string,
): Promise<number> {
  const data = { ...placesOf(toCode), provenanceId };
  const workers = await transaction.communityWorker.updateMany({
    where: { communityCode: fromCode, leftOn: null },
    data,
  });
  const posts = await transaction.post.updateMany({ where: { communityCode: fromCode, abolishedOn: null }, data });
  const records = await transaction.serviceRecord.updateMany({
    where: { communityCode: fromCode, validTo: null },
    data,
  });
  const certificates = await transaction.certificate.updateMany({
    where: { communityCode: fromCode, revokedOn: null },
    data,
  });
  const registrations = await transaction.socialWorkerRegistration.updateMany({
    where: { communityCode: fromCode, endedOn: null },
    data,
  });
  const bodies = await transaction.organization.updateMany({
    where: { communityCode: fromCode, dissolvedOn: null },
    data,
  });
  return [workers, posts, records, certificates, registrations, bodies].reduce((sum, { count }) => sum + count, 0);
}

function placesOf(code: string) {
  return {
    cityCode: code.slice(0, 4),
    countyCode: code.slice(0, 6),
    townshipCode: code.slice(0, 9),
    communityCode: code.slice(0, 12),
  };
}
