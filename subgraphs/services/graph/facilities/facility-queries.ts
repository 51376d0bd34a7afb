import { dateInChina } from '../../../kit/clock.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { facilityList } from '../../store/facilities/facility-rows.ts';
import { builder } from '../builder.ts';
import { Facility, FacilityConnection, facilityLoader } from '../entities.ts';
import { FacilityKind, FacilityStage, FacilityTier } from '../vocabulary.ts';

const FacilityFilter = builder.inputType('FacilityFilter', {
  description: '设施筛选 Which facilities; all given conditions hold together.',
  fields: (t) => ({
    kind: t.field({ type: FacilityKind, description: '设施类型 Kind.' }),
    tier: t.field({ type: FacilityTier, description: '设施层级 Tier.' }),
    stage: t.field({ type: FacilityStage, description: '建用管评阶段 Stage.' }),
    oneDoor: t.boolean({ description: '只进一扇门 Whether all matters are handled behind one door.' }),
    bookable: t.boolean({ description: '可否预约 Whether it can be booked.' }),
    meetsStandard: t.boolean({ description: '是否达标 By the latest assessment; those without one are in neither.' }),
    divisionCode: t.string({
      description: '所在区划代码：4、6、9 或 12 位 Where it stands: 4, 6, 9 or 12 digits, trailing zeros allowed.',
    }),
    meetsAreaFloor: t.boolean({
      description: '面积是否达标 Only community centres that reach their area floor (true) or do not (false).',
    }),
  }),
});

builder.queryFields((t) => ({
  facility: t.field({
    type: Facility,
    nullable: true,
    description: '按编号查设施 A facility by global id.',
    args: { id: t.arg.id({ required: true, description: '全局编号 Global id.' }) },
    resolve: (_root, { id }, context) => facilityLoader.load(id, context),
  }),
  facilities: t.field({
    type: FacilityConnection,
    description: '设施列表 Facilities of the whole city, whatever the caller’s area.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: FacilityFilter, description: '筛选 Which facilities.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(
        facilityList(dateInChina(context.clock.now())),
        page,
        { sort: 'ID', filter: { ...filter } },
        context,
        info,
      ),
  }),
}));
