import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import { type AttachmentRow, findAttachments } from '../store/attachment-rows.ts';
import type { ServicesStore } from '../store/services-store.ts';
import { builder } from './builder.ts';

export const Attachment = builder.objectRef<AttachmentRow>('Attachment').implement({
  description: '附件 A file in the city’s object store; the graph keeps its reference only.',
  card: { ...GRAPH_CARD, source: 'data-authority', category: 'GOVERNMENT', grade: 2, sharing: 'CONDITIONAL' },
  fields: (t) => ({
    reference: t.exposeString('reference', { description: '对象引用 Key in the object store.' }),
    sha256: t.exposeString('sha256', { description: '校验和 SHA-256, in hexadecimal.' }),
    sizeBytes: t.exposeInt('sizeBytes', { description: '大小 Size.', card: { unit: '字节 bytes' } }),
    mediaType: t.exposeString('mediaType', { description: '类型 Media type.' }),
  }),
});

export const AttachmentInput = builder.inputType('AttachmentInput', {
  description: '附件 A reference to the object store.',
  fields: (t) => ({
    reference: t.string({ required: true, description: '对象引用 Key in the object store, no address.' }),
    sha256: t.string({ required: true, description: '校验和 SHA-256 in 64 hexadecimal digits.' }),
    sizeBytes: t.int({ required: true, description: '大小 Bytes, up to 52,428,800.' }),
    mediaType: t.string({ required: true, description: '类型 image/…, video/…, audio/… or application/….' }),
  }),
});

export function loadAttachments(subjectId: string, context: SubgraphContext<ServicesStore>): Promise<AttachmentRow[]> {
  return context.loaders
    .get<AttachmentRow[]>('attachments', (ids) => findAttachments(context.store, ids, context.trace))
    .load(subjectId);
}
