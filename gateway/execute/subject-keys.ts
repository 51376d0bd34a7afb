import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { ACCESS_SUBJECT_FIELD, noteSubjects } from '../plan/access-subjects.ts';

/** No client can use it: names that begin with two underscores are reserved. */
const OWN_KEY = '__own';
const SUBJECT_KEY = '__subject';
const OWN = aliased(OWN_KEY, 'id');
const SUBJECT = aliased(SUBJECT_KEY, ACCESS_SUBJECT_FIELD);

function aliased(alias: string, name: string): FieldNode {
  return { kind: Kind.FIELD, alias: { kind: Kind.NAME, value: alias }, name: { kind: Kind.NAME, value: name } };
}

/**
 * Adds to every object whose personal data a document reads whose data it is, for the access log; the same document when
 * there are none.
 *
 * @param subjectFields see `policy/personal-fields.ts`.
 * @param accessSubjects types that say whose data their objects are; of the others it is their own ids.
 */
export function withSubjectKeys(
  document: DocumentNode,
  schema: GraphQLSchema,
  subjectFields: ReadonlyMap<string, ReadonlySet<string>>,
  accessSubjects: ReadonlySet<string>,
): DocumentNode {
  const typeInfo = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      SelectionSet(node) {
        const parent = typeInfo.getParentType();
        if (parent == null) return undefined;
        const types = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        const read = types.filter(({ name }) =>
          node.selections.some(
            (selection) => selection.kind === Kind.FIELD && subjectFields.get(name)?.has(selection.name.value) === true,
          ),
        );
        if (read.length === 0) return undefined;
        return { ...node, selections: [...node.selections, ...read.map((type) => subjectOf(type, accessSubjects))] };
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
  const { [OWN_KEY]: own, [SUBJECT_KEY]: subject, ...rest } = value as Record<string, unknown>;
  noteSubjects(subject ?? own, subjects);
  const made: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(rest)) made[key] = take(inner, subjects);
  return made;
}

/** The id of an object of one type, and whose data it is. */
function subjectOf(type: GraphQLObjectType, accessSubjects: ReadonlySet<string>): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [
        ...(type.getFields().id === undefined ? [] : [OWN]),
        ...(accessSubjects.has(type.name) ? [SUBJECT] : []),
      ],
    },
  };
}
