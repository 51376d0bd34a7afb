/** Kinds of changes by @graphql-inspector's names, and the hub's own for data cards, in both languages. */
const KINDS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  FIELD_REMOVED: { zh: '字段移除', en: 'field removed' },
  FIELD_ADDED: { zh: '字段新增', en: 'field added' },
  FIELD_TYPE_CHANGED: { zh: '字段类型变更', en: 'field type changed' },
  FIELD_ARGUMENT_ADDED: { zh: '参数新增', en: 'argument added' },
  FIELD_ARGUMENT_REMOVED: { zh: '参数移除', en: 'argument removed' },
  FIELD_ARGUMENT_TYPE_CHANGED: { zh: '参数类型变更', en: 'argument type changed' },
  FIELD_ARGUMENT_DEFAULT_CHANGED: { zh: '参数默认值变更', en: 'argument default changed' },
  FIELD_DEPRECATION_ADDED: { zh: '字段弃用', en: 'field deprecated' },
  FIELD_DEPRECATION_REMOVED: { zh: '字段撤销弃用', en: 'field no longer deprecated' },
  TYPE_REMOVED: { zh: '类型移除', en: 'type removed' },
  TYPE_ADDED: { zh: '类型新增', en: 'type added' },
  TYPE_KIND_CHANGED: { zh: '类型种类变更', en: 'kind of type changed' },
  ENUM_VALUE_REMOVED: { zh: '枚举值移除', en: 'enum value removed' },
  ENUM_VALUE_ADDED: { zh: '枚举值新增', en: 'enum value added' },
  INPUT_FIELD_REMOVED: { zh: '输入项移除', en: 'input field removed' },
  INPUT_FIELD_ADDED: { zh: '输入项新增', en: 'input field added' },
  INPUT_FIELD_TYPE_CHANGED: { zh: '输入项类型变更', en: 'input field type changed' },
  INPUT_FIELD_DEFAULT_VALUE_CHANGED: { zh: '输入项默认值变更', en: 'input field default changed' },
  UNION_MEMBER_REMOVED: { zh: '联合成员移除', en: 'union member removed' },
  UNION_MEMBER_ADDED: { zh: '联合成员新增', en: 'union member added' },
  OBJECT_TYPE_INTERFACE_REMOVED: { zh: '不再实现接口', en: 'interface no longer implemented' },
  OBJECT_TYPE_INTERFACE_ADDED: { zh: '新实现接口', en: 'interface implemented' },
  SCHEMA_QUERY_TYPE_CHANGED: { zh: '查询根类型变更', en: 'query root changed' },
  SCHEMA_MUTATION_TYPE_CHANGED: { zh: '变更根类型变更', en: 'mutation root changed' },
  SCHEMA_SUBSCRIPTION_TYPE_CHANGED: { zh: '订阅根类型变更', en: 'subscription root changed' },
  CARD_RIGHT_ADDED: { zh: '读取须有权限', en: 'a right is needed from now on' },
  CARD_RIGHT_CHANGED: { zh: '所需权限变更', en: 'another right is needed' },
  CARD_GRADE_RAISED: { zh: '数据分级上调', en: 'graded as more sensitive' },
  CARD_CHANGED: { zh: '数据卡片变更', en: 'data card changed' },
};

export function changeKindText(kind: string): { readonly zh: string; readonly en: string } {
  const description = /DESCRIPTION/.test(kind) ? { zh: '说明变更', en: 'description changed' } : undefined;
  const deprecation = /DEPRECATION/.test(kind) ? { zh: '弃用说明变更', en: 'deprecation changed' } : undefined;
  return KINDS[kind] ?? description ?? deprecation ?? { zh: '其他变更', en: kind.toLowerCase().replaceAll('_', ' ') };
}
