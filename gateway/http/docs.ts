import type { FastifyInstance, FastifyReply } from 'fastify';
import type { DocsSite } from '../documentation/site/docs-site.ts';
import { DOCS_PATH } from '../documentation/site/page-parts.ts';
import { DOCS_STYLE } from '../documentation/site/style.ts';
import { pageSecurityHeaders } from './page-assets.ts';

/**
 * Serves the documentation below `/docs`: pages without a script, and nothing from elsewhere. What they tell of the
 * schema is what introspection tells, so they are there when it is; the codes always.
 */
export function registerDocs(app: FastifyInstance, openSite: () => DocsSite): void {
  const headers = { ...pageSecurityHeaders(''), 'cache-control': 'no-cache' };
  const answer = async (path: string, reply: FastifyReply) => {
    const site = openSite();
    const page = await site.render(path);
    reply.headers(headers).type('text/html; charset=utf-8');
    if (page !== undefined) return reply.send(page);
    const codes = await site.render('codes');
    return reply
      .code(404)
      .send(
        codes?.replace(
          '<main>',
          '<main><p>没有这一页，可从上方目录找起。 There is no such page; start from the list above.</p>',
        ),
      );
  };
  app.get(`${DOCS_PATH}/style.css`, (_request, reply) =>
    reply.headers(headers).type('text/css; charset=utf-8').send(DOCS_STYLE),
  );
  app.get(DOCS_PATH, (_request, reply) => answer('', reply));
  app.get<{ Params: { '*': string } }>(`${DOCS_PATH}/*`, (request, reply) =>
    answer(request.params['*'].replace(/\/$/, ''), reply),
  );
}
