import { type ConstDirectiveNode, type DocumentNode, parse } from 'graphql';

/** Block strings and strings first, so that nothing inside of them is taken for a directive. */
const STRINGS = /"""(?:[^"\\]|\\"""|\\|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"/;
const DIRECTIVE = /@(\w+)(?:\((?:"(?:[^"\\\n]|\\.)*"|[^"()])*\))?/;
const PARTS = new RegExp(`${STRINGS.source}|${DIRECTIVE.source}`, 'g');

/** What the planner has no use for. */
const OF_THE_CATALOGUE: ReadonlySet<string> = new Set(['card', 'references', 'rows']);

/**
 * The supergraph without descriptions and data cards: the planner reads neither, and needs twice the time and the
 * memory with them. The definitions of those directives stay.
 */
export function forPlanner(supergraphSdl: string): string {
  return supergraphSdl
    .replace(/^\s*"""(?:[^"\\]|\\"""|\\|"(?!""))*"""\n/gm, '')
    .replace(PARTS, (part, directive: string | undefined, offset: number, text: string) => {
      const isUsed = directive !== undefined && !text.endsWith('directive ', offset);
      return isUsed && OF_THE_CATALOGUE.has(directive) ? '' : part;
    });
}

/**
 * Parses a schema so that directives that say the same are one object: the same few hundred cards stand on thousands of
 * fields, and are nine tenths of its syntax tree otherwise. It is also sooner done.
 */
export function parseSchema(sdl: string): DocumentNode {
  const known = new Map<string, string>();
  const shortened = sdl.replace(PARTS, (part, directive: string | undefined, offset: number, text: string) => {
    if (directive === undefined || !part.endsWith(')') || text.endsWith('directive ', offset)) return part;
    const name = known.get(part) ?? `_shared${known.size}`;
    known.set(part, name);
    return `@${name}`;
  });
  const directives = new Map([...known].map(([text, name]) => [name, parseDirective(text)]));
  const document = parse(shortened, { noLocation: true });
  restore(document, directives);
  return document;
}

function parseDirective(text: string): ConstDirectiveNode {
  const [definition] = parse(`scalar T ${text}`, { noLocation: true }).definitions;
  if (definition === undefined || !('directives' in definition) || definition.directives?.[0] === undefined) {
    throw new Error(`no directive: ${text}`);
  }
  return definition.directives[0] as ConstDirectiveNode; // of a type definition, which has constant ones
}

/** Parts of a schema's nodes that may carry directives, or hold such as do. */
const PLACES = ['definitions', 'fields', 'arguments', 'values'] as const;

function restore(node: object, directives: ReadonlyMap<string, ConstDirectiveNode>): void {
  const { directives: given, ...rest } = node as { readonly directives?: ConstDirectiveNode[] } & Readonly<
    Partial<Record<(typeof PLACES)[number], readonly object[]>>
  >;
  for (const [index, { name }] of given?.entries() ?? []) {
    const shared = directives.get(name.value);
    if (shared !== undefined && given !== undefined) given[index] = shared;
  }
  for (const place of PLACES) for (const below of rest[place] ?? []) restore(below, directives);
}
