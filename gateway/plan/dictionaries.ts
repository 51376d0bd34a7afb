import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EnumTypeDefinitionNode, Kind, parse } from 'graphql';
import type { PublishedDictionary } from '../../subgraphs/kit/catalog-port.ts';
import type { CodeList } from '../../subgraphs/kit/graph/code-lists.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { splitDescription } from './description.ts';

/** The code lists below `schema/standards/`, by the names of their files. */
export function standardDictionaries(folder = join(projectRoot, 'schema', 'standards')): PublishedDictionary[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const list = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CodeList; // ours, checked by its subgraph
      return withVersion({
        name: file.slice(0, -'.json'.length),
        kind: 'STANDARD',
        nameZh: list.name,
        nameEn: null,
        standard: list.standard,
        edition: list.version,
        source: list.source,
        entries: list.codes.map(({ code, name }) => ({ code, nameZh: name, nameEn: null })),
      });
    });
}

/** The enums of the graph by name; of one that several subgraphs declare, the values of all. */
export function enumDictionaries(contracts: readonly { readonly sdl: string }[]): PublishedDictionary[] {
  const found = new Map<string, PublishedDictionary>();
  for (const { sdl } of contracts) {
    for (const definition of parse(sdl, { noLocation: true }).definitions) {
      if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || isMachinery(definition)) continue;
      const known = found.get(definition.name.value);
      const own = dictionaryOf(definition);
      const others = known?.entries.filter(({ code }) => !own.entries.some((entry) => entry.code === code)) ?? [];
      found.set(own.name, withVersion({ ...own, entries: [...own.entries, ...others] }));
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Of the federation's own making. */
function isMachinery({ name }: EnumTypeDefinitionNode): boolean {
  return name.value.includes('__');
}

function dictionaryOf({ name, description, values = [] }: EnumTypeDefinitionNode): Unversioned {
  const { descriptionZh, descriptionEn } = splitDescription(description?.value ?? name.value);
  return {
    name: name.value,
    kind: 'ENUM',
    nameZh: descriptionZh,
    nameEn: descriptionEn,
    standard: null,
    edition: null,
    source: null,
    entries: values.map((value) => {
      const said = splitDescription(value.description?.value ?? value.name.value);
      return { code: value.name.value, nameZh: said.descriptionZh, nameEn: said.descriptionEn };
    }),
  };
}

type Unversioned = Omit<PublishedDictionary, 'version'>;

function withVersion(dictionary: Unversioned): PublishedDictionary {
  const digest = createHash('sha256').update(JSON.stringify(dictionary)).digest('hex');
  return { ...dictionary, version: digest.slice(0, 16) };
}
