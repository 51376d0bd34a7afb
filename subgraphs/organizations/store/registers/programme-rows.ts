import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { divisionFilter } from '../../../kit/store/division-filter.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';
import type { OrganizationsTransaction } from '../organizations-transaction.ts';
import type { ShortList } from '../short-list.ts';

export const programmeKinds = ['PILOT', 'BRAND', 'CAMPAIGN', 'ROLLOUT'] as const;
export type ProgrammeKind = (typeof programmeKinds)[number];

/** A city's programmes are registry rows: their names are the city's own. */
export interface ProgrammeRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: ProgrammeKind;
  readonly level: 'NATIONAL' | 'PROVINCIAL' | 'MUNICIPAL' | null;
  readonly cityCode: string;
  readonly provenanceId: string;
}

export const programmeTable: EntityTable<ProgrammeRow> = {
  table: 'programme',
  columns: ['id', 'code', 'name', 'kind', 'level', 'cityCode', 'provenanceId'],
};

export const programmesOfCity: ShortList<ProgrammeRow> = {
  name: 'programmes',
  table: programmeTable,
  owner: { column: 'city_code', property: 'cityCode', cast: 'text' },
  order: 't.code',
  limit: 200,
};

export interface DesignationRow {
  readonly id: string;
  readonly programmeId: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly endReason: string | null;
  readonly phase: number | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const designationTable: EntityTable<DesignationRow> = {
  table: 'designation',
  columns: ['id', 'programmeId', 'validFrom', 'validTo', 'endReason', 'phase', 'communityCode', 'provenanceId'],
  dates: ['validFrom', 'validTo'],
};

/** Communities that a programme designates now, by code. */
export const designationList: ListDeclaration<DesignationRow> = {
  name: 'organizations.designations',
  from: 'organizations.designation t',
  columns: columnList(designationTable),
  sorts: {
    COMMUNITY: {
      columns: [
        { expression: 't.community_code', property: 'communityCode', cast: 'text' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['divisionCode'],
    },
  },
  filters: { divisionCode: divisionFilter('t', false) },
  always: 't.valid_to IS NULL',
};

export const designationsOfCommunity: ShortList<DesignationRow> = {
  name: 'community_designations',
  table: designationTable,
  owner: { column: 'community_code', property: 'communityCode', cast: 'text' },
  order: 't.valid_from DESC, t.id',
  limit: 100,
};

export interface RolloutPhaseRow {
  readonly programmeId: string;
  readonly phase: number;
  readonly communityCount: number;
  readonly cumulativeCount: number;
  readonly cityCommunityCount: number;
}

/** Communities by the phase of a roll-out that took them in, and how many the city has. */
export async function countRolloutPhases(
  store: OrganizationsStore,
  programmeIds: readonly string[],
  trace: OperationTrace,
): Promise<RolloutPhaseRow[][]> {
  const rows = await store.database.rows<RolloutPhaseRow>(
    'rollout_phases',
    `SELECT d.programme_id AS "programmeId", d.phase, count(*)::int AS "communityCount",
            (sum(count(*)) OVER (PARTITION BY d.programme_id ORDER BY d.phase))::int AS "cumulativeCount",
            (SELECT count(*)::int FROM organizations.community c
              WHERE c.valid_to IS NULL AND c.city_code = (SELECT p.city_code FROM organizations.programme p WHERE p.id = d.programme_id))
              AS "cityCommunityCount"
       FROM organizations.designation d
      WHERE d.programme_id = ANY($1::uuid[]) AND d.valid_to IS NULL AND d.phase IS NOT NULL
      GROUP BY d.programme_id, d.phase ORDER BY d.programme_id, d.phase`,
    [programmeIds],
    trace,
  );
  return groupByKey(programmeIds, rows, (row) => row.programmeId);
}

export const experienceEventKinds = ['FORUM', 'SITE_VISIT', 'SYMPOSIUM', 'EXCHANGE'] as const;
export type ExperienceEventKind = (typeof experienceEventKinds)[number];

export interface ExperienceEventRow {
  readonly id: string;
  readonly kind: ExperienceEventKind;
  readonly theme: string;
  readonly host: string;
  readonly communityCode: string | null;
  readonly heldOn: string;
  readonly year: number;
  readonly quarter: number;
  readonly cityCode: string;
  readonly provenanceId: string;
}

export const experienceEventTable: EntityTable<ExperienceEventRow> = {
  table: 'experience_event',
  columns: ['id', 'kind', 'theme', 'host', 'communityCode', 'heldOn', 'year', 'quarter', 'cityCode', 'provenanceId'],
  dates: ['heldOn'],
};

/** Events of a city, newest first. */
export const experienceEventList: ListDeclaration<ExperienceEventRow> = {
  name: 'organizations.experience_events',
  from: 'organizations.experience_event t',
  columns: columnList(experienceEventTable),
  sorts: {
    NEWEST: {
      columns: [
        { expression: 't.held_on', property: 'heldOn', cast: 'date' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['cityCode', 'year', 'kind'],
    },
  },
  filters: {
    cityCode: (value, values) => `t.city_code = $${values.push(value)}`,
    year: (value, values) => `t.year = $${values.push(value)}`,
    kind: (value, values) => `t.kind = $${values.push(value)}`,
  },
};

/** Locks a city's programme, so that designations of one community wait for each other. */
export async function lockProgramme(
  transaction: OrganizationsTransaction,
  cityCode: string,
  code: string,
): Promise<{ readonly id: string; readonly kind: ProgrammeKind } | null> {
  const rows = await transaction.$queryRaw<{ id: string; kind: ProgrammeKind }[]>`
    SELECT id, kind FROM organizations.programme WHERE city_code = ${cityCode} AND code = ${code} FOR UPDATE`;
  return rows[0] ?? null;
}
