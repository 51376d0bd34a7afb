import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InputObjectTypeDefinitionNode, parse, type TypeNode } from 'graphql';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';

const PAGING = new Set(['first', 'after', 'page']);

/** Every list of a subgraph's contract, `Type.field`, with the names of what chooses its rows and their order. */
export function listFields(subgraph: string): Map<string, readonly string[]> {
  const { definitions } = parse(readFileSync(join(projectRoot, 'schema', `${subgraph}.graphql`), 'utf8'));
  const inputs = new Map(
    definitions
      .filter((one): one is InputObjectTypeDefinitionNode => one.kind === 'InputObjectTypeDefinition')
      .map((one) => [one.name.value, one]),
  );
  const lists = new Map<string, readonly string[]>();
  for (const type of definitions) {
    if (type.kind !== 'ObjectTypeDefinition' && type.kind !== 'ObjectTypeExtension') continue;
    for (const field of type.fields ?? []) {
      if (!nameOf(field.type).endsWith('Connection')) continue;
      const choices = (field.arguments ?? [])
        .filter(({ name }) => !PAGING.has(name.value))
        .flatMap(({ name, type: given }) => {
          const input = name.value === 'filter' ? inputs.get(nameOf(given)) : undefined;
          return input?.fields?.map((own) => own.name.value) ?? [name.value];
        });
      lists.set(`${type.name.value}.${field.name.value}`, choices);
    }
  }
  return lists;
}

/** What no case of a list asks for: the list itself, or one of its choices. */
export function unasked(subgraph: string, cases: Readonly<Record<string, readonly string[]>>): string[] {
  const missing: string[] = [];
  for (const [list, choices] of listFields(subgraph)) {
    const asked = cases[list];
    if (asked === undefined) missing.push(list);
    for (const choice of choices) {
      if (asked !== undefined && !asked.some((text) => text.includes(`${choice}:`))) missing.push(`${list}(${choice})`);
    }
  }
  return missing;
}

function nameOf(type: TypeNode): string {
  return type.kind === 'NamedType' ? type.name.value : nameOf(type.type);
}
