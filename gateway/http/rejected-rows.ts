import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fileFaultText, isRowFaultCode, rowFaultText } from '../../subgraphs/kit/codes/import-faults.ts';
import { BATCH_COLUMN, LINE_COLUMN, REASON_COLUMN } from '../../subgraphs/kit/ingest/bind-columns.ts';
import type { IngestDesk } from '../../subgraphs/kit/ingest/ingest-desk.ts';
import type { RejectedBatch, RejectedRow } from '../../subgraphs/kit/store/ingest/rejected-rows.ts';
import type { AccessAudit } from '../audit/access-audit.ts';
import { csvCell } from '../exports/csv-cell.ts';
import { replyProblem } from './problem-reply.ts';

/**
 * `GET /ingest/rejected/<batch>` gives a department the rows of its own batch back that were rejected, as CSV: corrected
 * and sent again, each closes the one that it stands for.
 */
export async function sendRejectedRows(
  request: FastifyRequest<{ Params: { batchId: string } }>,
  reply: FastifyReply,
  { desks, audit }: { readonly desks: readonly IngestDesk[]; readonly audit: Pick<AccessAudit, 'announceRejected'> },
): Promise<FastifyReply> {
  const caller = request.graphqlIdentity?.caller;
  if (caller === undefined) throw new Error('the rejected rows were reached without a caller');
  const { batchId } = request.params;
  let found: RejectedBatch | undefined;
  for (const desk of desks) found ??= await desk.rejected(batchId, caller);
  if (found === undefined) {
    const { zh, en } = fileFaultText('BATCH_UNKNOWN', {});
    return reply
      .code(404)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ errors: [{ message: `${zh} | ${en}`, extensions: { code: 'BATCH_UNKNOWN' } }] }));
  }
  const ledgerRefusal = await audit.announceRejected({ requestId: request.id, caller, batchId });
  if (ledgerRefusal !== undefined) return replyProblem(request, reply, 503, ledgerRefusal);
  return reply
    .type('text/csv; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('x-yiyun-dataset', found.dataset.name)
    .send(Readable.from(csvOf(found)));
}

async function* csvOf({ batchId, dataset, rows }: RejectedBatch): AsyncGenerator<string> {
  const columns = dataset.columns;
  yield `${[BATCH_COLUMN, LINE_COLUMN, REASON_COLUMN, ...columns].map(({ zh }) => csvCell(zh)).join(',')}\n`;
  for await (const group of rows) {
    let text = '';
    for (const row of group) {
      const cells = [
        batchId,
        String(row.line),
        reasonOf(row, dataset),
        ...columns.map(({ key }) => row.stated[key] ?? ''),
      ];
      text += `${cells.map(csvCell).join(',')}\n`;
    }
    yield text;
  }
}

function reasonOf({ code, columnKey, faultValues }: RejectedRow, { columns }: RejectedBatch['dataset']): string {
  const column = columns.find(({ key }) => key === columnKey)?.zh;
  const text = isRowFaultCode(code) ? rowFaultText(code, faultValues ?? {}).zh : code;
  return column === undefined ? text : `${column}：${text}`;
}
