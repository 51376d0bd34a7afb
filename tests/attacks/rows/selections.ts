import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

const PAGE = 6;

/** Arguments with which a field below the root can be asked: a page where it is a list, nothing else. */
export function pageArgument(field: GraphQLField<unknown, unknown>): string | undefined {
  if (field.args.some((argument) => isRequiredArgument(argument))) return undefined;
  return field.args.some(({ name }) => name === 'first') ? `(first: ${PAGE})` : '';
}

/**
 * Everything of a type: its leaves, and below its objects the same again down to `depth`. Pages of lists do not count
 * as a level. Fields with other arguments that must be given are left to the root's own documents.
 */
export function selectAll(schema: GraphQLSchema, type: GraphQLNamedType, depth: number): string {
  if (isAbstractType(type)) {
    // Types of one union may have a field of one name and different types; their ids are all alike.
    const fragments = schema.getPossibleTypes(type).map((one) => (hasId(one) ? `... on ${one.name} { id }` : ''));
    return `__typename ${fragments.join(' ')}`;
  }
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const below = getNamedType(field.type);
    const page = pageArgument(field);
    if (page === undefined) return [];
    if (!isCompositeType(below)) return [field.name];
    if (isPageType(type))
      return field.name === 'edges' ? ['edges { cursor }'] : [`${field.name} { ${selectAll(schema, below, depth)} }`];
    if (depth > 0) return [`${field.name}${page} { ${selectAll(schema, below, depth - 1)} }`];
    if (isPageType(below)) return [`${field.name}${page} { nodes { __typename ${idOfNodes(below)} } }`];
    return hasId(below) ? [`${field.name}${page} { __typename id }`] : [];
  });
  return ['__typename', ...fields].join(' ');
}

export function isPageType(type: GraphQLNamedType): boolean {
  return isObjectType(type) && (type.name.endsWith('Connection') || type.name.endsWith('Edge'));
}

function idOfNodes(page: GraphQLNamedType): string {
  const nodes = isObjectType(page) ? page.getFields().nodes : undefined;
  return nodes !== undefined && hasId(getNamedType(nodes.type)) ? 'id' : '';
}

function hasId(type: GraphQLNamedType): boolean {
  return 'getFields' in type && 'id' in type.getFields();
}

/** One document per field of a type that leads further: `Type.field` and what it asks of several ids at once. */
export function documentsBelow(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  idCount: number,
): { readonly name: string; readonly document: string }[] {
  const fields = Object.values(type.getFields()).filter((field) => pageArgument(field) !== undefined);
  const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type))).map(({ name }) => name);
  const objects = fields.filter((field) => isCompositeType(getNamedType(field.type)));
  const variables = Array.from({ length: idCount }, (_, index) => `$id${index}: ID!`).join(', ');
  const ask = (selection: string) =>
    `query (${variables}) { ${Array.from(
      { length: idCount },
      (_, index) => `n${index}: node(id: $id${index}) { __typename ... on ${type.name} { ${selection} } }`,
    ).join(' ')} }`;
  return [
    { name: `${type.name} by id`, document: ask(['__typename', ...leaves].join(' ')) },
    { name: `${type.name}.id alone`, document: ask('id') },
    ...objects.map((field) => {
      const below = selectAll(schema, getNamedType(field.type), 1);
      return {
        name: `${type.name}.${field.name}`,
        document: ask(`__typename ${field.name}${pageArgument(field)} { ${below} }`),
      };
    }),
  ];
}
