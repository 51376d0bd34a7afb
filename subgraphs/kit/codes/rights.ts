/**
 * 权限 — every right a data card may demand. A grant gives a client some of these; the catalogue lists them with
 * the fields that need them.
 */
export const rights = {
  'person.identity': { zh: '自然人身份信息明文', en: 'identity of a person in clear (name, number, birth date)' },
  'person.contact': { zh: '自然人联系方式明文', en: 'telephone number of a person in clear' },
  'household.address': { zh: '门牌级地址明文', en: 'address down to the room in clear' },
  'party.membership': { zh: '党员身份信息', en: 'party membership of a person' },
  'incident.reporter': { zh: '事件上报人', en: 'who reported an incident' },
  'residence.write': { zh: '办理居住变更', en: 'change residences' },
  'grid.write': { zh: '任免网格长', en: 'appoint grid chiefs' },
  'incident.write': { zh: '上报事件', en: 'report incidents' },
  'membership.write': { zh: '办理组织关系转接', en: 'transfer party memberships' },
  'system.write': { zh: '登记部门系统', en: 'register department systems' },
  'catalog.steward': { zh: '数据专员', en: 'stewardship of the catalogue: operations, usage, versions' },
} as const;

export type RightCode = keyof typeof rights;

export function isRightCode(code: string): code is RightCode {
  return Object.hasOwn(rights, code);
}
