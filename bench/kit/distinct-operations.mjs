import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { productRequire } from '../servers/product-require.mjs';

const { Kind, parse, print } = productRequire('graphql');

/** @typedef {{ name: string, role: string, query: string, variables: Record<string, unknown>, operationName: string | undefined }} DistinctOperation */

/**
 * So many operations that no two are the same: the queries of `schema/operations`, then again under aliases that nobody
 * has used, which makes another document, another plan and another program of each.
 *
 * @param {string} root @param {number} count @returns {DistinctOperation[]}
 */
export function distinctOperations(root, count) {
  const folder = join(root, 'schema/operations');
  const queries = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .flatMap((file) => {
      const name = file.slice(0, -'.graphql'.length);
      const text = readFileSync(join(folder, file), 'utf8');
      const document = parse(text, { noLocation: true });
      const operation = document.definitions.find((/** @type {any} */ { kind }) => kind === Kind.OPERATION_DEFINITION);
      // What needs another city has none of its rows here.
      if (operation.operation !== 'query' || /^# city:/m.test(text)) return [];
      const variablesFile = join(folder, `${name}.variables.json`);
      const variables = readdirSync(folder).includes(`${name}.variables.json`)
        ? JSON.parse(readFileSync(variablesFile, 'utf8'))
        : {};
      const role = /^#\s*role:\s*(\w+)/m.exec(text)?.[1] ?? 'system';
      return [{ name, role, text, document, operation, variables }];
    });
  return Array.from({ length: count }, (_, index) => {
    const turn = Math.floor(index / queries.length);
    const { name, role, text, document, operation, variables } = /** @type {any} */ (queries[index % queries.length]);
    const query = turn === 0 ? text : print(renamed(document, operation, `x${turn}`));
    return { name, role, query, variables, operationName: operation.name?.value };
  });
}

/** @param {any} document @param {any} operation @param {string} alias */
function renamed(document, operation, alias) {
  const changed = { ...operation, selectionSet: withAlias(operation.selectionSet, alias) };
  return {
    ...document,
    definitions: document.definitions.map((/** @type {any} */ one) => (one === operation ? changed : one)),
  };
}

/** One more name at each level. @param {any} set @param {string} alias */
function withAlias(set, alias) {
  const added = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: alias },
    name: { kind: Kind.NAME, value: '__typename' },
  };
  return {
    ...set,
    selections: [
      ...set.selections.map((/** @type {any} */ selection) =>
        selection.kind === Kind.FIELD && selection.selectionSet !== undefined
          ? { ...selection, selectionSet: withAlias(selection.selectionSet, alias) }
          : selection,
      ),
      added,
    ],
  };
}
