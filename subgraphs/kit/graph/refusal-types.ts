import type { Refusal, RefusalFamily } from '../codes/refusals.ts';
import { GRAPH_CARD } from './data-card.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** `Transition` is declared with the state machines (`kit/machine`), `Incomplete` by the catalogue: they say more. */
type SharedFamily = Exclude<RefusalFamily, 'Transition' | 'Incomplete'>;

const FAMILIES: Record<SharedFamily, string> = {
  InvalidInput: '输入无效 The input itself is wrong; correct it and send it again.',
  NotFound: '不存在 What the input names does not exist in the caller’s area.',
  Conflict: '状态冲突 The input contradicts what is already recorded.',
};

/** Declares the refusal types that all subgraphs share. Once per subgraph. */
export function defineRefusals<Store>(builder: GraphBuilder<Store>) {
  const refusal = builder.interfaceRef<Refusal>('Refusal').implement({
    description: '拒绝 Why a mutation was not carried out. Nothing was written.',
    card: GRAPH_CARD,
    fields: (t) => ({
      code: t.exposeString('code', { description: '稳定代码 Stable code to switch on.' }),
      messageZh: t.exposeString('messageZh', { description: '中文说明 What is wrong and what to do, in Chinese.' }),
      messageEn: t.exposeString('messageEn', { description: '英文说明 What is wrong and what to do, in English.' }),
      culprit: t.exposeString('culprit', { description: '问题所在的输入项 Path of the input to blame.' }),
    }),
    resolveType: (value) => value.__typename,
  });
  const define = (family: SharedFamily) =>
    builder.objectRef<Refusal>(`${family}Refusal`).implement({
      description: FAMILIES[family],
      card: GRAPH_CARD,
      directives: { shareable: {} },
      interfaces: [refusal],
    });
  return {
    Refusal: refusal,
    InvalidInput: define('InvalidInput'),
    NotFound: define('NotFound'),
    Conflict: define('Conflict'),
  };
}
