import type { CatalogTransaction } from '../department-system-rows.ts';
import type { CatalogueCard, SubmissionKind, SubmissionState } from './submission-rows.ts';

export interface NewSubmission extends CatalogueCard {
  readonly id: string;
  readonly kind: SubmissionKind;
  readonly coordinate: string;
  readonly itemName: string;
  readonly departmentCode: string;
  readonly exceptionGround: string | null;
  readonly state: SubmissionState;
  readonly submittedAt: Date;
  readonly provenanceId: string;
}

/**
 * The source of an item as the catalogue has it now: the card in force, or, before the first one, the live graph's.
 * Null for an item that the catalogue does not know.
 */
export async function findSource(transaction: CatalogTransaction, coordinate: string): Promise<string | null> {
  const current = await transaction.catalogueVersion.findFirst({
    where: { coordinate, validTo: null },
    select: { sourceDepartment: true },
  });
  if (current !== null) return current.sourceDepartment;
  const live = await transaction.dataField.findUnique({
    where: { coordinate, removedAt: null },
    select: { sourceDepartment: true },
  });
  return live?.sourceDepartment ?? null;
}

export async function hasOpenSubmission(
  transaction: CatalogTransaction,
  coordinate: string,
  departmentCode: string,
): Promise<boolean> {
  const open = await transaction.catalogueSubmission.count({
    where: { coordinate, departmentCode, state: { in: ['SUBMITTED', 'RETURNED', 'APPROVED'] } },
  });
  return open > 0;
}

export async function insertSubmission(transaction: CatalogTransaction, submission: NewSubmission): Promise<void> {
  await transaction.catalogueSubmission.create({ data: submission });
}

/** The submission, locked until the transaction ends. */
export async function lockSubmission(transaction: CatalogTransaction, id: string) {
  await transaction.$queryRaw`SELECT 1 FROM catalog.catalogue_submission WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await transaction.catalogueSubmission.findUnique({ where: { id } });
  // Written by insertSubmission and updateSubmission only, which are typed.
  return row as
    | (typeof row & CatalogueCard & { readonly state: SubmissionState; readonly kind: SubmissionKind })
    | null;
}

export type LockedSubmission = NonNullable<Awaited<ReturnType<typeof lockSubmission>>>;

export async function updateSubmission(
  transaction: CatalogTransaction,
  id: string,
  data: { readonly state: SubmissionState } & Partial<CatalogueCard & { itemName: string }>,
): Promise<void> {
  await transaction.catalogueSubmission.update({ where: { id }, data });
}

/**
 * Puts a card in force from `at` on; the one before it ends there, which whoever publishes must have locked
 * (`lockVersionInForce`). A registration ends none: of several at once the database refuses all but one.
 */
export async function publishVersion(
  transaction: CatalogTransaction,
  submission: LockedSubmission,
  at: Date,
): Promise<number> {
  const { coordinate, kind } = submission;
  const { _max } = await transaction.catalogueVersion.aggregate({ where: { coordinate }, _max: { version: true } });
  if (kind !== 'REGISTER') {
    await transaction.catalogueVersion.updateMany({ where: { coordinate, validTo: null }, data: { validTo: at } });
  }
  const version = (_max.version ?? 0) + 1;
  const { sourceDepartment, sharing, sharingBasis, grade, category, updateCycle, unit, mask } = submission;
  await transaction.catalogueVersion.create({
    data: {
      coordinate,
      version,
      sourceDepartment,
      sharing,
      sharingBasis,
      grade,
      category,
      updateCycle,
      unit,
      mask,
      origin: 'SUBMISSION',
      submissionId: submission.id,
      validFrom: at,
    },
  });
  return version;
}

/** Who publishes next waits here, and then sees what has been published. */
export async function lockVersionInForce(transaction: CatalogTransaction, coordinate: string): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM catalog.catalogue_version WHERE coordinate = ${coordinate} AND valid_to IS NULL FOR UPDATE`;
}

/** Whether a department has a live exception to collect an item that another one is the source of. */
export async function hasException(
  transaction: CatalogTransaction,
  coordinate: string,
  departmentCode: string,
): Promise<boolean> {
  const where = { coordinate, departmentCode, validTo: null };
  return (await transaction.collectionException.findFirst({ where, select: { id: true } })) !== null;
}

export async function insertException(
  transaction: CatalogTransaction,
  exception: {
    id: string;
    coordinate: string;
    departmentCode: string;
    ground: string;
    submissionId: string;
    validFrom: Date;
  },
): Promise<void> {
  await transaction.collectionException.create({ data: exception });
}
