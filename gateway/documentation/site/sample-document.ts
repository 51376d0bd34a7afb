import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { Operation } from './documented-schema.ts';

/** A document that asks an operation for its plain fields, and its variables: a beginning where there is no example. */
export function sampleDocument(
  schema: GraphQLSchema,
  { kind, field }: Operation,
): { readonly document: string; readonly variables: Readonly<Record<string, unknown>> } {
  const required = field.args.filter(isRequiredArgument);
  const name = `${field.name[0]?.toUpperCase()}${field.name.slice(1)}`;
  const declared = required.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(', ');
  const given = required.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
  const head = `${kind} ${name}${declared === '' ? '' : `(${declared})`}`;
  const call = `${field.name}${given === '' ? '' : `(${given})`}`;
  return {
    document: `${head} {\n  ${call}${selection(schema, field.type, 1)}\n}`,
    variables: Object.fromEntries(required.map((argument: GraphQLArgument) => [argument.name, sample(argument.type)])),
  };
}

/** How deep a selection goes: connection, nodes, and what they are called. */
const DEPTH = 3;

function selection(schema: GraphQLSchema, type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  const indent = '  '.repeat(depth + 1);
  const lines = isObjectType(named)
    ? Object.values(named.getFields()).flatMap((field) => {
        if (field.args.some(isRequiredArgument) || field.deprecationReason != null) return [];
        const below = getNamedType(field.type);
        if (!isCompositeType(below)) return [field.name];
        const wanted = field.name === 'nodes' || field.name === 'pageInfo';
        return wanted && depth < DEPTH ? [`${field.name}${selection(schema, field.type, depth + 1)}`] : [];
      })
    : schema.getPossibleTypes(named as never).some(({ name }) => name.endsWith('Refusal'))
      ? ['__typename', `... on Refusal {\n${indent}  code\n${indent}  messageZh\n${indent}}`]
      : ['__typename'];
  const shown = lines.length === 0 ? ['__typename'] : lines.slice(0, 12);
  return ` {\n${shown.map((line) => `${indent}${line}`).join('\n')}\n${'  '.repeat(depth)}}`;
}

function sample(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sample(type.ofType);
  if (isListType(type)) return [sample(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(required.map((field) => [field.name, sample(field.type)]));
  }
  switch (type.name) {
    case 'Int':
    case 'Float':
      return 1;
    case 'Boolean':
      return true;
    case 'LocalDate':
      return '2026-07-01';
    case 'DateTime':
      return '2026-07-01T00:00:00Z';
    default:
      return '…';
  }
}
