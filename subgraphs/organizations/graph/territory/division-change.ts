import { globalId } from '../../../kit/global-id.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { requireDivisionCode, statCodeOf } from '../../../kit/store/division-filter.ts';
import {
  type DivisionChangeRow,
  divisionPredecessors,
  divisionSuccessors,
} from '../../store/territory/division-change-rows.ts';
import { builder, Provenance } from '../builder.ts';
import { DIVISION_CARD } from '../cards.ts';
import { Community, Division, divisionLoader } from '../entities.ts';
import { loadShortList } from '../entity-loading.ts';

export const DivisionChangeKind = builder.enumType('DivisionChangeKind', {
  description: '沿革类型 How one division took the place of another.',
  values: {
    CONVERTED: { description: '撤村建居 A village turned into a community.' },
    MERGED: { description: '合并 Merged into it.' },
    SPLIT: { description: '析置 Split off from it.' },
    RENAMED: { description: '更名 Renamed or given another code.' },
  },
});

const DivisionChange = builder.objectRef<DivisionChangeRow>('DivisionChange').implement({
  description: '区划沿革 That a division took the place of another.',
  card: DIVISION_CARD,
  fields: (t) => ({
    fromCode: t.exposeString('fromCode', { description: '原代码 Code of the former division.' }),
    fromName: t.exposeString('fromName', { description: '原名称 Name of the former division.' }),
    toCode: t.exposeString('toCode', { description: '现代码 Code of the division that took its place.' }),
    kind: t.field({ type: DivisionChangeKind, description: '沿革类型 How.', resolve: ({ kind }) => kind }),
    effectiveOn: t.expose('effectiveOn', {
      type: 'LocalDate',
      nullable: true,
      description: '生效日期 First day of the new one; null: 待补.',
    }),
    confirmed: t.exposeBoolean('confirmed', {
      description: '是否已核实 False: not confirmed against the published decision.',
    }),
    to: t.field({
      type: Division,
      nullable: true,
      description: '现区划 The division that took its place.',
      card: KEY_CARD,
      resolve: ({ toCode }, _args, context) => divisionLoader.load(globalId('Division', statCodeOf(toCode)), context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (change, _args, context) => loadProvenance(change.provenanceId, context),
    }),
  }),
});

builder.objectFields(Division, (t) => ({
  predecessors: t.field({
    type: [DivisionChange],
    description: '前身 Divisions whose place it took, the latest first.',
    card: KEY_CARD,
    resolve: ({ code }, _args, context) => loadShortList(divisionPredecessors, code, context),
  }),
  successors: t.field({
    type: [DivisionChange],
    description: '后继 Divisions that took its place.',
    card: KEY_CARD,
    resolve: ({ code }, _args, context) => loadShortList(divisionSuccessors, code, context),
  }),
}));

builder.objectField(Community, 'predecessors', (t) =>
  t.field({
    type: [DivisionChange],
    description: '前身 What the community was before, e.g. the village that was converted.',
    card: KEY_CARD,
    resolve: ({ statCode }, _args, context) => loadShortList(divisionPredecessors, statCode, context),
  }),
);

builder.queryField('divisionSuccessors', (t) =>
  t.field({
    type: [DivisionChange],
    description: '按代码查后继 What took the place of a code, which need not be in the present list (e.g. 330104).',
    card: DIVISION_CARD,
    args: { code: t.arg.string({ required: true, description: '区划代码 2 to 12 digits.' }) },
    resolve: (_root, { code }, context) =>
      loadShortList(divisionSuccessors, requireDivisionCode('code', code, [2, 4, 6, 9, 12]), context),
  }),
);
