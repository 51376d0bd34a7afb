import { isTargetMet, measuredIndicator } from '../../../kit/graph/indicator-figure.ts';
import { catalogMeasures } from '../../store/chain/measures.ts';
import { builder } from '../builder.ts';
import { CATALOG_CARD } from '../entities.ts';
import type { ForeignEntities } from '../node.ts';

/** Adds what the catalogue counts to the indicators of another subgraph. */
export function defineCatalogIndicator(entities: ForeignEntities): void {
  const indicator = entities.get('Indicator');
  const target = entities.get('IndicatorTarget');
  if (indicator === undefined || target === undefined) return;
  builder.objectField(indicator, 'catalogComputed', (t) =>
    t.float({
      nullable: true,
      description:
        '目录计算值 What the rows of the catalogue give for the city on the day asked for: systems, platforms, modules, scenarios, rows of sources; null where the indicator measures none of them, for a part of the city, and outside the caller’s area.',
      card: { ...CATALOG_CARD, updateCycle: 'REALTIME', derivedFrom: 'measure over rows' },
      resolve: ({ id }, _args, context) => measuredIndicator(id, catalogMeasures, context),
    }),
  );
  builder.objectField(target, 'catalogMet', (t) =>
    t.boolean({
      nullable: true,
      description:
        '是否达到（目录） Whether the figure that the rows of the catalogue give meets the target; null where the indicator measures none of them.',
      card: { ...CATALOG_CARD, updateCycle: 'REALTIME', derivedFrom: 'catalogComputed, operator, value' },
      resolve: ({ id }, _args, context) => isTargetMet(id, catalogMeasures, context),
    }),
  );
}
