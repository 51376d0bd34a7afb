import { filterSchema } from '@graphql-tools/utils';
import { type GraphQLSchema, isObjectType, isUnionType } from 'graphql';
import { ACCESS_SUBJECT_FIELD } from '../../../gateway/plan/access-subjects.ts';
import type { Caller } from '../../../subgraphs/kit/caller/caller.ts';
import { SIGNATURE_HEADER, signRequest } from '../../../subgraphs/kit/caller/gateway-signature.ts';
import { TEST_KEYS } from '../../kit/city-database.ts';
import type { Harvest } from './harvest.ts';
import { rootDocuments } from './root-documents.ts';
import { selectAll } from './selections.ts';
import { DISTRICT_A } from './two-districts.ts';

export interface StraightDocument {
  readonly path: string;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Question extends Pick<StraightDocument, 'document' | 'variables'> {
  readonly caller: Caller;
}

/**
 * What a subgraph can be asked past the gateway: each of its root fields, and each type that it takes references of, with
 * keys of both districts, those of the second once with a place that they claim to lie in.
 */
export function straightDocuments(
  schema: GraphQLSchema,
  harvest: Harvest,
  sides: ReadonlyMap<string, { readonly a: readonly string[]; readonly b: readonly string[] }>,
): StraightDocument[] {
  // The gateway's own question for the access log; no client can make the gateway pass it on.
  const shown = filterSchema({ schema, fieldFilter: (_type, name) => name !== ACCESS_SUBJECT_FIELD });
  const roots = rootDocuments(shown, harvest).flatMap(({ name, document, variables, isFiltered }) =>
    isFiltered || variables[0] === undefined ? [] : [{ path: name, document, variables: variables[0] }],
  );
  const union = shown.getType('_Entity');
  const referenced = isUnionType(union) ? union.getTypes() : [];
  const references = referenced.flatMap((type): StraightDocument[] => {
    const ids = sides.get(type.name);
    if (ids === undefined || !isObjectType(type)) return [];
    const representations = [
      ...[...ids.b.slice(0, 3), ...ids.a.slice(0, 2)].map((id) => ({ __typename: type.name, id })),
      ...ids.b.slice(0, 3).map((id) => ({
        __typename: type.name,
        id,
        cityCode: DISTRICT_A.slice(0, 4),
        countyCode: DISTRICT_A,
        community: { id: 'Community:330402007024' },
      })),
    ];
    const document = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      __typename ... on ${type.name} { ${selectAll(shown, type, 1)} } } }`;
    return [{ path: `${type.name} by reference`, document, variables: { representations } }];
  });
  return [...roots, ...references];
}

/** The gateway's signature under a question. */
export function signed(subgraph: string, question: Question, key = TEST_KEYS.signature): string {
  return signRequest(key, subgraph, question.caller, bodyOf(question));
}

/** Sends a question to a subgraph, signed for its caller where it has one, else with the signature that is given. */
export async function askStraight(
  urls: Readonly<Record<string, string>>,
  subgraph: string,
  { caller, signature, ...question }: Omit<Question, 'caller'> & { caller?: Caller; signature?: string },
): Promise<{ readonly status: number; readonly text: string }> {
  const header = caller === undefined ? signature : await signed(subgraph, { ...question, caller });
  const response = await fetch(urls[subgraph] ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(header === undefined ? {} : { [SIGNATURE_HEADER]: header }) },
    body: bodyOf(question),
  });
  return { status: response.status, text: await response.text() };
}

function bodyOf({ document, variables }: Pick<StraightDocument, 'document' | 'variables'>): string {
  return JSON.stringify({ query: document, variables });
}
