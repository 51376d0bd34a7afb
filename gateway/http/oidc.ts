import type { FastifyInstance } from 'fastify';
import { OIDC_PATH, type OidcIssuer } from '../identity/oidc/oidc-issuer.ts';

/** Answers everything below `/oidc` by the embedded issuer, which reads the request itself. */
export function registerOidc(
  app: FastifyInstance,
  oidc: Pick<OidcIssuer, 'handle'>,
  headers: Readonly<Record<string, string>>,
): void {
  app.all(`${OIDC_PATH}/*`, {
    // Before the body is read: the issuer wants it unread.
    onRequest: async (request, reply) => {
      reply.hijack();
      for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
      reply.raw.setHeader('x-request-id', request.id);
      await oidc.handle(request.raw, reply.raw);
    },
    handler: async () => undefined,
  });
}
