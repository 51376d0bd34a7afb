import { findKey } from '../global-id.ts';
import { KEY_CARD } from './data-card.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** A reference to an entity of another subgraph: nothing but its id. */
export interface EntityReference {
  readonly id: string;
}

/**
 * Declares another subgraph's entity here, so that fields can point to it or be added to it with `builder.objectField`.
 * A reference of the wrong type resolves to null.
 */
export function foreignEntity<Store>(builder: GraphBuilder<Store>, typeName: string) {
  return builder.objectRef<EntityReference>(typeName).implement({
    card: KEY_CARD,
    entity: {
      // With the name that a reference is told by: an object that is given one later on changes its shape.
      resolveReferences: (ids) =>
        ids.map((id) => (findKey(typeName, id) === undefined ? null : { __typename: typeName, id })),
    },
    interfaces: ['Node'],
    fields: (t) => ({ id: t.exposeID('id') }),
  });
}
