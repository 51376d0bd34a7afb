/**
 * A table of a division's communities, page by page: `npm run example -- --token "$(npm run --silent token -- frontend)"`.
 * Types, documents and `request` come from `npm run client`.
 */
import { parseArgs } from 'node:util';
import { CommunitiesDocument, CommunityFiguresFragmentDoc, readFragment, request } from './client/index.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:4000/graphql' },
    token: { type: 'string', default: '' },
    division: { type: 'string', default: '330402' },
  },
});

let after: string | null = null;
do {
  const { data, errors }: Awaited<ReturnType<typeof page>> = await page(after);
  for (const { message } of errors) console.error(message);
  if (data === null) process.exit(1);
  for (const community of data.communities.nodes) {
    const figures = readFragment(CommunityFiguresFragmentDoc, community);
    const { population, openIncidentCount } = figures;
    console.log(
      [community.statCode, figures.name, population?.residentCount ?? '-', openIncidentCount ?? '-'].join('\t'),
    );
  }
  after = data.communities.pageInfo.hasNextPage ? data.communities.pageInfo.endCursor : null;
} while (after !== null);

function page(cursor: string | null) {
  const endpoint = { url: values.url, token: values.token };
  return request(endpoint, CommunitiesDocument, { divisionCode: values.division, first: 20, after: cursor });
}
