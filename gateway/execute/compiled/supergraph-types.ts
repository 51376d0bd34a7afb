import { Kind, parse } from 'graphql';
import { ownText } from '../../../subgraphs/kit/own-text.ts';
import { ACCESS_SUBJECT_FIELD } from '../../plan/access-subjects.ts';
import { readScopedRows, type ScopedRows } from '../../plan/scoped-rows.ts';

/** What executing a plan needs to know of the supergraph beyond the API schema, hidden types and fields included. */
export interface SupergraphTypes {
  /** Names of all fields of object and interface types. */
  readonly fieldNames: ReadonlySet<string>;
  /** Names that occur in the `@requires` of any field. */
  readonly requiredNames: ReadonlySet<string>;
  /** Subgraph names by what plans call them. */
  readonly subgraphs: ReadonlyMap<string, string>;
  /** Enums with values that are not part of the API; what a subgraph answers with them must be looked at. */
  readonly enumsWithHiddenValues: ReadonlySet<string>;
  /** Interfaces that some subgraph knows only as an object, and the types that implement them. */
  readonly behindInterfaceObjects: ReadonlySet<string>;
  /** Types whose rows lie at places, see `plan/scoped-rows.ts`. */
  readonly scopedRows: ReadonlyMap<string, ScopedRows>;
  /** Types that say whose data their objects are, see `plan/access-subjects.ts`. */
  readonly accessSubjects: ReadonlySet<string>;
  isObjectType(name: string): boolean;
  /** Names of the object types that a type condition lets through, its own name included. */
  typesWithin(name: string): ReadonlySet<string>;
}

export function readSupergraphTypes(supergraphSdl: string): SupergraphTypes {
  const fieldNames = new Set<string>();
  const requiredNames = new Set<string>();
  const objectTypes = new Set<string>();
  const accessSubjects = new Set<string>();
  const subgraphs = new Map<string, string>();
  const enumsWithHiddenValues = new Set<string>();
  const interfaceObjects = new Set<string>();
  const within = new Map<string, Set<string>>();
  const place = (outer: string, inner: string) => {
    const names = within.get(outer);
    if (names === undefined) within.set(outer, new Set([outer, inner]));
    else names.add(inner);
  };
  const supergraph = parse(supergraphSdl, { noLocation: true });
  for (const definition of supergraph.definitions) {
    const typeName = 'name' in definition && definition.name !== undefined ? ownText(definition.name.value) : '';
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const { name, directives } of definition.fields ?? []) {
        if (!fieldNames.has(name.value)) fieldNames.add(ownText(name.value));
        if (name.value === ACCESS_SUBJECT_FIELD) accessSubjects.add(typeName);
        for (const argument of directives?.flatMap((directive) => directive.arguments ?? []) ?? []) {
          if (argument.name.value !== 'requires' || argument.value.kind !== Kind.STRING) continue;
          for (const required of argument.value.value.match(/\w+/g) ?? []) requiredNames.add(ownText(required));
        }
      }
      for (const { arguments: given } of definition.directives ?? []) {
        if (given?.some(({ name }) => name.value === 'isInterfaceObject')) interfaceObjects.add(typeName);
      }
    }
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
      objectTypes.add(typeName);
      for (const outer of definition.interfaces ?? []) place(ownText(outer.name.value), typeName);
    } else if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const member of definition.types ?? []) place(typeName, ownText(member.name.value));
    } else if (definition.kind === Kind.ENUM_TYPE_DEFINITION && typeName === 'join__Graph') {
      for (const { name, directives } of definition.values ?? []) {
        const graph = directives?.find((directive) => directive.name.value === 'join__graph');
        const value = graph?.arguments?.find((argument) => argument.name.value === 'name')?.value;
        const enumName = ownText(name.value);
        const subgraph = value?.kind === Kind.STRING ? ownText(value.value) : enumName;
        for (const called of [enumName, enumName.toLowerCase(), subgraph]) subgraphs.set(called, subgraph);
      }
    } else if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
      const hidden = definition.values?.some(({ directives }) =>
        directives?.some((directive) => directive.name.value === 'inaccessible'),
      );
      if (hidden) enumsWithHiddenValues.add(typeName);
    }
  }
  return {
    fieldNames,
    requiredNames,
    subgraphs,
    enumsWithHiddenValues,
    behindInterfaceObjects: new Set([...interfaceObjects].flatMap((name) => [name, ...(within.get(name) ?? [])])),
    scopedRows: readScopedRows(supergraph),
    accessSubjects,
    isObjectType: (name) => objectTypes.has(name),
    typesWithin: (name) => within.get(name) ?? new Set([name]),
  };
}
