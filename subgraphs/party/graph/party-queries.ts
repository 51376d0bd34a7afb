import { pageArguments, rootPage } from '../../kit/graph/connection.ts';
import { organizationList } from '../store/organization-rows.ts';
import { builder } from './builder.ts';
import { MEMBERSHIP } from './cards.ts';
import {
  memberLoader,
  organizationLoader,
  PartyMember,
  PartyOrganization,
  PartyOrganizationConnection,
} from './entities.ts';
import { PartyOrganizationKind } from './vocabulary.ts';

const PartyOrganizationFilter = builder.inputType('PartyOrganizationFilter', {
  description: '党组织筛选 Which party organizations; all given conditions hold together.',
  fields: (t) => ({
    divisionCode: t.string({
      description: '区划或网格代码 Inside this city, a division below it or a grid; short or of 12 digits.',
    }),
    kind: t.field({ type: PartyOrganizationKind, description: '类型 Kind.' }),
  }),
});

builder.queryFields((t) => ({
  partyOrganization: t.field({
    type: PartyOrganization,
    nullable: true,
    description: '按编号查党组织 A party organization by global id.',
    args: { id: t.arg.id({ required: true, description: '全局编号 Global id.' }) },
    resolve: (_root, { id }, context) => organizationLoader.load(id, context),
  }),
  partyOrganizations: t.field({
    type: PartyOrganizationConnection,
    description: '党组织列表 Party organizations.',
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: PartyOrganizationFilter, description: '筛选 Which organizations.' }),
    },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(organizationList, page, { sort: 'ID', filter: { ...filter } }, context, info),
  }),
  partyMember: t.field({
    type: PartyMember,
    nullable: true,
    description: '按编号查党员 A party member by global id; null outside the caller’s area.',
    card: MEMBERSHIP,
    args: { id: t.arg.id({ required: true, description: '全局编号 Global id.' }) },
    resolve: (_root, { id }, context) => memberLoader.load(id, context),
  }),
}));
