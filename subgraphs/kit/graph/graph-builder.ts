import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTime, GraphQLLocalDate } from 'graphql-scalars';
import type { SubgraphContext } from '../subgraph-context.ts';
import { GRAPH_CARD } from './data-card.ts';
import GraphPlugin from './graph-plugin.ts';

/**
 * Pothos types of one subgraph. Dates are `YYYY-MM-DD` texts, instants are `Date`s; fields are non-null unless they
 * say `nullable: true`.
 */
export interface GraphTypes<Store> {
  Context: SubgraphContext<Store>;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    LocalDate: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
  };
  Interfaces: { Node: object };
  Directives: {
    key: { locations: 'OBJECT' | 'INTERFACE'; args: { fields: string; resolvable?: boolean } };
    shareable: { locations: 'OBJECT' | 'FIELD_DEFINITION'; args: Record<string, never> };
    inaccessible: { locations: 'FIELD_DEFINITION'; args: Record<string, never> };
  };
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** What Postgres gives as a date is one; the library's own look at it costs more than reading the row. */
const LOCAL_DATE = new GraphQLScalarType<string, string>({
  ...GraphQLLocalDate.toConfig(),
  serialize: (value) => (typeof value === 'string' && DATE.test(value) ? value : GraphQLLocalDate.serialize(value)),
});

/** The one factory of builders: plugin options are global types, so every subgraph builds with the same ones. */
export function createGraphBuilder<Store>() {
  const builder = new SchemaBuilder<GraphTypes<Store>>({
    plugins: [GraphPlugin, DirectivesPlugin],
    defaultFieldNullability: false,
    directives: { useGraphQLToolsUnorderedDirectives: true },
  });
  builder.addScalarType('LocalDate', LOCAL_DATE, {
    description: '日期 YYYY-MM-DD。 A calendar date without a time zone.',
  });
  builder.addScalarType('DateTime', GraphQLDateTime, {
    description: '时刻（RFC 3339）。 An instant, with its offset.',
  });
  builder.interfaceType('Node', {
    description: '全局对象 Anything with a global id.',
    card: GRAPH_CARD,
    fields: (t) => ({
      id: t.id({
        description: '全局编号 Global id, opaque to clients.',
        // Types with a key of their own resolve it themselves; references carry it.
        resolve: (value) => (value as { id: string }).id,
      }),
    }),
    resolveType: (value) => (value as { __typename: string }).__typename,
  });
  return builder;
}

export type GraphBuilder<Store> = ReturnType<typeof createGraphBuilder<Store>>;
