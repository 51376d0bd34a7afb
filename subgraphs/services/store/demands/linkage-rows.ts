import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import { equals, newestFirst, tableReader } from '../table-reader.ts';

export interface LinkageRow {
  readonly id: string;
  readonly mode: string;
  readonly title: string;
  readonly projectId: string | null;
  readonly establishedOn: string;
  readonly endedOn: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const linkageTable = tableReader<LinkageRow>(
  'linkage',
  {
    ...{ id: true, mode: true, title: true, projectId: true, establishedOn: 'date' as const },
    ...{ endedOn: 'date' as const, communityCode: true, provenanceId: true },
  },
  { hasGridCode: false },
);
export const linkageList = linkageTable.list(
  'linkages',
  { ESTABLISHED_ON: newestFirst('established_on', 'establishedOn', 'date', ['mode', 'divisionCode']) },
  { mode: equals('mode') },
);
export const projectLinkages = linkageTable.list('project_linkages', {
  ID: { columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }], direction: 'ASC', filters: [] },
});

export interface LinkagePartyRow {
  readonly id: string;
  readonly linkageId: string;
  readonly side: string;
  readonly name: string;
  readonly organizationId: string | null;
  readonly workerId: string | null;
}

export async function findParties(
  store: ServicesStore,
  linkageIds: readonly string[],
  trace: OperationTrace,
): Promise<LinkagePartyRow[][]> {
  const rows = await store.database.rows<LinkagePartyRow>(
    'parties_of_linkages',
    `SELECT t.id, t.linkage_id AS "linkageId", t.side, t.name, t.organization_id AS "organizationId",
            t.worker_id AS "workerId"
       FROM services.linkage_party t WHERE t.linkage_id = ANY($1::uuid[]) ORDER BY t.linkage_id, t.side, t.name`,
    [linkageIds],
    trace,
    { key: 'linkageId' },
  );
  return groupByKey(linkageIds, rows, (row) => row.linkageId);
}

/** Community workers that live linkages give to projects that the caller was allowed to see. */
export async function findProjectWorkers(
  store: ServicesStore,
  projectIds: readonly string[],
  trace: OperationTrace,
): Promise<string[][]> {
  const rows = await store.database.rows<{ projectId: string; workerId: string }>(
    'workers_of_projects',
    `SELECT DISTINCT l.project_id AS "projectId", p.worker_id AS "workerId"
       FROM services.linkage l JOIN services.linkage_party p ON p.linkage_id = l.id
      WHERE l.project_id = ANY($1::uuid[]) AND l.ended_on IS NULL AND p.worker_id IS NOT NULL
      ORDER BY 1, 2`,
    [projectIds],
    trace,
  );
  return groupByKey(projectIds, rows, (row) => row.projectId).map((own) => own.map(({ workerId }) => workerId));
}

export interface ConferenceRow {
  readonly id: string;
  readonly linkageId: string;
  readonly heldOn: string;
  readonly agenda: string;
  readonly resolution: string;
  readonly partyCount: number;
  readonly presentPartyIds: string[];
}

const MAX_CONFERENCES = 50;

/** The newest conferences of linkages that the caller was allowed to see. */
export async function findConferences(
  store: ServicesStore,
  linkageIds: readonly string[],
  trace: OperationTrace,
): Promise<ConferenceRow[][]> {
  const rows = await store.database.rows<ConferenceRow>(
    'conferences_of_linkages',
    `SELECT c.* FROM unnest($1::uuid[]) AS k(key)
       CROSS JOIN LATERAL (
         SELECT t.id, t.linkage_id AS "linkageId", t.held_on::text AS "heldOn", t.agenda, t.resolution,
                t.party_count AS "partyCount", t.present_party_ids AS "presentPartyIds"
           FROM services.joint_conference t WHERE t.linkage_id = k.key ORDER BY t.held_on DESC, t.id DESC LIMIT $2) c
      ORDER BY c."linkageId", c."heldOn" DESC, c.id DESC`,
    [linkageIds, MAX_CONFERENCES],
    trace,
  );
  return groupByKey(linkageIds, rows, (row) => row.linkageId);
}

export async function insertLinkage(
  transaction: ServicesTransaction,
  { establishedOn, gridCode: _none, ...row }: Omit<LinkageRow, 'endedOn' | 'communityCode'> & Place,
  parties: readonly Omit<LinkagePartyRow, 'linkageId'>[],
): Promise<void> {
  await transaction.linkage.create({ data: { ...row, establishedOn: new Date(establishedOn) } });
  await transaction.linkageParty.createMany({
    data: parties.map((party) => ({ ...party, linkageId: row.id, provenanceId: row.provenanceId })),
  });
}

export async function lockLinkage(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'linkage', id))) return null;
  const linkage = await transaction.linkage.findUniqueOrThrow({ where: { id } });
  const parties = await transaction.linkageParty.findMany({ where: { linkageId: id }, select: { id: true } });
  return { ...linkage, partyIds: parties.map((party) => party.id) };
}

export async function insertConference(
  transaction: ServicesTransaction,
  { heldOn, ...row }: ConferenceRow & { readonly provenanceId: string },
): Promise<void> {
  await transaction.jointConference.create({ data: { ...row, heldOn: new Date(heldOn) } });
}
