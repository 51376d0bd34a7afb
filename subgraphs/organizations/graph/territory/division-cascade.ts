import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { requireDivisionCode } from '../../../kit/store/division-filter.ts';
import { type DivisionRow, findDivisionsAlong } from '../../store/territory/division-rows.ts';
import { builder } from '../builder.ts';
import { DIVISION_CARD } from '../cards.ts';
import { Division } from '../entities.ts';
import { DivisionLevel } from '../vocabulary.ts';
import { statCodesDownTo } from './division-tiers.ts';

interface Column {
  readonly parent: DivisionRow | undefined;
  readonly selected: DivisionRow | undefined;
  readonly options: readonly DivisionRow[];
}

const DivisionColumn = builder.objectRef<Column>('DivisionColumn').implement({
  description: '级联选择的一列 One column of a cascader: what may be chosen below the choice before it.',
  card: GRAPH_CARD,
  fields: (t) => ({
    parent: t.field({
      type: Division,
      nullable: true,
      description: '上级 Whose divisions these are; null for the provinces.',
      resolve: ({ parent }) => parent ?? null,
    }),
    selected: t.field({
      type: Division,
      nullable: true,
      description: '已选 The one on the way to the given code; null in the last column.',
      resolve: ({ selected }) => selected ?? null,
    }),
    levels: t.field({
      type: [DivisionLevel],
      description: '层级 Tiers that its options have: a missing tier is passed over, and some have two.',
      resolve: ({ options }) => [...new Set(options.map(({ level }) => level))],
    }),
    options: t.field({
      type: [Division],
      description: '可选项 All divisions directly below, by code.',
      resolve: ({ options }) => [...options],
    }),
  }),
});

builder.queryField('divisionCascade', (t) =>
  t.field({
    type: [DivisionColumn],
    description:
      '区划级联 The columns of a cascader down to a division and the choices below it; without a code, the provinces.',
    card: DIVISION_CARD,
    args: { code: t.arg.string({ description: '区划代码 Code of any tier, short or of 12 digits.' }) },
    resolve: async (_root, { code }, { store, trace }) => {
      const wanted = code == null ? '' : requireDivisionCode('code', code, [2, 4, 6, 9, 12]);
      return columnsOf(await findDivisionsAlong(store, statCodesDownTo(wanted), trace), statCodesDownTo(wanted));
    },
  }),
);

/** What is not on record ends the way: a code of the wrong tier shows the columns down to where it still fits. */
function columnsOf(rows: readonly DivisionRow[], path: readonly string[]): Column[] {
  const columns: Column[] = [];
  let parent: DivisionRow | undefined;
  for (;;) {
    const options = rows.filter(({ parentStatCode }) => parentStatCode === (parent?.statCode ?? null));
    if (options.length === 0) return columns;
    const selected = options.find(({ statCode }) => path.includes(statCode));
    columns.push({ parent, selected, options });
    if (selected === undefined) return columns;
    parent = selected;
  }
}
