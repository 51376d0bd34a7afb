import type { Refusal } from '../../../kit/codes/refusals.ts';
import { isRefusal } from '../../../kit/codes/refusals.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import type { EntityLoader } from '../../../kit/graph/entity-loader.ts';
import type { MatterAdvanced } from '../../rules/matters/advance-matter.ts';
import type { Gap } from '../../rules/sharing/request-gaps.ts';
import type { IncompleteRefusal } from '../../rules/sharing/submit-sharing-request.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { builder, refusalTypes, TransitionRefusal } from '../builder.ts';

const GapType = builder.objectRef<Gap>('RequestGap').implement({
  description: '缺项 One thing that a request lacks.',
  card: GRAPH_CARD,
  fields: (t) => ({
    culprit: t.exposeString('culprit', { description: '问题所在的输入项 Path of the input.' }),
    messageZh: t.exposeString('messageZh', { description: '中文说明 What is missing, in Chinese.' }),
    messageEn: t.exposeString('messageEn', { description: '英文说明 What is missing, in English.' }),
  }),
});

/** A refusal that lists everything at once. */
export const Incomplete = builder.objectRef<IncompleteRefusal>('IncompleteRefusal').implement({
  description: '一次性告知 Everything that is missing, in one list. Nothing was written.',
  card: GRAPH_CARD,
  interfaces: [refusalTypes.Refusal],
  fields: (t) => ({
    gaps: t.field({ type: [GapType], description: '缺项清单 What is missing.', resolve: ({ gaps }) => [...gaps] }),
  }),
});

/** Declares `<Name>Success` with the matter, and `<Name>Payload` over it and the refusals that may come instead. */
export function definePayload<Row extends object>(
  name: string,
  entity: {
    readonly field: string;
    readonly type: ReturnType<typeof builder.objectRef<Row>>;
    readonly loader: EntityLoader<Row, CatalogStore>;
    readonly zh: string;
    readonly en: string;
  },
  kinds: readonly ('TRANSITION' | 'INCOMPLETE')[] = [],
) {
  const success = builder.objectRef<MatterAdvanced & { __typename: string }>(`${name}Success`).implement({
    description: '办理完成 It was recorded.',
    card: GRAPH_CARD,
    fields: (t) => ({
      [entity.field]: t.field({
        type: entity.type,
        nullable: true,
        description: `${entity.zh} ${entity.en}`,
        resolve: ({ id }, _args, context) => entity.loader.load(id, context) as never,
      }),
    }),
  });
  return builder.unionType(`${name}Payload`, {
    description: '办理结果 Done, or why not.',
    types: [
      success,
      refusalTypes.InvalidInput,
      refusalTypes.NotFound,
      refusalTypes.Conflict,
      ...(kinds.includes('TRANSITION') ? [TransitionRefusal] : []),
      ...(kinds.includes('INCOMPLETE') ? [Incomplete] : []),
    ],
    resolveType: (value) => (value as { __typename: string }).__typename,
  });
}

/** The result of a rule as a member of its payload. */
export function asPayload(name: string, result: MatterAdvanced | Refusal): never {
  return (isRefusal(result) ? result : { __typename: `${name}Success`, ...result }) as never; // by definePayload
}

export const IDEMPOTENCY_KEY = {
  required: true,
  description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
} as const;
