import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { coversCode } from '../../../kit/store/place-scope.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';
import type { CatalogTransaction } from '../department-system-rows.ts';
import { isOverdue } from '../matters/is-overdue.ts';
import { partCondition } from '../matters/part-in-matter.ts';

export type TicketState = 'FILED' | 'CORRECTED' | 'CONFIRMED' | 'WITHDRAWN';
export interface VerificationTicketRow {
  readonly id: string;
  readonly coordinate: string;
  readonly entityId: string;
  readonly requestingDepartment: string;
  readonly sourceDepartment: string;
  readonly description: string;
  readonly answer: string | null;
  readonly state: TicketState;
  readonly filedAt: Date;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.coordinate, t.entity_id AS "entityId", t.requesting_department AS "requestingDepartment",
  t.source_department AS "sourceDepartment", t.description, t.answer, t.state, t.filed_at AS "filedAt",
  t.provenance_id AS "provenanceId"`;
const PARTIES = ['t.requesting_department', 't.source_department'];

/** A ticket names a thing of some place: its parties see it, and of them those whose area holds that of who filed it. */
function visibleTickets(caller: Caller, values: unknown[]): string {
  const hasPart = partCondition(PARTIES, caller, values);
  if (caller.kind === 'HUB') return hasPart;
  const areas = `$${values.push(caller.jurisdiction.map((code) => `${code}%`))}::text[]`;
  return `${hasPart} AND NOT EXISTS (SELECT FROM unnest(t.division_codes) AS d(code) WHERE NOT d.code LIKE ANY(${areas}))`;
}

export async function findVerificationTickets(
  store: CatalogStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(VerificationTicketRow | null)[]> {
  const values: unknown[] = [ids];
  const visible = visibleTickets(caller, values);
  const rows = await store.database.rows<VerificationTicketRow>(
    'verification_ticket_by_id',
    statementText`SELECT ${COLUMNS} FROM catalog.verification_ticket t WHERE t.id = ANY($1::uuid[]) AND ${visible}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

export const verificationTicketList: ListDeclaration<VerificationTicketRow> = {
  name: 'catalog.verification_tickets',
  from: 'catalog.verification_ticket t',
  columns: COLUMNS,
  visible: visibleTickets,
  sorts: {
    FILED_AT: {
      columns: [
        { expression: 't.filed_at', property: 'filedAt', cast: 'timestamptz' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['state', 'requestingDepartment', 'sourceDepartment'],
    },
  },
  filters: {
    state: (value, values) => `t.state = $${values.push(value)}`,
    requestingDepartment: (value, values) => `t.requesting_department = $${values.push(value)}`,
    sourceDepartment: (value, values) => `t.source_department = $${values.push(value)}`,
  },
};

export interface NewVerificationTicket {
  readonly id: string;
  readonly coordinate: string;
  readonly entityId: string;
  readonly requestingDepartment: string;
  readonly sourceDepartment: string;
  readonly divisionCodes: readonly string[];
  readonly description: string;
  readonly state: TicketState;
  readonly filedAt: Date;
  readonly provenanceId: string;
}

export async function insertVerificationTicket(
  transaction: CatalogTransaction,
  ticket: NewVerificationTicket,
): Promise<void> {
  await transaction.verificationTicket.create({ data: { ...ticket, divisionCodes: [...ticket.divisionCodes] } });
}

/** The ticket as its machine looks at it, locked until the transaction ends; null outside of the caller's area. */
export async function lockVerificationTicket(
  transaction: CatalogTransaction,
  id: string,
  today: string,
  caller: Caller,
) {
  await transaction.$queryRaw`SELECT 1 FROM catalog.verification_ticket WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await transaction.verificationTicket.findUnique({ where: { id } });
  // The state is written by the machine only.
  return row === null || !row.divisionCodes.every((code) => coversCode(caller, code))
    ? null
    : { ...row, state: row.state as TicketState, overdue: await isOverdue(transaction, id, today) };
}

export type LockedVerificationTicket = NonNullable<Awaited<ReturnType<typeof lockVerificationTicket>>>;

export async function updateVerificationTicket(
  transaction: CatalogTransaction,
  id: string,
  data: { readonly state: TicketState; readonly answer?: string },
): Promise<void> {
  await transaction.verificationTicket.update({ where: { id }, data });
}
