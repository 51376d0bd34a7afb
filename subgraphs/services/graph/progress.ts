import type { ProgressType } from '../../kit/follow-codes.ts';
import { findKey, globalId } from '../../kit/global-id.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { type EntityLoader, entityLoader } from '../../kit/graph/entity-loader.ts';
import { REFERENCE_ROWS } from '../../kit/graph/row-scope.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import type { ServicesStore } from '../store/services-store.ts';
import type { FieldsOf } from './entity-fields.ts';

type Context = SubgraphContext<ServicesStore>;

/**
 * 凭码可查的进度 — the public view of a thing under its code, whose global id is `<type>:<code>`: to whoever holds the code
 * it is there wherever the thing lies, to nobody else. `find` reads the rows behind the codes in one statement.
 */
export function progressLoader<Row extends { readonly id: string }>(
  type: ProgressType,
  find: (ids: readonly string[], context: Context) => Promise<readonly (Row | null)[]>,
): EntityLoader<Row, ServicesStore> {
  return entityLoader<Row, ServicesStore>(
    type,
    REFERENCE_ROWS,
    (id) => findKey(type, id),
    async (codes, context) => {
      const ids = codes.map((code) => context.store.codes.findId(type, code));
      const known = ids.filter((id) => id !== undefined);
      const rows = known.length === 0 ? [] : await find(known, context);
      let next = 0;
      return ids.map((id) => (id === undefined ? null : (rows[next++] ?? null)));
    },
  );
}

/** Global id of the progress of a thing. */
export function progressId(type: ProgressType, id: string, { store }: Context): string {
  return globalId(type, store.codes.codeOf(type, id));
}

/** The fields that every progress has: the id under which it is followed and the code in it. */
export function progressFields<Row extends { readonly id: string }>(
  t: FieldsOf<Row>,
  type: ProgressType,
  codeField: string,
) {
  return {
    id: t.id({
      description: '全局编号 Global id, made of the code; `progressChanged` follows it.',
      card: KEY_CARD,
      resolve: (row, _args, context) => progressId(type, row.id, context),
    }),
    [codeField]: t.string({
      description: '查询码 The code itself.',
      resolve: (row, _args, { store }) => store.codes.codeOf(type, row.id),
    }),
  };
}
