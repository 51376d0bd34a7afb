import { createHash } from 'node:crypto';
import {
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';
import { fragmentsByName } from '../operations/operation-parts.ts';
import type { RestOperation } from './rest-operation.ts';

type JsonSchema = { readonly [key: string]: unknown };

const SCALARS: Readonly<Record<string, JsonSchema>> = {
  String: { type: 'string' },
  ID: { type: 'string' },
  Int: { type: 'integer' },
  Float: { type: 'number' },
  Boolean: { type: 'boolean' },
  DateTime: { type: 'string', format: 'date-time' },
  LocalDate: { type: 'string', format: 'date' },
};

const ERRORS: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['message'],
    properties: {
      message: { type: 'string', description: '中文 | English' },
      path: { type: 'array', items: {} },
      extensions: { type: 'object', properties: { code: { type: 'string' }, subgraph: { type: 'string' } } },
    },
  },
};

/** The OpenAPI 3.1 document of the operations that are served over REST. */
export function openApiDocument(
  schema: GraphQLSchema,
  operations: readonly RestOperation[],
  version: string,
): JsonSchema {
  const components = new Map<string, JsonSchema>();
  const paths = Object.fromEntries(
    operations.map((operation) => [`/rest/${operation.name}`, pathItem(schema, operation, components)]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: '一云 Yiyun',
      version,
      description:
        '受信操作的 REST 形式：权限、目的、脱敏与访问日志同 GraphQL。 Trusted operations as REST; rights, purpose, masks and access log as over GraphQL.',
    },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

function pathItem(schema: GraphQLSchema, operation: RestOperation, components: Map<string, JsonSchema>): JsonSchema {
  const { definition, document, name, text, title } = operation;
  const variables = (definition.variableDefinitions ?? []).map(({ variable, type, defaultValue }) => {
    const inputType = typeFromAST(schema, type as never) as GraphQLInputType; // a variable's type is an input's
    return {
      name: variable.name.value,
      required: isNonNullType(inputType) && defaultValue === undefined,
      schema: inputSchema(inputType, components),
    };
  });
  const root = schema.getRootType(definition.operation);
  const data =
    root == null ? {} : selectionSchema(definition.selectionSet, root, { byName: fragmentsByName(document), schema });
  const common = {
    summary: title,
    'x-yiyun-sha256': createHash('sha256').update(text).digest('hex'),
    responses: {
      '200': {
        description: '结果；部分失败时带 errors The result; with errors where a part of it failed',
        content: { 'application/json': { schema: { type: 'object', properties: { data, errors: ERRORS } } } },
      },
      '4XX': {
        description: '请求被拒 The request was refused',
        content: { 'application/json': { schema: { type: 'object', properties: { errors: ERRORS } } } },
      },
    },
  };
  const post = {
    ...common,
    operationId: name,
    requestBody: {
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: variables.filter(({ required }) => required).map((variable) => variable.name),
            properties: Object.fromEntries(variables.map((variable) => [variable.name, variable.schema])),
          },
        },
      },
    },
  };
  if (definition.operation !== 'query') return { post };
  const parameters = variables.map((variable) => ({ ...variable, in: 'query' }));
  return { get: { ...common, operationId: `get-${name}`, parameters }, post };
}

/** JSON Schema of an input; named types become components, so that inputs may hold each other. */
function inputSchema(type: GraphQLInputType, components: Map<string, JsonSchema>): JsonSchema {
  if (isNonNullType(type)) return plainInput(type.ofType, components);
  return { anyOf: [plainInput(type, components), { type: 'null' }] };
}

function plainInput(type: GraphQLInputType, components: Map<string, JsonSchema>): JsonSchema {
  if (isNonNullType(type)) return plainInput(type.ofType, components);
  if (isListType(type)) return { type: 'array', items: inputSchema(type.ofType, components) };
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) };
  if (!isInputObjectType(type)) return SCALARS[type.name] ?? {};
  const reference = { $ref: `#/components/schemas/${type.name}` };
  if (components.has(type.name)) return reference;
  components.set(type.name, {}); // before its fields, which may lead back to it
  const fields = Object.values(type.getFields());
  components.set(type.name, {
    type: 'object',
    ...(type.description == null ? {} : { description: type.description }),
    required: fields.filter((f) => isNonNullType(f.type) && f.defaultValue === undefined).map(({ name }) => name),
    properties: Object.fromEntries(fields.map((field) => [field.name, inputSchema(field.type, components)])),
  });
  return reference;
}

/** What narrows a selection: the document's fragments and the types that they are on. */
interface Fragments {
  readonly byName: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly schema: GraphQLSchema;
}

/** What a selection answers. Fields below a fragment on another type may be there or not. */
function selectionSchema(selections: SelectionSetNode, type: GraphQLOutputType, fragments: Fragments): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  collect(selections, type, fragments, properties);
  return { type: 'object', properties };
}

function collect(
  { selections }: SelectionSetNode,
  type: GraphQLOutputType,
  fragments: Fragments,
  properties: Record<string, JsonSchema>,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
      const answered =
        field === undefined ? { type: 'string' } : outputSchema(field.type, selection.selectionSet, fragments);
      const shown = selection.alias?.value ?? name;
      properties[shown] = field?.description == null ? answered : { ...answered, description: field.description };
      continue;
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.byName.get(selection.name.value) : selection;
    if (fragment === undefined) continue;
    const condition = fragment.typeCondition?.name.value;
    const narrowed = condition === undefined ? type : fragments.schema.getType(condition);
    collect(fragment.selectionSet, isCompositeType(narrowed) ? narrowed : type, fragments, properties);
  }
}

function outputSchema(
  type: GraphQLOutputType,
  selections: SelectionSetNode | undefined,
  fragments: Fragments,
): JsonSchema {
  if (isNonNullType(type)) return plainOutput(type.ofType, selections, fragments);
  return { anyOf: [plainOutput(type, selections, fragments), { type: 'null' }] };
}

function plainOutput(
  type: GraphQLOutputType,
  selections: SelectionSetNode | undefined,
  fragments: Fragments,
): JsonSchema {
  if (isNonNullType(type)) return plainOutput(type.ofType, selections, fragments);
  if (isListType(type)) return { type: 'array', items: outputSchema(type.ofType, selections, fragments) };
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) };
  if (selections !== undefined && (isCompositeType(type) || isAbstractType(type))) {
    return selectionSchema(selections, type, fragments);
  }
  return SCALARS[getNamedType(type).name] ?? {};
}
