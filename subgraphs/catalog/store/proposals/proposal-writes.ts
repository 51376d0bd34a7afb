import type { SqlConnection } from '../../../kit/store/sql-database.ts';
import type { CatalogTransaction } from '../department-system-rows.ts';
import { hashOf, keepTexts } from '../versions/version-writes.ts';
import type { ProposalRow, ProposalState } from './proposal-rows.ts';

export type NewProposal = Pick<
  ProposalRow,
  'id' | 'title' | 'reason' | 'departmentCode' | 'state' | 'submittedAt' | 'provenanceId'
>;
interface ContractText {
  readonly name: string;
  readonly sdl: string;
}

export async function insertProposal(
  transaction: CatalogTransaction,
  proposal: NewProposal,
  contracts: readonly ContractText[],
): Promise<void> {
  await transaction.schemaProposal.create({ data: proposal });
  await insertContracts(transaction, proposal.id, 1, contracts);
}

export async function insertContracts(
  transaction: CatalogTransaction,
  proposalId: string,
  revision: number,
  contracts: readonly ContractText[],
): Promise<void> {
  await keepTexts(
    transaction,
    contracts.map(({ sdl }) => sdl),
  );
  await transaction.schemaProposalContract.createMany({
    data: contracts.map(({ name, sdl }) => ({ proposalId, revision, graph: name, hash: hashOf(sdl) })),
  });
}

/** The proposal, locked until the transaction ends. */
export async function lockProposal(transaction: CatalogTransaction, id: string): Promise<ProposalRow | null> {
  await transaction.$queryRaw`SELECT 1 FROM catalog.schema_proposal WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await transaction.schemaProposal.findUnique({ where: { id } });
  // Written by this file only, from typed values.
  return row as ProposalRow | null;
}

export async function updateProposal(
  transaction: CatalogTransaction,
  id: string,
  data: {
    readonly state: ProposalState;
    readonly revision?: number;
    readonly verdict?: string | null;
    readonly check?: string | null;
    readonly checkedAt?: Date | null;
    readonly publishedNumber?: number;
  },
): Promise<void> {
  await transaction.schemaProposal.update({ where: { id }, data });
}

/** A department's word on the present revision; said again, the later one counts. */
export async function putSignOff(
  transaction: CatalogTransaction,
  signOff: {
    readonly proposalId: string;
    readonly revision: number;
    readonly departmentCode: string;
    readonly agreed: boolean;
    readonly note: string | null;
    readonly clientId: string;
    readonly signedAt: Date;
    readonly provenanceId: string;
  },
): Promise<void> {
  const { proposalId, revision, departmentCode, ...word } = signOff;
  const key = { proposalId, revision, departmentCode };
  await transaction.schemaSignOff.upsert({
    where: { proposalId_revision_departmentCode: key },
    create: { ...key, ...word },
    update: word,
  });
}

export function findSignOffsOf(transaction: CatalogTransaction, proposalId: string, revision: number) {
  return transaction.schemaSignOff.findMany({
    where: { proposalId, revision },
    select: { departmentCode: true, agreed: true },
  });
}

/** The texts of a proposal's present revision; null where there is no such proposal. */
export async function readProposal(
  pool: SqlConnection,
  id: string,
): Promise<{ readonly revision: number; readonly contracts: readonly ContractText[] } | null> {
  const { rows } = await pool.query<{ revision: number; contracts: ContractText[] }>(
    `SELECT p.revision, (SELECT json_agg(json_build_object('name', c.graph, 'sdl', t.sdl) ORDER BY c.graph)
                           FROM catalog.schema_proposal_contract c JOIN catalog.schema_text t ON t.hash = c.hash
                          WHERE c.proposal_id = p.id AND c.revision = p.revision) AS contracts
       FROM catalog.schema_proposal p WHERE p.id = $1::uuid`,
    [id],
  );
  return rows[0] ?? null;
}
