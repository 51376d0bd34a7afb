import type { BatchLoader } from '../batch-loader.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import type { FieldInfo } from './selected-fields.ts';

/**
 * A field whose value is loaded by a key of the row above: what a resolver says of one row, so that it can be said of all
 * rows of a level at once.
 */
export interface LoadedBelow<Row, Arguments, Value, Store, Key extends string | null | undefined> {
  /** Null or undefined: the field is null. */
  keyOf(row: Row): Key;
  /** The operation's loader: the same one for the same arguments. */
  loaderOf(args: Arguments, context: SubgraphContext<Store>, info: FieldInfo): BatchLoader<Value>;
  /** Asks for more that is certain to be wanted of the rows' values and needs nothing of these but their keys. */
  alongside?(rows: readonly Row[], context: SubgraphContext<Store>, info: FieldInfo): void;
}

/** As fields carry it. */
export type AnyLoadedBelow = LoadedBelow<object, object, unknown, unknown, string | null | undefined>;

/** The options `resolve` and `loaded` of a field that is loaded by a key: of what is there already it answers at once. */
export function loadedBelow<Row, Arguments, Value, Store, Key extends string | null | undefined>(
  below: LoadedBelow<Row, Arguments, Value, Store, Key>,
) {
  type Absent = Key extends string ? never : null;
  return {
    loaded: below as unknown as AnyLoadedBelow,
    resolve: (
      row: Row,
      args: Arguments,
      context: SubgraphContext<Store>,
      info: FieldInfo,
    ): Value | Promise<Value> | Absent => {
      const key = below.keyOf(row);
      if (key == null) return null as Absent;
      below.alongside?.([row], context, info);
      return below.loaderOf(args, context, info).ask(key);
    },
  };
}
