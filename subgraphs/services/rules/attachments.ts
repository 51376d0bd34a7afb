import { type Refusal, refuse } from '../../kit/codes/refusals.ts';

/** 附件 — a file of the city's object store: only its reference, checksum and size are kept. */
export interface AttachmentInput {
  readonly reference: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
}

export const MAX_ATTACHMENTS = 9;
const MAX_BYTES = 50 * 1024 * 1024;
/** A key of the object store, never an address: no scheme, no query, no credentials. */
const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9/_.-]{2,199}$/;
const MEDIA_TYPE = /^(image|video|audio|application)\/[a-z0-9.+-]{1,60}$/;

/** Refuses attachments that are no references to the object store, or too many or too large. */
export function checkAttachments(attachments: readonly AttachmentInput[], culprit: string): Refusal | undefined {
  if (attachments.length > MAX_ATTACHMENTS) return refuse('ATTACHMENTS_TOO_MANY', culprit, { max: MAX_ATTACHMENTS });
  for (const [index, { reference, sha256, sizeBytes, mediaType }] of attachments.entries()) {
    const sound =
      REFERENCE.test(reference) &&
      !reference.includes('..') &&
      /^[0-9a-f]{64}$/.test(sha256) &&
      Number.isInteger(sizeBytes) &&
      sizeBytes >= 1 &&
      sizeBytes <= MAX_BYTES &&
      MEDIA_TYPE.test(mediaType);
    if (!sound) return refuse('ATTACHMENT_INVALID', `${culprit}.${index}`, { maxBytes: MAX_BYTES });
  }
  return undefined;
}
