import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { groupByKey, inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';

export type ProposalState = 'DRAFT' | 'REVIEWED' | 'APPROVED' | 'PUBLISHED' | 'REJECTED' | 'WITHDRAWN';

export interface ProposalRow {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly departmentCode: string;
  readonly state: ProposalState;
  readonly revision: number;
  readonly verdict: 'PASSED' | 'FAILED' | null;
  /** A SchemaCheck as JSON. */
  readonly check: string | null;
  readonly publishedNumber: number | null;
  readonly submittedAt: Date;
  readonly provenanceId: string;
}

/** The text of one subgraph in the present revision of a proposal. */
export interface ProposalContractRow {
  readonly proposalId: string;
  readonly graph: string;
  readonly hash: string;
}

export interface SignOffRow {
  readonly proposalId: string;
  readonly revision: number;
  readonly departmentCode: string;
  readonly agreed: boolean;
  readonly note: string | null;
  readonly signedAt: Date;
}

const COLUMNS = `t.id, t.title, t.reason, t.department_code AS "departmentCode", t.state, t.revision, t.verdict,
  t."check", t.published_number AS "publishedNumber", t.submitted_at AS "submittedAt", t.provenance_id AS "provenanceId"`;

export const proposalList: ListDeclaration<ProposalRow> = {
  name: 'catalog.schema_proposals',
  from: 'catalog.schema_proposal t',
  columns: COLUMNS,
  sorts: {
    SUBMITTED_AT: {
      columns: [
        { expression: 't.submitted_at', property: 'submittedAt', cast: 'timestamptz' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['state', 'departmentCode'],
    },
  },
  filters: {
    state: (value, values) => `t.state = $${values.push(value)}`,
    departmentCode: (value, values) => `t.department_code = $${values.push(value)}`,
  },
};

export async function findProposals(
  { database }: Pick<CatalogStore, 'database'>,
  ids: readonly string[],
  trace: OperationTrace,
): Promise<(ProposalRow | null)[]> {
  const rows = await database.rows<ProposalRow>(
    'schema_proposal_by_id',
    statementText`SELECT ${COLUMNS} FROM catalog.schema_proposal t WHERE t.id = ANY($1::uuid[])`,
    [ids],
    trace,
  );
  return inKeyOrder(ids, rows, ({ id }) => id);
}

export async function findProposalContracts(
  { database }: Pick<CatalogStore, 'database'>,
  ids: readonly string[],
  trace: OperationTrace,
): Promise<ProposalContractRow[][]> {
  const rows = await database.rows<ProposalContractRow>(
    'schema_proposal_contracts',
    `SELECT c.proposal_id AS "proposalId", c.graph, c.hash
       FROM catalog.schema_proposal_contract c
       JOIN catalog.schema_proposal p ON p.id = c.proposal_id AND p.revision = c.revision
      WHERE c.proposal_id = ANY($1::uuid[]) ORDER BY c.proposal_id, c.graph`,
    [ids],
    trace,
  );
  return groupByKey(ids, rows, ({ proposalId }) => proposalId);
}

/** Sign-offs of each proposal, the newest revision first. */
export async function findSignOffs(
  { database }: Pick<CatalogStore, 'database'>,
  ids: readonly string[],
  trace: OperationTrace,
): Promise<SignOffRow[][]> {
  const rows = await database.rows<SignOffRow>(
    'schema_sign_offs',
    `SELECT proposal_id AS "proposalId", revision, department_code AS "departmentCode", agreed, note,
            signed_at AS "signedAt"
       FROM catalog.schema_sign_off WHERE proposal_id = ANY($1::uuid[])
      ORDER BY proposal_id, revision DESC, department_code`,
    [ids],
    trace,
  );
  return groupByKey(ids, rows, ({ proposalId }) => proposalId);
}
