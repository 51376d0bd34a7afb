import type { EntityTable } from '../../kit/store/entity-table.ts';
import type { PlaceScope } from '../../kit/store/place-scope.ts';

/** A table of party building: each is kept to the caller's area. */
export type PartyTable<Row extends { readonly id: string }> = EntityTable<Row> & { readonly place: PlaceScope };
