/** A reference to an entity, as a gateway sends it. */
export interface Representation {
  readonly __typename: string;
  readonly [key: string]: unknown;
}

/** The ids of references of one type by nothing but their ids, which is what most plans ask for; undefined for others. */
export function plainIds(representations: readonly Representation[], typeName: string): string[] | undefined {
  const ids: string[] = [];
  for (const representation of representations) {
    if (representation.__typename !== typeName || typeof representation.id !== 'string') return undefined;
    for (const key in representation) if (key !== 'id' && key !== '__typename') return undefined;
    ids.push(representation.id);
  }
  return ids;
}
