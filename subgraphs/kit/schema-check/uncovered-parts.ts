import { type DirectiveNode, print } from 'graphql';
import { contractDefinitions, contractParts } from './contract-parts.ts';
import type { SchemaPart } from './schema-parts.ts';

/**
 * What a contract promises that the code behind it does not keep, by coordinate: a part that the code has not or has
 * with another type or data card (which the code enforces), an input that the code demands and the contract leaves out,
 * a key that it cannot be found by. A contract may hide, describe and deprecate; it cannot make anything.
 */
export function uncoveredParts(contractSdl: string, codeSdl: string): string[] {
  if (contractSdl === codeSdl) return [];
  const [contract, code] = [readContract(contractSdl), readContract(codeSdl)];
  const found: string[] = [];
  for (const [coordinate, part] of contract.parts) {
    const own = code.parts.get(coordinate);
    if (own === undefined || own.type !== part.type || own.definition !== part.definition || card(own) !== card(part)) {
      found.push(coordinate);
    }
  }
  for (const [coordinate, part] of code.parts) {
    const holder = coordinate.includes('(') ? coordinate.replace(/\(.*$/, '') : coordinate.replace(/\..*$/, '');
    const demanded = (part.kind === 'ARGUMENT' || part.kind === 'INPUT_FIELD') && part.type.endsWith('!');
    if (demanded && contract.parts.has(holder) && !contract.parts.has(coordinate)) found.push(coordinate);
  }
  for (const [type, keys] of contract.keys) {
    const own = code.keys.get(type);
    if ([...keys].some((key) => own?.has(key) !== true)) found.push(type);
  }
  return [...new Set(found)].sort();
}

function card(part: SchemaPart): string {
  return JSON.stringify(part.card ?? null);
}

function readContract(sdl: string) {
  const definitions = contractDefinitions(sdl);
  const keys = new Map<string, ReadonlySet<string>>();
  for (const definition of definitions) {
    if (!('name' in definition) || definition.name === undefined || !('directives' in definition)) continue;
    const own = (definition.directives ?? []).filter(isBinding).map((directive) => print(directive));
    if (own.length > 0) keys.set(definition.name.value, new Set([...(keys.get(definition.name.value) ?? []), ...own]));
  }
  return { parts: contractParts(sdl), keys };
}

function isBinding({ name }: DirectiveNode): boolean {
  return name.value === 'key' || name.value === 'rows';
}
