import { builder } from '../builder.ts';

export const PartyEngagementKind = builder.enumType('PartyEngagementKind', {
  description: '党建联系类型 Kind of a lasting relation with a community.',
  values: {
    GRAND_COMMITTEE_MEMBER: { description: '大党委兼职委员 Part-time member of the grand committee, from a unit.' },
    PAIRING: { description: '结对共建 Pairing agreement of a unit.' },
    CADRE_LINK: { description: '领导干部挂钩联系 Leading cadre linked to the community.' },
    FIRST_SECRETARY: { description: '第一书记 First secretary, seconded by a unit.' },
    UNIT_REPORT: { description: '单位报到 Unit that reported to the community.' },
    MEMBER_REPORT: { description: '党员报到 Member who reported to the community.' },
  },
});

/** Kinds that are begun by agreement or appointment; a report is made by `reportToCommunity`. */
export const AgreedEngagementKind = builder.enumType('AgreedEngagementKind', {
  description: '可登记的联系类型 Kinds that are begun by agreement or appointment.',
  values: {
    GRAND_COMMITTEE_MEMBER: { description: '大党委兼职委员 Part-time member of the grand committee.' },
    PAIRING: { description: '结对共建 Pairing agreement.' },
    CADRE_LINK: { description: '领导干部挂钩联系 Linked cadre.' },
    FIRST_SECRETARY: { description: '第一书记 First secretary.' },
  },
});

export const ListEntryKind = builder.enumType('ListEntryKind', {
  description: '清单类型 Which of the three lists, or a call-out.',
  values: {
    DEMAND: { description: '需求清单 What a community needs.' },
    RESOURCE: { description: '资源清单 What a unit offers.' },
    PROJECT: { description: '项目清单 What both do together.' },
    CALL_OUT: { description: '街道社区随叫 Call of a community that units answer at once.' },
  },
});

export const OfferMode = builder.enumType('OfferMode', {
  description: '服务方式 How a service is given.',
  values: {
    MENU: { description: '菜单式 Chosen from a menu.' },
    GROUP: { description: '组团式 By a team of several units.' },
    ALLIANCE: { description: '联盟式 By an alliance.' },
  },
});

export const ListEntryState = builder.enumType('ListEntryState', {
  description: '条目状态 State of an entry.',
  values: {
    OPEN: { description: '待认领 Open to be claimed.' },
    CLAIMED: { description: '已认领 Claimed by one.' },
    FULFILLED: { description: '已完成 Done.' },
  },
});

export const VolunteerStationLevel = builder.enumType('VolunteerStationLevel', {
  description: '志愿服务层级 Level of a node of the volunteer service.',
  values: {
    CENTRE: { description: '中心 The city’s centre.' },
    GENERAL_STATION: { description: '总站 General station of a county.' },
    SUB_STATION: { description: '分站 Sub-station of a township.' },
    SERVICE_POINT: { description: '服务点 Service point of a community.' },
    TEAM: { description: '党员志愿服务队 Volunteer team of a party organization.' },
  },
});
