import { Prisma } from '../../../../prisma/services/client/client.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import type { ServicesTransaction } from '../services-transaction.ts';

/** Locks an organization as the target of plans until the transaction ends. */
export async function lockTarget(transaction: ServicesTransaction, organizationUscc: string): Promise<void> {
  await transaction.$executeRaw(Prisma.sql`
    INSERT INTO services.inspection_target (organization_uscc, plans) VALUES (${organizationUscc}, 1)
    ON CONFLICT (organization_uscc) DO UPDATE SET plans = inspection_target.plans + 1`);
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
