import { Prisma } from '../../../../prisma/services/client/client.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import type { ServicesTransaction } from '../services-transaction.ts';
import type { InspectionState } from './inspection-rows.ts';

/** Locks an organization as the target of plans until the transaction ends; `plans` are counted. */
export async function lockTarget(
  transaction: ServicesTransaction,
  organizationUscc: string,
  plans: 0 | 1 = 1,
): Promise<void> {
  await transaction.$executeRaw(Prisma.sql`
    INSERT INTO services.inspection_target (organization_uscc, plans) VALUES (${organizationUscc}, ${plans})
    ON CONFLICT (organization_uscc) DO UPDATE SET plans = inspection_target.plans + ${plans}`);
}

/** Visits planned to an organization between two days, with who takes part. */
export async function findPlannedVisits(
  transaction: ServicesTransaction,
  organizationUscc: string,
  from: string,
  until: string,
): Promise<{ id: string; plannedOn: string; departments: string[] }[]> {
  return transaction.$queryRaw(Prisma.sql`
    SELECT t.id, t.planned_on::text AS "plannedOn",
           ARRAY(SELECT p.department_code FROM services.inspection_part p WHERE p.inspection_id = t.id) AS departments
      FROM services.inspection t
     WHERE t.organization_uscc = ${organizationUscc} AND t.state = 'PLANNED'
       AND t.planned_on BETWEEN ${from}::date AND ${until}::date
     ORDER BY t.planned_on, t.id`);
}

export interface NewInspection {
  readonly id: string;
  readonly organizationUscc: string;
  readonly plannedOn: string;
  readonly place: Place;
  readonly provenanceId: string;
}

export async function insertInspection(transaction: ServicesTransaction, row: NewInspection): Promise<void> {
  const { place, plannedOn, ...columns } = row;
  const { cityCode, countyCode, townshipCode, communityCode } = place;
  await transaction.inspection.create({
    data: {
      ...columns,
      ...{ plannedOn: new Date(plannedOn), state: 'PLANNED', cityCode, countyCode, townshipCode, communityCode },
    },
  });
}

/** A visit with who takes part, locked together with its target, so that nobody joins it meanwhile. */
export async function lockInspection(transaction: ServicesTransaction, id: string) {
  const found = await transaction.inspection.findUnique({ where: { id }, select: { organizationUscc: true } });
  if (found === null) return null;
  await lockTarget(transaction, found.organizationUscc, 0);
  const row = await transaction.inspection.findUniqueOrThrow({ where: { id } });
  const parts = await transaction.inspectionPart.findMany({ where: { inspectionId: id } });
  return {
    ...row,
    state: row.state as InspectionState, // the machine's own
    plannedOn: row.plannedOn.toISOString().slice(0, 10),
    departments: parts.map(({ departmentCode }) => departmentCode),
  };
}

export async function updateInspection(
  transaction: ServicesTransaction,
  id: string,
  state: InspectionState,
): Promise<void> {
  await transaction.inspection.update({ where: { id }, data: { state } });
}

/** Takes a department out of a visit. */
export async function leaveInspection(
  transaction: ServicesTransaction,
  inspectionId: string,
  departmentCode: string,
): Promise<void> {
  await transaction.inspectionPart.delete({ where: { inspectionId_departmentCode: { inspectionId, departmentCode } } });
}

/** Adds a department to a visit. */
export async function joinInspection(
  transaction: ServicesTransaction,
  inspectionId: string,
  part: {
    readonly departmentCode: string;
    readonly matter: string;
    readonly askedOn: string;
    readonly provenanceId: string;
  },
): Promise<void> {
  await transaction.inspectionPart.create({ data: { ...part, askedOn: new Date(part.askedOn), inspectionId } });
}
