import { findCodeKey } from '../../../kit/global-id.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { DIVISION_FACTS, followDivisionChange } from '../../rules/moves/follow-division-change.ts';
import { findMovesFrom, type ResidentMoveRow } from '../../store/moves/resident-move-rows.ts';
import { builder, Division, refusalTypes } from '../builder.ts';

const MOVE_CARD: DataCard = {
  source: 'public-security',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
};

const ResidentMove = builder.objectRef<ResidentMoveRow>('ResidentMove').implement({
  description: '居民随迁 That the residents of a grid follow it to what took its place.',
  card: MOVE_CARD,
  fields: (t) => ({
    fromGridCode: t.exposeString('fromGridCode', { description: '原网格 Code of the former grid.' }),
    toGridCode: t.exposeString('toGridCode', { description: '现网格 Code of the grid that they are in from now on.' }),
    effectiveOn: t.expose('effectiveOn', { type: 'LocalDate', description: '生效日期 First day.' }),
    movedPersons: t.exposeInt('movedPersons', {
      description: '已随迁人数 Moved so far.',
      card: { unit: '人 persons', derivedFrom: 'count of Person' },
    }),
    movedAt: t.expose('movedAt', {
      type: 'DateTime',
      nullable: true,
      description: '完成时间 When the last one was moved; null while it goes on.',
    }),
  }),
});

builder.objectField(Division, 'residentMoves', (t) =>
  t.field({
    type: [ResidentMove],
    description: '居民随迁 How far the residents of its grids have followed them.',
    card: MOVE_CARD,
    resolve: ({ id }, _args, { store, trace, loaders }) => {
      const code = findCodeKey('Division', 12, id);
      return code === undefined
        ? []
        : loaders.get<ResidentMoveRow[]>('residentMoves', (codes) => findMovesFrom(store, codes, trace)).load(code);
    },
  }),
);

defineMutation(builder, {
  name: 'followDivisionChange',
  description:
    '居民随迁 Has the residents, dwellings and households of a changed division follow its grids, batch by batch, with their history.',
  card: { source: 'public-security', right: 'residence.write' },
  input: builder.inputType('FollowDivisionChangeInput', {
    description: '居民随迁 Which division was changed.',
    fields: (t) => ({
      divisionId: t.id({
        required: true,
        description: '原区划 The village or community that ended, or that a part was split off from.',
        references: { type: 'Division', refusal: 'DIVISION_NOT_FOUND', facts: DIVISION_FACTS },
      }),
      idempotencyKey: t.string({
        required: true,
        description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
      }),
    }),
  }),
  refusals: [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  run: (input, context) => followDivisionChange(context, input),
  result: {
    field: 'division',
    type: Division,
    description: '原区划 The division, with how far its residents have followed.',
    load: ({ divisionId }) => ({ id: divisionId }),
  },
});
