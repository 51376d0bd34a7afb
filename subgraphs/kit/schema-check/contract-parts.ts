import { type DefinitionNode, Kind, parse } from 'graphql';
import { type SchemaPart, schemaParts } from './schema-parts.ts';

/** The definitions of a contract, those of its extensions included: in a contract they are parts like any other. */
export function contractDefinitions(sdl: string): DefinitionNode[] {
  return parse(sdl, { noLocation: true }).definitions.map(
    (definition) => ({ ...definition, kind: definition.kind.replace('Extension', 'Definition') }) as DefinitionNode,
  );
}

/** Every part of a contract by its coordinate. */
export function contractParts(sdl: string): ReadonlyMap<string, SchemaPart> {
  return schemaParts({ kind: Kind.DOCUMENT, definitions: contractDefinitions(sdl) });
}
