import { globalId } from '../../kit/global-id.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { loadProvenance } from '../../kit/graph/provenance.ts';
import type { AvailableTransition } from '../../kit/machine/state-machine.ts';
import type { TransitionStep } from '../../kit/machine/transition-types.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import type { ServicesStore } from '../store/services-store.ts';
import { type builder, Community, Provenance, transitionTypes } from './builder.ts';
import { loadHistory } from './history.ts';

/** The `t` of an object type over rows of this shape. */
export type FieldsOf<Row extends object> = PothosSchemaTypes.ObjectFieldBuilder<
  (typeof builder)['$inferSchemaTypes'],
  Row
>;

type Context = SubgraphContext<ServicesStore>;

/** The fields that every entity has: its global id and where it came from. */
export function entityFields<Row extends { readonly id: string; readonly provenanceId: string }>(
  t: FieldsOf<Row>,
  typeName: string,
) {
  return {
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: (row) => globalId(typeName, row.id) }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (row, _args, context) => loadProvenance(row.provenanceId, context),
    }),
  };
}

/** The community of a place-scoped row. */
export function communityField<Row extends { readonly communityCode: string }>(t: FieldsOf<Row>) {
  return t.field({
    type: Community,
    description: '所在社区 Its community.',
    card: KEY_CARD,
    resolve: (row) => ({ id: globalId('Community', row.communityCode) }),
  });
}

/** What a thing with a state machine shows of it. */
export function machineFields<Row extends { readonly id: string }>(
  t: FieldsOf<Row>,
  machine: TransitionStep['machine'],
  available: (row: Row, context: Context) => AvailableTransition[] | Promise<AvailableTransition[]>,
) {
  return {
    availableTransitions: t.field({
      type: [transitionTypes.Transition],
      description: '可用流转 What the caller may do with it now.',
      resolve: (row, _args, context) => available(row, context),
    }),
    history: t.field({
      type: [transitionTypes.TransitionStep],
      description: '流转记录 Steps in their order, the first 100.',
      resolve: (row, _args, context) => loadHistory(row.id, machine, context),
    }),
  };
}
