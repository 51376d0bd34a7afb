import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FastifyInstance, onRequestAsyncHookHandler, onRequestHookHandler } from 'fastify';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { ExportWork } from '../../subgraphs/kit/exports/export-work.ts';
import { isUuid } from '../../subgraphs/kit/ids.ts';
import type { AccessAudit } from '../audit/access-audit.ts';
import { EXPORT_TYPES, exportPath } from '../exports/export-files.ts';
import { replyProblem } from './problem-reply.ts';

export const EXPORTS_PATH = '/exports';

export interface ExportsRouteOptions {
  readonly work: Pick<ExportWork, 'findReady'>;
  readonly folder: string;
  readonly audit: Pick<AccessAudit, 'announceFetch'>;
  readonly onRequest: readonly (onRequestHookHandler | onRequestAsyncHookHandler)[];
}

/** `GET /exports/<id>` gives a finished file to the client that asked for it, and to nobody else. */
export function registerExports(app: FastifyInstance, { work, folder, audit, onRequest }: ExportsRouteOptions): void {
  app.get<{ Params: { id: string } }>(
    `${EXPORTS_PATH}/:id`,
    // Fastify takes lists of both kinds, and has a type for lists of one only.
    { onRequest: onRequest as onRequestHookHandler[] },
    async (request, reply) => {
      const caller = request.graphqlIdentity?.caller;
      const { id } = request.params;
      const ready = isUuid(id) ? await work.findReady(id) : undefined;
      // Another client's file is told from none by nobody.
      if (caller === undefined || ready === undefined || ready.clientId !== caller.clientId) {
        return replyProblem(request, reply, 404, graphProblem('EXPORT_NOT_FOUND'));
      }
      const path = exportPath(folder, ready.lease, ready.format);
      const found = await stat(path).catch(() => undefined);
      // It lies with the hub that made it.
      if (found?.size !== ready.bytes) return replyProblem(request, reply, 404, graphProblem('EXPORT_NOT_FOUND'));
      const refusal = await audit.announceFetch({ requestId: request.id, caller, exportId: ready.id });
      if (refusal !== undefined) return replyProblem(request, reply, 503, refusal);
      const { extension, mediaType } = EXPORT_TYPES[ready.format];
      return reply
        .type(mediaType)
        .header('content-length', ready.bytes)
        .header('content-disposition', `attachment; filename="yiyun-${ready.id}.${extension}"`)
        .header('repr-digest', `sha-256=:${Buffer.from(ready.sha256, 'hex').toString('base64')}:`)
        .send(createReadStream(path));
    },
  );
}
