import { globalId } from '../../../kit/global-id.ts';
import { defineConnection, pageArguments, pageBelow, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { statCodeOf } from '../../../kit/store/division-filter.ts';
import { findRowsById } from '../../../kit/store/entity-table.ts';
import {
  VOLUNTEER_STATION_TABLE,
  type VolunteerStationRow,
  volunteerStationList,
} from '../../store/linkage/volunteer-station-rows.ts';
import { builder, Division, PageInfo, Provenance } from '../builder.ts';
import { PARTY_ORGANIZATION_CARD } from '../cards.ts';
import { organizationLoader, PartyOrganization } from '../entities.ts';
import { VolunteerStationLevel } from './vocabulary.ts';

const VolunteerStation = builder.objectRef<VolunteerStationRow>('VolunteerStation');
const VolunteerStationConnection = defineConnection(builder, 'VolunteerStation', VolunteerStation, PageInfo);

VolunteerStation.implement({
  description: '志愿服务站点 A node of the party’s volunteer service: centre, stations, points, teams.',
  card: PARTY_ORGANIZATION_CARD,
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('VolunteerStation', id),
    }),
    level: t.field({ type: VolunteerStationLevel, description: '层级 Level.', resolve: ({ level }) => level }),
    name: t.exposeString('name', { description: '名称 Name.' }),
    establishedOn: t.expose('establishedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '成立日期 Since when it stands; null: not known, and counted on every day.',
    }),
    division: t.field({
      type: Division,
      description: '所在区划 The finest division that it belongs to.',
      card: KEY_CARD,
      resolve: ({ communityCode, townshipCode, countyCode, cityCode }) => ({
        id: globalId('Division', statCodeOf(communityCode ?? townshipCode ?? countyCode ?? cityCode)),
      }),
    }),
    parent: t.field({
      type: VolunteerStation,
      nullable: true,
      description: '上级站点 The node above.',
      card: KEY_CARD,
      resolve: ({ parentId }, _args, { store, caller, trace, loaders }) =>
        parentId === null
          ? null
          : loaders
              .get<VolunteerStationRow | null>('volunteerStation', (ids) =>
                findRowsById(store, VOLUNTEER_STATION_TABLE, ids, caller, trace),
              )
              .load(parentId),
    }),
    children: t.field({
      type: VolunteerStationConnection,
      description: '下级站点 Nodes directly below.',
      card: KEY_CARD,
      args: pageArguments(t.arg),
      resolve: ({ id }, page, context, info) =>
        pageBelow(
          { ...volunteerStationList, name: 'party.volunteer_station_children' },
          { column: 't.parent_id', cast: 'uuid', key: id },
          page,
          { sort: 'ID', filter: {} },
          context,
          info,
        ),
    }),
    partyOrganization: t.field({
      type: PartyOrganization,
      nullable: true,
      description: '所属党组织 Party organization whose team it is.',
      card: KEY_CARD,
      resolve: ({ organizationId }, _args, context) =>
        organizationId === null
          ? null
          : organizationLoader.load(globalId('PartyOrganization', organizationId), context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

const VolunteerStationFilter = builder.inputType('VolunteerStationFilter', {
  description: '志愿服务站点筛选 Which nodes; all given conditions hold together.',
  fields: (t) => ({
    divisionCode: t.string({ description: '区划代码 Inside this city or a division below it.' }),
    level: t.field({ type: VolunteerStationLevel, description: '层级 Level.' }),
  }),
});

builder.queryField('volunteerStations', (t) =>
  t.field({
    type: VolunteerStationConnection,
    description: '志愿服务站点列表 Nodes of the volunteer service.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: VolunteerStationFilter, description: '筛选 Which.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(volunteerStationList, page, { sort: 'LEVEL', filter: { ...filter } }, context, info),
  }),
);
