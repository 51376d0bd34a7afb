import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { statCodeOf } from '../../../kit/store/division-filter.ts';
import {
  communityOrganizations,
  organizationList,
  organizationUnits,
  socialOrganizationList,
} from '../../store/bodies/organization-rows.ts';
import { builder, Provenance, StandardAddress } from '../builder.ts';
import { ORGANIZATION_CARD } from '../cards.ts';
import {
  Community,
  communityLoader,
  Division,
  divisionLoader,
  Organization,
  OrganizationConnection,
  organizationLoader,
} from '../entities.ts';
import { globalIdOrNull, loadShortList } from '../entity-loading.ts';
import {
  OfficeStructure,
  OrganizationKind,
  SocialOrganizationField,
  SocialOrganizationForm,
  SocialOrganizationRegistration,
} from './vocabulary.ts';

Organization.implement({
  description:
    '组织机构 A body: department, office, social organization, owners’ committee, incubator, alliance, team.',
  card: ORGANIZATION_CARD,
  entity: organizationLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('Organization', id),
    }),
    kind: t.field({ type: OrganizationKind, description: '类型 Kind.', resolve: ({ kind }) => kind }),
    name: t.exposeString('name', { description: '名称 Name.' }),
    form: t.field({
      type: SocialOrganizationForm,
      nullable: true,
      description: '形式 Form of a social organization.',
      resolve: ({ form }) => form,
    }),
    field: t.field({
      type: SocialOrganizationField,
      nullable: true,
      description: '领域 Field of a social organization.',
      resolve: ({ field }) => field,
    }),
    registration: t.field({
      type: SocialOrganizationRegistration,
      nullable: true,
      description: '登记或备案 Registered or filed.',
      resolve: ({ registration }) => registration,
    }),
    structure: t.field({
      type: OfficeStructure,
      nullable: true,
      description: '机构设置模式 How an office is set up.',
      resolve: ({ structure }) => structure,
    }),
    uscc: t.exposeString('uscc', {
      nullable: true,
      description: '统一社会信用代码 GB 32100 code, 18 characters; null for a body without one.',
    }),
    estateName: t.exposeString('estateName', { nullable: true, description: '小区 Estate of an owners’ committee.' }),
    rating: t.exposeInt('rating', {
      nullable: true,
      description: '评级 Rating of a property service, 1 to 5.',
      card: { unit: '星 stars' },
    }),
    phone: t.exposeString('phone', { nullable: true, description: '电话 Telephone of the body, as published.' }),
    address: t.exposeString('addressText', { nullable: true, description: '地址 Address of the body; null: 待补.' }),
    estate: t.field({
      type: StandardAddress,
      nullable: true,
      description: '小区（标准地址） The estate that the body is about, on its standard address.',
      card: KEY_CARD,
      resolve: ({ estateId }) => (estateId === null ? null : { id: globalId('StandardAddress', estateId) }),
    }),
    establishedOn: t.expose('establishedOn', { type: 'LocalDate', nullable: true, description: '成立日期 First day.' }),
    dissolvedOn: t.expose('dissolvedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '注销日期 First day on which it is no more.',
    }),
    parent: t.field({
      type: Organization,
      nullable: true,
      description: '上级机构 The body that it is a unit of.',
      card: KEY_CARD,
      resolve: ({ parentId }, _args, context) => {
        const id = globalIdOrNull('Organization', parentId);
        return id === null ? null : organizationLoader.load(id, context);
      },
    }),
    units: t.field({
      type: [Organization],
      description: '内设机构 Units of the body, by name.',
      card: KEY_CARD,
      resolve: ({ id }, _args, context) => loadShortList(organizationUnits, id, context),
    }),
    division: t.field({
      type: Division,
      nullable: true,
      description: '所属区划 The finest division that it belongs to.',
      card: KEY_CARD,
      resolve: ({ communityCode, townshipCode, countyCode, cityCode }, _args, context) =>
        divisionLoader.load(
          globalId('Division', statCodeOf(communityCode ?? townshipCode ?? countyCode ?? cityCode)),
          context,
        ),
    }),
    community: t.field({
      type: Community,
      nullable: true,
      description: '所在社区 Community of the body.',
      card: KEY_CARD,
      resolve: ({ communityCode }, _args, context) => {
        const id = globalIdOrNull('Community', communityCode);
        return id === null ? null : communityLoader.load(id, context);
      },
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (organization, _args, context) => loadProvenance(organization.provenanceId, context),
    }),
  }),
});

builder.objectField(Community, 'organizations', (t) =>
  t.field({
    type: [Organization],
    description:
      '辖内组织 Bodies of the community by kind and name: owners’ committees, studios, social organizations.',
    card: KEY_CARD,
    args: { kind: t.arg({ type: OrganizationKind, description: '类型 Only this kind.' }) },
    resolve: async ({ statCode }, { kind }, context) => {
      const all = await loadShortList(communityOrganizations, statCode, context);
      return kind == null ? all : all.filter((organization) => organization.kind === kind);
    },
  }),
);

builder.queryFields((t) => ({
  organization: t.field({
    type: Organization,
    nullable: true,
    description: '按编号查组织 A body by its global id.',
    args: { id: t.arg.id({ required: true, description: '全局编号 Global id.' }) },
    resolve: (_root, { id }, context) => organizationLoader.load(id, context),
  }),
  organizations: t.field({
    type: OrganizationConnection,
    description: '组织列表 Bodies of one kind in a division, by name.',
    args: {
      ...pageArguments(t.arg),
      kind: t.arg({ type: OrganizationKind, required: true, description: '类型 Kind.' }),
      divisionCode: t.arg.string({ required: true, description: '区划代码 City or a division below it.' }),
    },
    resolve: (_root, { kind, divisionCode, ...page }, context, info) =>
      rootPage(organizationList, page, { sort: 'NAME', filter: { kind, divisionCode } }, context, info),
  }),
  socialOrganizations: t.field({
    type: OrganizationConnection,
    description: '社会组织列表 Social organizations of a division, by name.',
    args: {
      ...pageArguments(t.arg),
      divisionCode: t.arg.string({ required: true, description: '区划代码 City or a division below it.' }),
      field: t.arg({ type: SocialOrganizationField, required: true, description: '领域 Field.' }),
    },
    resolve: (_root, { divisionCode, field, ...page }, context, info) =>
      rootPage(socialOrganizationList, page, { sort: 'NAME', filter: { divisionCode, field } }, context, info),
  }),
}));
