import { findKey, globalId } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow, rootPage } from '../../../kit/graph/connection.ts';
import { type DataCard, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import {
  addressesBelowList,
  communityEstateList,
  findAddressPaths,
  type StandardAddressRow,
  standardAddressList,
} from '../../store/addresses/standard-address-rows.ts';
import { addressDwellingList } from '../../store/dwelling-rows.ts';
import { builder, Community, Grid, Provenance } from '../builder.ts';
import {
  Dwelling,
  DwellingConnection,
  StandardAddress,
  StandardAddressConnection,
  standardAddressLoader,
} from '../entities.ts';

/** Estates, buildings and stairwells as the map shows them; rooms are dwellings, and those are not open. */
export const ADDRESS_CARD: DataCard = {
  source: 'public-security',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'PUBLIC',
  updateCycle: 'ON_CHANGE',
};

export const AddressLevel = builder.enumType('AddressLevel', {
  description: '地址层级 Level of a standard address.',
  values: {
    ESTATE: { description: '小区（自然村） An estate, or a hamlet in the countryside.' },
    BUILDING: { description: '楼栋 A building.' },
    STAIRWELL: { description: '单元 A stairwell of a building.' },
  },
});

StandardAddress.implement({
  description:
    '标准地址 A part of the city that addresses are made of: estate, building, stairwell. Open to every caller.',
  card: ADDRESS_CARD,
  entity: standardAddressLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('StandardAddress', id),
    }),
    level: t.field({ type: AddressLevel, description: '层级 Level.', resolve: ({ level }) => level }),
    name: t.exposeString('name', { description: '名称 Name below its parent, e.g. 3幢.' }),
    address: t.exposeString('addressText', { description: '地址全文 The whole text from the township down.' }),
    validFrom: t.expose('validFrom', {
      type: 'LocalDate',
      nullable: true,
      description: '启用日期 First day; null: on record for as long as the hub knows.',
    }),
    validTo: t.expose('validTo', { type: 'LocalDate', nullable: true, description: '停用日期 Null while in use.' }),
    parent: t.field({
      type: StandardAddress,
      nullable: true,
      description: '上级地址 The address above; null for an estate.',
      card: KEY_CARD,
      ...standardAddressLoader.below(({ parentId }: { readonly parentId: string | null }) =>
        parentId === null ? null : globalId('StandardAddress', parentId),
      ),
    }),
    children: t.field({
      type: StandardAddressConnection,
      description: '下级地址 Addresses directly below, by name.',
      card: KEY_CARD,
      args: pageArguments(t.arg),
      resolve: ({ id }, page, context, info) =>
        pageBelow(
          addressesBelowList,
          { column: 't.parent_id', cast: 'uuid', key: id },
          page,
          { sort: 'NAME', filter: {} },
          context,
          info,
        ),
    }),
    dwellings: t.field({
      type: DwellingConnection,
      description: '房屋 Dwellings that hang directly below it, inside the caller’s area, by number.',
      card: KEY_CARD,
      args: pageArguments(t.arg),
      resolve: ({ id }, page, context, info) =>
        pageBelow(
          addressDwellingList,
          { column: 't.address_id', cast: 'uuid', key: id },
          page,
          { sort: 'ROOM', filter: {} },
          context,
          info,
        ),
    }),
    community: t.field({
      type: Community,
      description: '所在社区 Community of the address.',
      card: KEY_CARD,
      resolve: ({ communityCode }) => ({ id: globalId('Community', communityCode) }),
    }),
    grid: t.field({
      type: Grid,
      nullable: true,
      description: '所在网格 Grid of a building or stairwell; null for an estate, which may lie in several.',
      card: KEY_CARD,
      resolve: ({ gridCode }) => (gridCode === null ? null : { id: globalId('Grid', gridCode) }),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

builder.objectField(Dwelling, 'standardAddress', (t) =>
  t.field({
    type: [StandardAddress],
    description: '标准地址各级 From the estate down to what the dwelling hangs below; empty for one not yet placed.',
    card: KEY_CARD,
    resolve: ({ addressId }, _args, { store, trace, loaders }) =>
      addressId === null
        ? []
        : loaders
            .get<StandardAddressRow[]>('addressPaths', (ids) => findAddressPaths(store, ids, trace))
            .load(addressId),
  }),
);

builder.objectField(Community, 'estates', (t) =>
  t.field({
    type: StandardAddressConnection,
    description: '小区 Estates and hamlets of the community, by name.',
    card: KEY_CARD,
    args: pageArguments(t.arg),
    resolve: ({ id }, page, context, info) =>
      pageBelow(
        communityEstateList,
        { column: 't.community_code', cast: 'text', key: findKey('Community', id) ?? '' },
        page,
        { sort: 'NAME', filter: {} },
        context,
        info,
      ),
  }),
);

builder.queryFields((t) => ({
  standardAddress: t.field({
    type: StandardAddress,
    nullable: true,
    description: '按编号查标准地址 A standard address by global id.',
    args: { id: t.arg.id({ required: true, description: '全局编号 Global id.' }) },
    resolve: (_root, { id }, context) => standardAddressLoader.load(id, context),
  }),
  standardAddresses: t.field({
    type: StandardAddressConnection,
    description: '标准地址列表 Addresses of one level in a division, by name.',
    args: {
      ...pageArguments(t.arg),
      level: t.arg({ type: AddressLevel, required: true, description: '层级 Level.' }),
      divisionCode: t.arg.string({ required: true, description: '区划代码 City to community.' }),
    },
    resolve: (_root, { level, divisionCode, ...page }, context, info) =>
      rootPage(standardAddressList, page, { sort: 'NAME', filter: { level, divisionCode } }, context, info),
  }),
}));
