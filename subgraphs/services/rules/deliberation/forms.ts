/** 协商形式 — each with the quorum rule that it decides by; a form that decides nothing by law takes the residents'. */
export const deliberationForms = {
  RESIDENTS_ASSEMBLY: { zh: '居民会议', en: 'Residents’ assembly', quorum: 'QUORUM_RESIDENTS_ASSEMBLY' },
  VILLAGERS_ASSEMBLY: { zh: '村民会议', en: 'Villagers’ assembly', quorum: 'QUORUM_VILLAGERS_ASSEMBLY' },
  REPRESENTATIVES_ASSEMBLY: {
    zh: '居(村)民代表会议',
    en: 'Representatives’ assembly',
    quorum: 'QUORUM_REPRESENTATIVES_ASSEMBLY',
  },
  OWNERS: { zh: '业主共同决定', en: 'Joint decision of the owners', quorum: 'QUORUM_OWNERS' },
  HEARING: { zh: '社区听证', en: 'Hearing', quorum: 'QUORUM_RESIDENTS_ASSEMBLY' },
  CONSULTATION: { zh: '民主恳谈', en: 'Consultation', quorum: 'QUORUM_RESIDENTS_ASSEMBLY' },
  VILLAGE_AFFAIRS: { zh: '村务协商会', en: 'Village-affairs consultation', quorum: 'QUORUM_REPRESENTATIVES_ASSEMBLY' },
  COUNCIL: { zh: '议事会', en: 'Council', quorum: 'QUORUM_REPRESENTATIVES_ASSEMBLY' },
  GROUP_MEETING: {
    zh: '居(村)民小组会议',
    en: 'Meeting of a residents’ or villagers’ group',
    quorum: 'QUORUM_GROUP_MEETING',
  },
  BOARD: { zh: '理事会', en: 'Board', quorum: 'QUORUM_REPRESENTATIVES_ASSEMBLY' },
  REVIEW_PANEL: { zh: '评议会', en: 'Review panel', quorum: 'QUORUM_REPRESENTATIVES_ASSEMBLY' },
  MULTI_PARTY_COMMITTEE: {
    zh: '多方协商委员会',
    en: 'Multi-party deliberation committee',
    quorum: 'QUORUM_REPRESENTATIVES_ASSEMBLY',
  },
} as const;

export type DeliberationForm = keyof typeof deliberationForms;

/** 协商层面 */
export const deliberationLevels = {
  TOWNSHIP: { zh: '乡镇(街道)', en: 'Town or sub-district' },
  RESIDENTS_GROUP: { zh: '居(村)民小组', en: 'Residents’ or villagers’ group' },
  BUILDING: { zh: '楼院门栋', en: 'Building or courtyard' },
  STATIONED_UNIT: { zh: '社区单位', en: 'Units in the community' },
  SOCIAL_ORGANIZATION: { zh: '社区社会组织', en: 'Social organizations of the community' },
} as const;

export type DeliberationLevel = keyof typeof deliberationLevels;

/** 议事场所 */
export const deliberationVenues = {
  ON_SITE: { zh: '现场', en: 'On site' },
  WECHAT: { zh: '微信议事厅', en: 'WeChat council' },
  BUILDING: { zh: '楼宇议事厅', en: 'Building council' },
  ONLINE: { zh: '云议事', en: 'Online deliberation' },
} as const;

export type DeliberationVenue = keyof typeof deliberationVenues;

/** 协商主体: who may propose. */
export const deliberationSides = {
  RESIDENT: { zh: '居(村)民', en: 'Residents or villagers' },
  COMMITTEE: { zh: '居(村)委会', en: 'Residents’ or villagers’ committee' },
  PARTY_ORGANIZATION: { zh: '党组织', en: 'Party organization' },
  OWNERS_COMMITTEE: { zh: '业主委员会', en: 'Owners’ committee' },
  PROPERTY_SERVICE: { zh: '物业服务企业', en: 'Property service' },
  STATIONED_UNIT: { zh: '驻社区单位', en: 'Stationed unit' },
  SOCIAL_ORGANIZATION: { zh: '社会组织', en: 'Social organization' },
} as const;

export type DeliberationSide = keyof typeof deliberationSides;
