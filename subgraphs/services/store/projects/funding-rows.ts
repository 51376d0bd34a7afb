import { Prisma } from '../../../../prisma/services/client/client.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ServicesStore } from '../services-store.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import { equals, tableReader } from '../table-reader.ts';

export interface FundingRow {
  readonly id: string;
  readonly source: string;
  readonly purpose: string;
  readonly year: number;
  readonly name: string | null;
  readonly divisionCode: string;
  readonly departmentCode: string;
  readonly budgetYuan: number | null;
  readonly committedYuan: number;
  readonly provenanceId: string;
}

/** Public money is everybody's affair. */
export const fundingTable = tableReader<FundingRow>('funding', {
  ...{ id: true, source: true, purpose: true, year: true, name: true, divisionCode: true, departmentCode: true },
  ...{ budgetYuan: true, committedYuan: true, provenanceId: true },
});

export const fundingList = fundingTable.list(
  'fundings',
  {
    YEAR: {
      columns: [
        { expression: 't.year', property: 'year', cast: 'int' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['divisionCode', 'source', 'year'],
    },
  },
  { divisionCode: equals('division_code'), source: equals('source'), year: equals('year', 'int') },
);

export async function lockFunding(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'funding', id))) return null;
  return transaction.funding.findUniqueOrThrow({ where: { id } });
}

export async function insertFunding(
  transaction: ServicesTransaction,
  row: Omit<FundingRow, 'committedYuan'>,
): Promise<void> {
  await transaction.funding.create({ data: row });
}

/** Commits money, or releases it (below zero). False when there is not enough left, whoever else commits at the same moment. */
export async function commitFunding(transaction: ServicesTransaction, id: string, yuan: number): Promise<boolean> {
  const changed = await transaction.$executeRaw(Prisma.sql`
    UPDATE services.funding SET committed_yuan = committed_yuan + ${yuan}
     WHERE id = ${id}::uuid AND committed_yuan + ${yuan} BETWEEN 0 AND coalesce(budget_yuan, 0)`);
  return changed === 1;
}

/** A sum of one year's money in a division by one thing that tells it apart. */
export interface FundingSum {
  readonly by: 'SOURCE' | 'PURPOSE' | 'MODE';
  readonly value: string;
  readonly yuan: number;
  readonly count: number;
  /** Of those counted, how many have no known amount. */
  readonly unknown: number;
}

/**
 * The year's budgets of a division by source and purpose, and its purchases by mode. A division's own money: what its
 * parts set up themselves is theirs.
 */
export function sumFundings(
  store: ServicesStore,
  year: number,
  divisionCode: string,
  trace: OperationTrace,
): Promise<FundingSum[]> {
  return store.database.rows<FundingSum>(
    'funding_sums',
    `WITH own AS MATERIALIZED (
       SELECT id, source, purpose, budget_yuan FROM services.funding WHERE division_code = $1 AND year = $2)
     SELECT g.by, g.value, coalesce(sum(g.yuan), 0)::float8 AS yuan, count(*)::int AS count,
            count(*) FILTER (WHERE g.yuan IS NULL)::int AS unknown
       FROM (SELECT 'SOURCE' AS by, source AS value, budget_yuan AS yuan FROM own
             UNION ALL SELECT 'PURPOSE', purpose, budget_yuan FROM own
             UNION ALL SELECT 'MODE', c.mode, c.amount_yuan FROM own JOIN services.contract c ON c.funding_id = own.id
                        WHERE c.kind = 'PURCHASE' AND c.mode IS NOT NULL) g
      GROUP BY g.by, g.value ORDER BY g.by, g.value`,
    [divisionCode, year],
    trace,
  );
}
