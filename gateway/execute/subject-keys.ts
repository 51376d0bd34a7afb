import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** No client can use it: names that begin with two underscores are reserved. */
const SUBJECT_KEY = '__subject';
const SUBJECT: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: SUBJECT_KEY },
  name: { kind: Kind.NAME, value: 'id' },
};

/**
 * Adds the id of every object whose personal data a document reads, for the access log; the same document when there
 * are none.
 *
 * @param subjectFields see `policy/personal-fields.ts`.
 */
export function withSubjectKeys(
  document: DocumentNode,
  schema: GraphQLSchema,
  subjectFields: ReadonlyMap<string, ReadonlySet<string>>,
): DocumentNode {
  const typeInfo = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      SelectionSet(node) {
        const parent = typeInfo.getParentType();
        if (parent == null) return undefined;
        if (isAbstractType(parent) && !(isInterfaceType(parent) && parent.getFields().id !== undefined))
          return undefined;
        const types = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        const isRead = node.selections.some(
          (selection) =>
            selection.kind === Kind.FIELD &&
            types.some(({ name }) => subjectFields.get(name)?.has(selection.name.value) === true),
        );
        return isRead ? { ...node, selections: [...node.selections, SUBJECT] } : undefined;
      },
    }),
  );
}

/** Takes the added ids out of an answer again and leaves them with `subjects`. */
export function takeSubjectKeys(result: ExecutionResult, subjects: string[]): ExecutionResult {
  return result.data == null ? result : { ...result, data: take(result.data, subjects) as Record<string, unknown> };
}

function take(value: unknown, subjects: string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => take(item, subjects));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const made: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key !== SUBJECT_KEY) made[key] = take(inner, subjects);
    else if (typeof inner === 'string') subjects.push(inner);
  }
  return made;
}
