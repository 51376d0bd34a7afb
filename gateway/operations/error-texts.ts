import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * GraphQL's own messages quote the values that they refuse, and a value may be a citizen's number. These functions give
 * the same messages without any value: refusals are logged by proxies and clients far from here. `telling` says whether
 * a message may tell names of the schema that the request does not.
 */

const VALUE_KINDS: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
]);

/** Values of an enum that a message lists; who needs more of them reads the schema. */
const LISTED_VALUES = 24;

/** A name of the schema's kind; anything else where a name is expected may be a misplaced value. */
const SPEAKABLE_NAME = /^[_A-Za-z](?!\w*\d{6})\w{0,79}$/;

/** The message of a syntax error, with the kind of the token it met but not its value. */
export function syntaxErrorText(error: GraphQLError): string {
  return error.message.replace(/\b(String|BlockString|Int|Float) ".*"/s, '$1').replace(/\.\s*Did you mean .*$/s, '.');
}

/** The messages of validation errors, in order; those about a value say which type was expected, and nothing of it. */
export function validationErrorTexts(
  errors: readonly GraphQLError[],
  document: DocumentNode,
  schema: GraphQLSchema,
  telling: boolean,
): string[] {
  const culprits = new Map<unknown, string>();
  for (const { nodes } of errors) {
    const node = nodes?.[0];
    if (node !== undefined && VALUE_KINDS.has(node.kind)) culprits.set(node, '');
  }
  if (culprits.size > 0) {
    const typeInfo = new TypeInfo(schema);
    visit(
      document,
      visitWithTypeInfo(typeInfo, {
        enter(node) {
          const type = culprits.has(node) ? typeInfo.getInputType() : undefined;
          if (type != null) culprits.set(node, expectedText(type, telling));
        },
      }),
    );
  }
  return errors.map((error) => {
    const expected = culprits.get(error.nodes?.[0]);
    if (expected === undefined || quotesNoValue(error.message)) return error.message;
    return expected === '' ? 'The value does not fit its place.' : expected;
  });
}

/** What was expected: a type, and the values of an enum. */
function expectedText(type: GraphQLInputType, telling: boolean): string {
  const named = getNamedType(type);
  const values = telling && isEnumType(named) ? named.getValues().map(({ name }) => name) : [];
  const listed = values.slice(0, LISTED_VALUES).join(', ') + (values.length > LISTED_VALUES ? ', …' : '');
  return `Expected a value of type "${String(type)}"${listed === '' ? '' : `, one of ${listed}`}.`;
}

/** The message for a variable whose value does not fit: names the place and the type, never the value. */
export function variableErrorText(
  variable: string,
  type: GraphQLInputType,
  path: readonly (string | number)[],
  reason: string,
  telling: boolean,
): string {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  const at = place === '' ? '' : ` at "${variable}${place}"`;
  return `Variable "$${variable}" got invalid value${at}; ${withoutValue(reason, type, path, telling)}`;
}

function withoutValue(
  reason: string,
  type: GraphQLInputType,
  path: readonly (string | number)[],
  telling: boolean,
): string {
  if (quotesNoValue(reason)) return reason;
  const unknown = /^Field "(.*?)" is not defined by type "(\w+)"\./s.exec(reason);
  if (unknown !== null) {
    const field = SPEAKABLE_NAME.test(unknown[1] ?? '') ? ` "${unknown[1]}"` : '';
    return `Field${field} is not defined by type "${unknown[2]}".`;
  }
  return expectedText(typeAt(type, path), telling);
}

const WITHOUT_VALUES: readonly RegExp[] = [
  /^Field "[\w.]+" of required type "[\w![\]]+" was not provided\.$/,
  /^Expected (non-nullable )?type "[\w![\]]+" (not to be null|to be an object)\.$/,
  /^OneOf Input Object "\w+" must specify exactly one key\.$/,
  /^Exactly one key must be specified for OneOf type "\w+"\.$/,
  /^Field "\w+\.\w+" must be non-null\.$/,
];

function quotesNoValue(message: string): boolean {
  return WITHOUT_VALUES.some((pattern) => pattern.test(message));
}

function typeAt(type: GraphQLInputType, path: readonly (string | number)[]): GraphQLInputType {
  let current = type;
  for (const key of path) {
    if (isNonNullType(current)) current = current.ofType;
    if (typeof key === 'number') {
      if (isListType(current)) current = current.ofType;
      continue;
    }
    // A list also takes one element without brackets, which leaves no index in the path.
    while (isListType(current) || isNonNullType(current)) current = current.ofType;
    const field = isInputObjectType(current) ? current.getFields()[key] : undefined;
    if (field === undefined) return current;
    current = field.type;
  }
  return current;
}
