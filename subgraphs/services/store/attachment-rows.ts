import type { IdSource } from '../../kit/ids.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { groupByKey } from '../../kit/subgraph-context.ts';
import type { ServicesStore } from './services-store.ts';
import type { ServicesTransaction } from './services-transaction.ts';

export interface AttachmentRow {
  readonly subjectId: string;
  readonly reference: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
}

/** Attachments of things that the caller was already allowed to see. */
export async function findAttachments(
  store: ServicesStore,
  subjectIds: readonly string[],
  trace: OperationTrace,
): Promise<AttachmentRow[][]> {
  const rows = await store.database.rows<AttachmentRow>(
    'attachments_of_subjects',
    `SELECT t.subject_id AS "subjectId", t.reference, t.sha256, t.size_bytes AS "sizeBytes", t.media_type AS "mediaType"
       FROM services.attachment t WHERE t.subject_id = ANY($1::uuid[]) ORDER BY t.id`,
    [subjectIds],
    trace,
    { key: 'subjectId' },
  );
  return groupByKey(subjectIds, rows, (row) => row.subjectId);
}

export async function insertAttachments(
  transaction: ServicesTransaction,
  subjectId: string,
  attachments: readonly Omit<AttachmentRow, 'subjectId'>[],
  ids: IdSource,
  provenanceId: string,
): Promise<void> {
  if (attachments.length === 0) return;
  await transaction.attachment.createMany({
    data: attachments.map(({ reference, sha256, sizeBytes, mediaType }) => ({
      ...{ id: ids.next(), subjectId, reference, sha256, sizeBytes, mediaType, provenanceId },
    })),
  });
}
