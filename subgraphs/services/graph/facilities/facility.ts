import { globalId } from '../../../kit/global-id.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { meetsAreaFloor } from '../../rules/facilities/area-floor.ts';
import { findServedCommunities } from '../../store/facilities/facility-serving-rows.ts';
import { Community, Provenance } from '../builder.ts';
import { Facility, facilityLoader } from '../entities.ts';
import { FacilityKind, FacilityStage, FacilityTier } from '../vocabulary.ts';

/** The facility ledger is open data: it is printed on the doors. */
const FACILITY_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'PUBLIC',
  updateCycle: 'ON_CHANGE',
};

Facility.implement({
  description: '综合服务设施 A facility for the residents of one or several communities.',
  card: FACILITY_CARD,
  entity: facilityLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: (facility) => globalId('Facility', facility.id),
    }),
    kind: t.field({ type: FacilityKind, description: '设施类型 Kind.', resolve: (facility) => facility.kind }),
    name: t.exposeString('name', { description: '设施名称 Name.' }),
    tier: t.field({ type: FacilityTier, description: '设施层级 Who runs it.', resolve: (facility) => facility.tier }),
    areaSquareMetres: t.exposeFloat('areaSquareMetres', {
      description: '建筑面积 Floor area.',
      card: { unit: '平方米 m²' },
    }),
    meetsAreaFloor: t.boolean({
      nullable: true,
      description:
        '面积达标 Whether a community’s party and mass service centre reaches the floor: 600 m² urban, 500 m² rural; null for anything else.',
      card: { derivedFrom: 'areaSquareMetres >= 600 (urban) or 500 (rural, by the community code)' },
      resolve: (facility) => meetsAreaFloor(facility),
    }),
    oneDoor: t.exposeBoolean('oneDoor', { description: '只进一扇门 Whether all matters are handled behind one door.' }),
    stage: t.field({ type: FacilityStage, description: '建用管评阶段 Stage.', resolve: (facility) => facility.stage }),
    openedOn: t.expose('openedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '启用日期 When it opened; null while it is being built.',
    }),
    address: t.exposeString('addressText', { description: '地址 Address.' }),
    community: t.field({
      type: Community,
      description: '所在社区 Community in which it stands.',
      card: KEY_CARD,
      resolve: (facility) => ({ id: globalId('Community', facility.communityCode) }),
    }),
    serves: t.field({
      type: [Community],
      description: '服务范围 Communities that it serves, in code order, up to 200.',
      resolve: async (facility, _args, context) => {
        const codes = await context.loaders
          .get<string[]>('facility:serves', (ids) => findServedCommunities(context.store, ids, context.trace))
          .load(facility.id);
        return codes.map((code) => ({ id: globalId('Community', code) }));
      },
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (facility, _args, context) => loadProvenance(facility.provenanceId, context),
    }),
  }),
});
