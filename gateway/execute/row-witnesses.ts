import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  Kind,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { ScopedRows } from '../plan/scoped-rows.ts';

/** A document that asks the owner of each row at a place for the row itself, and what to do with its answer. */
export interface WitnessedDocument {
  readonly document: DocumentNode;
  /** Leaves out what no owner has shown, and the witnesses. */
  withoutHidden(result: ExecutionResult): ExecutionResult;
}

/**
 * Adds a witness (a field of the owner) to every selection of rows at places. Where it comes back empty the owner does
 * not show the row, and what other subgraphs say of it, its id above all, is left out, too. For executors that know
 * nothing of rows.
 */
export function withWitnesses(
  document: DocumentNode,
  schema: GraphQLSchema,
  scopedRows: ReadonlyMap<string, ScopedRows>,
): WitnessedDocument {
  const alias = freeAlias(document);
  const witnessOf = (typeName: string): FieldNode | undefined => {
    const rows = scopedRows.get(typeName);
    return rows && { kind: Kind.FIELD, alias: nameNode(alias), name: nameNode(rows.witness) };
  };
  const typeInfo = new TypeInfo(schema);
  let added = 0;
  const witnessed = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: {
        leave(node): FieldNode | undefined {
          const output = typeInfo.getType();
          if (node.selectionSet === undefined || output == null) return undefined;
          const type = getNamedType(output);
          const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
          const own = witnessOf(type.name);
          const witnesses: SelectionNode[] = own === undefined ? [] : [own];
          for (const { name } of possible) {
            const witness = witnessOf(name);
            if (witness === undefined) continue;
            const typeCondition = { kind: Kind.NAMED_TYPE, name: nameNode(name) } as const;
            const selectionSet = { kind: Kind.SELECTION_SET, selections: [witness] } as const;
            witnesses.push({ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet });
          }
          if (witnesses.length === 0) return undefined;
          added += 1;
          const selections = [...witnesses, ...node.selectionSet.selections];
          return { ...node, selectionSet: { ...node.selectionSet, selections } };
        },
      },
    }),
  );
  if (added === 0) return { document, withoutHidden: (result) => result };
  return {
    document: witnessed,
    withoutHidden: ({ data, errors, ...rest }) => {
      // A witness that may not be null takes its row along by itself; that is no failure of the operation.
      const failures = errors?.filter(
        ({ path, extensions }) => path?.at(-1) !== alias || extensions.code !== undefined,
      );
      return {
        ...rest,
        ...(data === undefined ? {} : { data: data && (strip(data, alias) as typeof data) }),
        ...(failures === undefined || failures.length === 0 ? {} : { errors: failures }),
      };
    },
  };
}

function strip(value: unknown, alias: string): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item, alias));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const fields = Object.entries(value);
  if (fields.some(([key, inner]) => key === alias && inner == null)) return null;
  return Object.fromEntries(fields.flatMap(([key, inner]) => (key === alias ? [] : [[key, strip(inner, alias)]])));
}

function freeAlias(document: DocumentNode): string {
  const taken = new Set<string>();
  visit(document, { Name: ({ value }) => void taken.add(value) });
  let alias = 'rowWitness';
  while (taken.has(alias)) alias += '0';
  return alias;
}

function nameNode(value: string) {
  return { kind: Kind.NAME, value } as const;
}
