import type { InputObjectRef, ObjectRef } from '@pothos/core';
import { isRefusal, type Refusal } from '../codes/refusals.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import type { DataCard } from './data-card.ts';
import { GRAPH_CARD } from './data-card.ts';
import type { GraphBuilder, GraphTypes } from './graph-builder.ts';

type Types<Store> = PothosSchemaTypes.ExtendDefaultTypes<GraphTypes<Store>>;

/** What a mutation is made of; `name` gives `<Name>Success` and `<Name>Payload`. */
export interface MutationOptions<Store, Input extends object, Answer extends object, Row extends object> {
  readonly name: string;
  readonly description: string;
  readonly card: Partial<DataCard>;
  readonly input: InputObjectRef<Types<Store>, Input>;
  /** Refusal types beside the success. */
  readonly refusals: readonly ObjectRef<Types<Store>, Refusal>[];
  readonly run: (input: Input, context: SubgraphContext<Store>) => Promise<Answer | Refusal>;
  /** The one field of the success: what was written, read anew for the caller. */
  readonly result: {
    readonly field: string;
    readonly type: ObjectRef<Types<Store>, Row>;
    readonly description: string;
    readonly load: (answer: Answer, context: SubgraphContext<Store>) => Promise<Row | null> | Row | null;
  };
}

/** Declares a mutation: one input, one success type with one field, one union of success and typed refusals. */
export function defineMutation<Store, Input extends object, Answer extends object, Row extends object>(
  builder: GraphBuilder<Store>,
  options: MutationOptions<Store, Input, Answer, Row>,
): void {
  const { name, description, card, input, refusals, result, run } = options;
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const Success = builder.objectRef<Answer>(`${title}Success`).implement({
    description: '办理完成 It was done.',
    card: GRAPH_CARD,
    fields: (t) => ({
      [result.field]: t.field({
        type: result.type,
        nullable: true,
        description: `${result.description} Null when it has left the caller’s area since.`,
        // Pothos cannot follow the generic shape of `type`; `load` is declared to answer it.
        resolve: ((answer: Answer, _args: object, context: SubgraphContext<Store>) =>
          result.load(answer, context)) as never,
      }),
    }),
  });
  const Payload = builder.unionType(`${title}Payload`, {
    description: '办理结果 Done, or why not.',
    // A union does not mind what shapes its members have.
    types: [Success, ...refusals] as never,
    resolveType: (value) => (value as { __typename: string }).__typename,
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: Payload,
      nullable: true,
      description,
      card,
      args: { input: t.arg({ type: input, required: true, description: '输入 What to do.' }) },
      // The argument's shape is Input by the declaration of `input`; the payload is told apart by its __typename.
      resolve: (async (_root: unknown, args: { input: Input }, context: SubgraphContext<Store>) => {
        const answer = await run(args.input, context);
        context.loaders.clear();
        return isRefusal(answer) ? answer : { ...answer, __typename: `${title}Success` };
      }) as never,
    }),
  );
}
