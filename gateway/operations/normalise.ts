import { createHash } from 'node:crypto';
import {
  type ASTNode,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  Kind,
  type NameNode,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type OperationParts, partsDocument } from './operation-parts.ts';

/** An operation as it is recorded: the same for all requests that differ only in values. */
export interface NormalisedOperation {
  /** SHA-256 of the text and the operation's name, hex. */
  readonly hash: string;
  readonly name: string | null;
  readonly text: string;
}

/** A citizen's number has 18 digits, a telephone number 11, a birth date 8. */
const PERSONAL_DIGITS = /\d{6,}/g;

/**
 * Takes every literal out of a valid operation: texts become `""`, numbers `0`, booleans `false`, enum values `VALUE`,
 * lists `[]`, and objects of a free form (custom scalars) `{}`. The fields of input objects stay, sorted, because
 * they are the schema's words and not the client's. Default values of variables are literals too.
 *
 * Names that a client chooses (aliases, variables, fragments, the operation) keep their letters but not their long
 * runs of digits, since a generated alias may be a number in disguise. Comments go, spacing becomes uniform.
 */
export function normalise(parts: OperationParts, schema: GraphQLSchema): NormalisedOperation {
  const typeInfo = new TypeInfo(schema);
  const plain = visit(
    partsDocument(parts),
    visitWithTypeInfo(typeInfo, {
      enter(node, key, parent) {
        if (node.kind === Kind.NAME) return isChosenByClient(key, parent) ? withoutDigits(node) : undefined;
        return withoutLiteral(node, isInputObjectType(getNamedType(typeInfo.getInputType())));
      },
      leave(node) {
        if (node.kind !== Kind.OBJECT) return undefined;
        return { ...node, fields: [...node.fields].sort((a, b) => (a.name.value < b.name.value ? -1 : 1)) };
      },
    }),
  );
  const name = parts.operation.name?.value.replace(PERSONAL_DIGITS, '0') ?? null;
  const text = print(plain);
  const hash = createHash('sha256')
    .update(`${name ?? ''}\n${text}`)
    .digest('hex');
  return { hash, name, text };
}

/** The node with a placeholder for its literal; undefined when it has none. */
function withoutLiteral(node: ASTNode, isInputObject: boolean): ASTNode | undefined {
  switch (node.kind) {
    case Kind.STRING:
      return { ...node, value: '', block: false };
    case Kind.INT:
    case Kind.FLOAT:
      return { ...node, value: '0' };
    case Kind.BOOLEAN:
      return { ...node, value: false };
    case Kind.ENUM:
      return { ...node, value: 'VALUE' };
    case Kind.LIST:
      return { ...node, values: [] };
    case Kind.OBJECT:
      return isInputObject ? undefined : { ...node, fields: [] };
    default:
      return undefined;
  }
}

/** Everything else is a word of the schema: fields, arguments, types, directives, input fields. */
function isChosenByClient(key: string | number | undefined, parent: ASTNode | readonly ASTNode[] | undefined): boolean {
  if (parent === undefined || !('kind' in parent)) return false;
  switch (parent.kind) {
    case Kind.FIELD:
      return key === 'alias';
    case Kind.VARIABLE:
    case Kind.FRAGMENT_SPREAD:
    case Kind.FRAGMENT_DEFINITION:
    case Kind.OPERATION_DEFINITION:
      return key === 'name';
    default:
      return false;
  }
}

function withoutDigits(node: NameNode): NameNode | undefined {
  const value = node.value.replace(PERSONAL_DIGITS, '0');
  return value === node.value ? undefined : { ...node, value };
}
