import {
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql';
import type { VariantFilter } from './variant-filter.ts';

type ContractFilter = Extract<VariantFilter, { kind: 'CONTRACT' }>;
type Part = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;

/**
 * The contracts without what a filter leaves out, and without what would be nothing then: types of which nothing is
 * left, whatever leads to them, and fields that are made (`@requires`) of what is gone. Keys stay: without them no
 * subgraph finds another's entities.
 */
export function filterContracts(documents: readonly DocumentNode[], filter: ContractFilter): DocumentNode[] {
  const { empty, outside } = leftOut(documents, filter);
  return documents.map((document) => ({
    ...document,
    definitions: document.definitions.flatMap((definition) => without(definition, outside, empty)),
  }));
}

interface LeftOut {
  /** Coordinates. */
  readonly outside: Set<string>;
  /** Names of types. */
  readonly empty: Set<string>;
}

/** A type as all contracts together have it. */
interface WholeType {
  /** Fields or input fields, with the type that each leads to and whether it must be given. */
  readonly members: Map<
    string,
    { readonly target: string; readonly demanded: boolean; readonly requires: readonly string[] }
  >;
  readonly values: Set<string>;
  readonly unites: Set<string>;
  isInput: boolean;
}

function leftOut(documents: readonly DocumentNode[], filter: ContractFilter): LeftOut {
  const left: LeftOut = { outside: new Set(), empty: new Set() };
  const { empty, outside } = left;
  const types = new Map<string, WholeType>();
  const keys = new Set<string>();
  const leaves = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);
  /** Types with rows at places, and the plain fields of their owner by which it can be asked whether a row may be seen. */
  const witnesses = new Map<string, { readonly member: string; readonly target: string }[]>();
  /** Never shown to clients, such as a key that only subgraphs use. */
  const hidden = new Set<string>();
  const demandedArguments: {
    readonly field: string;
    readonly argument: string;
    readonly target: string;
    readonly demanded: boolean;
  }[] = [];
  for (const definition of documents.flatMap(({ definitions }) => definitions)) {
    if (!('name' in definition) || definition.name === undefined) continue;
    const name = definition.name.value;
    const whole: WholeType = types.get(name) ?? {
      members: new Map(),
      values: new Set(),
      unites: new Set(),
      isInput: false,
    };
    const note = (part: Part, coordinate: string) => {
      if (part.directives?.some((directive) => directive.name.value === 'inaccessible')) hidden.add(coordinate);
      if (!isKept(part, filter)) outside.add(coordinate);
    };
    if (definition.kind === Kind.SCALAR_TYPE_DEFINITION || definition.kind === Kind.ENUM_TYPE_DEFINITION)
      leaves.add(name);
    const plain = scopedPlainFields(definition);
    if (plain !== undefined) witnesses.set(name, plain);
    if ('directives' in definition) {
      for (const field of fieldsNamed(definition.directives, 'key', 'fields')) keys.add(`${name}.${field}`);
    }
    if ('values' in definition) {
      for (const value of definition.values ?? []) {
        whole.values.add(value.name.value);
        note(value, `${name}.${value.name.value}`);
      }
    } else if ('types' in definition) {
      for (const member of definition.types ?? []) whole.unites.add(member.name.value);
    } else if ('fields' in definition) {
      for (const field of definition.fields ?? []) {
        const coordinate = `${name}.${field.name.value}`;
        note(field, coordinate);
        whole.isInput ||= field.kind === Kind.INPUT_VALUE_DEFINITION;
        const requires = fieldsNamed(field.directives, 'requires', 'fields').map((required) => `${name}.${required}`);
        const known = whole.members.get(field.name.value)?.requires ?? [];
        whole.members.set(field.name.value, {
          target: namedType(field.type),
          demanded: isDemanded(field),
          requires: [...known, ...requires],
        });
        if (field.kind !== Kind.FIELD_DEFINITION) continue;
        for (const argument of field.arguments ?? []) {
          const path = `${coordinate}(${argument.name.value}:)`;
          note(argument, path);
          const target = namedType(argument.type);
          demandedArguments.push({ field: coordinate, argument: path, target, demanded: isDemanded(argument) });
        }
      }
    } else continue;
    types.set(name, whole);
  }
  for (const key of keys) outside.delete(key);
  for (let before = -1; before !== outside.size + empty.size; ) {
    before = outside.size + empty.size;
    for (const [name, { isInput, members, unites, values }] of types) {
      const isOut = (member: string) => outside.has(`${name}.${member}`);
      const isGone = (member: string) => isOut(member) || hidden.has(`${name}.${member}`);
      if (members.size > 0 && [...members.keys()].every(isGone)) empty.add(name);
      const own = witnesses
        .get(name)
        ?.filter(({ member, target }) => leaves.has(target) && !keys.has(`${name}.${member}`));
      if (own?.every(({ member }) => isGone(member))) empty.add(name);
      if (values.size > 0 && [...values].every(isOut)) empty.add(name);
      if (unites.size > 0 && [...unites].every((member) => empty.has(member))) empty.add(name);
      for (const [member, { demanded, requires, target }] of members) {
        const coordinate = `${name}.${member}`;
        if (keys.has(coordinate)) continue;
        if (empty.has(name) || empty.has(target) || requires.some((required) => outside.has(required)))
          outside.add(coordinate);
        // What must be given and cannot be makes the whole input one that nobody can give.
        if (isInput && demanded && isOut(member)) empty.add(name);
      }
    }
    for (const { argument, demanded, field, target } of demandedArguments) {
      if (empty.has(target)) outside.add(argument);
      if (demanded && outside.has(argument) && !keys.has(field)) outside.add(field);
    }
  }
  return left;
}

/** Fields without arguments that are no lists, of a type whose rows lie at places (`@rows`), as its owner declares it. */
function scopedPlainFields(definition: DefinitionNode): { member: string; target: string }[] | undefined {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION)
    return undefined;
  const rows = argumentsOf(definition.directives, 'rows');
  if (rows === undefined || rows.scope === 'REFERENCE') return undefined;
  return (definition.fields ?? []).flatMap(({ arguments: given = [], name, type }) => {
    const inner = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    return inner.kind === Kind.NAMED_TYPE && given.length === 0
      ? [{ member: name.value, target: inner.name.value }]
      : [];
  });
}

/** The definition without what is left out; nothing where nothing of it is left. */
function without(
  definition: DefinitionNode,
  outside: ReadonlySet<string>,
  empty: ReadonlySet<string>,
): DefinitionNode[] {
  if (!('name' in definition) || definition.name === undefined) return [definition];
  const name = definition.name.value;
  if (empty.has(name)) return [];
  const isIn = ({ name: { value } }: { readonly name: { readonly value: string } }) => !outside.has(`${name}.${value}`);
  if ('values' in definition) {
    const values = (definition.values ?? []).filter(isIn);
    return values.length === 0 ? [] : [{ ...definition, values }];
  }
  if ('types' in definition) {
    const types = (definition.types ?? []).filter((member) => !empty.has(member.name.value));
    return types.length === 0 ? [] : [{ ...definition, types }];
  }
  if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || definition.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION) {
    const fields = empty.has(name) ? [] : (definition.fields ?? []).filter(isIn);
    return fields.length === 0 ? [] : [{ ...definition, fields }];
  }
  if (!('fields' in definition)) return [definition];
  const all = definition.fields ?? [];
  const fields = all.filter(isIn).map((field) => ({
    ...field,
    arguments: (field.arguments ?? []).filter(
      (argument) => !outside.has(`${name}.${field.name.value}(${argument.name.value}:)`),
    ),
  }));
  if (fields.length === 0) return [];
  // One that has lost a field can no longer promise what the interface says.
  const interfaces =
    fields.length === all.length
      ? definition.interfaces
      : definition.interfaces?.filter(
          ({ name: { value } }) => value === 'Node' && fields.some((field) => field.name.value === 'id'),
        );
  return [{ ...definition, fields, interfaces: (interfaces ?? []).filter(({ name: { value } }) => !empty.has(value)) }];
}

function isKept(part: Part, { excludeTags, includeTags, maxGrade }: ContractFilter): boolean {
  const grade = Number(argumentsOf(part.directives, 'card')?.grade ?? 1);
  const tags = (part.directives ?? [])
    .filter(({ name }) => name.value === 'tag')
    .map((directive) => String(argumentsOf([directive], 'tag')?.name));
  if (grade > maxGrade || tags.some((tag) => excludeTags.includes(tag))) return false;
  const isFree = part.kind !== Kind.FIELD_DEFINITION || includeTags.length === 0 || tags.length === 0;
  return isFree || tags.some((tag) => includeTags.includes(tag));
}

function isDemanded(node: FieldDefinitionNode | InputValueDefinitionNode): boolean {
  return (
    node.kind === Kind.INPUT_VALUE_DEFINITION &&
    node.type.kind === Kind.NON_NULL_TYPE &&
    node.defaultValue === undefined
  );
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** Plain fields that a directive of federation names, such as those of a key. */
function fieldsNamed(directives: readonly DirectiveNode[] | undefined, name: string, argument: string): string[] {
  return (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .flatMap((directive) =>
      String(argumentsOf([directive], name)?.[argument] ?? '')
        .replaceAll(/[{}]/g, ' ')
        .trim()
        .split(/\s+/),
    );
}

function argumentsOf(directives: readonly DirectiveNode[] | undefined, name: string) {
  const directive = directives?.find((candidate) => candidate.name.value === name);
  if (directive === undefined) return undefined;
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name: { value }, value: node }) => [
      value,
      valueFromASTUntyped(node) as unknown,
    ]),
  );
}
