import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { post } from './load.mjs';
import { shapesOfHub, stackNames } from './stacks.mjs';

/**
 * `stacks`: those that can answer it. `next`: variables of each further request, where none may be sent twice.
 *
 * @typedef {{ operationName: string, variables: Record<string, unknown>[], stacks: readonly string[], next?: (count: number) => Record<string, unknown> }} Operation
 */

/** Stacks over the whole graph; the floor and PostGraphile know two operations. */
const federated = stackNames.filter((name) => name !== 'floor' && name !== 'PostGraphile');

/** What the hub's parts cost is asked by two operations; a quick run asks the others of one shape of it. */
const without = (/** @type {readonly string[]} */ names, /** @type {boolean} */ quick) =>
  names.filter((name) => !shapesOfHub.includes(name) || (!quick && !name.startsWith('hub without')));

/**
 * What is asked of every stack, with rows of the city.
 *
 * @param {{ personIds: string[], communityCodes: string[], gridCodes: string[] }} city @param {{ quick?: boolean }} [options] @returns {Record<string, Operation>}
 */
export function operationsFor({ personIds, communityCodes, gridCodes }, { quick = false } = {}) {
  const run = `${process.pid}-${Date.now()}`;
  return {
    'person-dossier': {
      operationName: 'PersonDossier',
      variables: personIds.map((id) => ({ id: `Person:${id}` })),
      stacks: stackNames,
    },
    'community-page': {
      operationName: 'CommunityPage',
      variables: communityCodes.map((statCode) => ({ statCode })),
      stacks: stackNames,
    },
    'incident-queue': { operationName: 'IncidentQueue', variables: [{ first: 20 }], stacks: without(federated, quick) },
    'name-search': {
      operationName: 'NameSearch',
      variables: ['w', 'li', 'zhangw', 'chen', 'sh'].map((prefix) => ({ prefix })),
      stacks: without(federated, quick),
    },
    overview: {
      operationName: 'Overview',
      variables: [4, 6, 9, 12].map((digits) => ({ code: communityCodes[0]?.slice(0, digits) })),
      stacks: without(['hub', ...shapesOfHub, 'executor'], quick), // its parts are no entities: the monolith has no place for them, and two peers run four subgraphs
    },
    'report-incident': {
      operationName: 'ReportIncident',
      variables: [],
      stacks: without(['hub', ...shapesOfHub], quick),
      next: (count) => ({
        input: {
          category: 'HAZARD',
          title: '楼道堆放杂物',
          severity: 'GENERAL',
          channel: 'GRID_WORKER',
          // Not all in one grid: there each would be counted with all before it, and wait for the last one's alert.
          gridId: `Grid:${gridCodes[count % gridCodes.length]}`,
          idempotencyKey: `bench-${run}-${count}`,
        },
      }),
    },
  };
}

/**
 * The bodies that ask one stack for an operation; PostGraphile has a schema of its own.
 *
 * @param {string} root @param {string} name @param {Operation} operation @param {string} stack @returns {string[]}
 */
export function bodiesFor(root, name, { operationName, variables }, stack) {
  const isPostgraphile = stack === 'PostGraphile';
  const query = documentOf(root, isPostgraphile ? `${name}.postgraphile` : name);
  return variables.map((given) =>
    JSON.stringify({
      operationName,
      query,
      variables: isPostgraphile && given.id !== undefined ? { id: String(given.id).slice('Person:'.length) } : given,
    }),
  );
}

/** @param {string} root @param {string} name */
export const documentOf = (root, name) => readFileSync(join(root, `bench/operations/${name}.graphql`), 'utf8');

/**
 * Asks each stack for everything and throws when one answers otherwise than the first; says how many answers are equal.
 *
 * @param {string} root @param {string} name @param {Operation} operation @param {readonly import('./stacks.mjs').Stack[]} stacks
 */
export async function demandEqualAnswers(root, name, operation, stacks) {
  /** @type {string[] | undefined} */
  let expected;
  for (const stack of stacks) {
    const answers = [];
    for (const body of bodiesFor(root, name, operation, stack.name)) {
      answers.push(canonical(await post(stack.targets[0], body)));
    }
    expected ??= answers;
    for (const [index, answer] of answers.entries()) {
      if (answer === expected[index]) continue;
      throw new Error(
        `${stack.name} answers ${name} otherwise than ${stacks[0]?.name}:\n${answer}\n${expected[index]}`,
      );
    }
  }
  return expected?.length ?? 0;
}

/** Data alone, keys in one order. @param {string} text */
function canonical(text) {
  const { data, errors } = JSON.parse(text);
  if (errors !== undefined) throw new Error(JSON.stringify(errors).slice(0, 1_000));
  return JSON.stringify(data, (_key, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
