import { type DepartmentCode, departments } from '../codes/departments.ts';
import { type RightCode, rights } from '../codes/rights.ts';
import type { MaskName } from './masks.ts';

/**
 * 数据卡片 — what the city's data catalogue says of one field, written once beside the field. Names follow decree
 * 809 (政务数据共享条例) for source and sharing, and GB/T 43697-2024 for grade and category.
 */
export interface DataCard {
  /** 数源部门: the one department that maintains the item. */
  readonly source: DepartmentCode;
  /** 共享属性. */
  readonly sharing: 'UNCONDITIONAL' | 'CONDITIONAL' | 'NOT_SHARED';
  /** 依据: the legal ground; demanded when the item is not shared. */
  readonly sharingBasis?: string;
  /** 分级, 1 (public) to 4 (most sensitive). */
  readonly grade: 1 | 2 | 3 | 4;
  readonly category: 'PUBLIC' | 'GOVERNMENT' | 'PERSONAL' | 'SENSITIVE_PERSONAL' | 'GRAPH';
  /** The right without which the field is refused, or masked when `mask` is given. */
  readonly right?: RightCode;
  readonly mask?: MaskName;
  /** 计量单位, where the value is a quantity. */
  readonly unit?: string;
  /** 更新周期. */
  readonly updateCycle: 'REALTIME' | 'DAILY' | 'MONTHLY' | 'YEARLY' | 'ON_CHANGE';
  /** 派生口径: the formula, where the value is computed rather than collected. */
  readonly derivedFrom?: string;
}

/** The card of everything that only exists on the graph: connections, payloads, root fields. */
export const GRAPH_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'GRAPH',
  updateCycle: 'REALTIME',
  derivedFrom: 'graph',
};

/** The same for keys and references between entities. */
export const KEY_CARD: DataCard = { ...GRAPH_CARD, derivedFrom: 'key' };

/** 个人信息: a right to such a field is of use only under a stated purpose, and every read of one goes into the ledger. */
export function isPersonal({ category }: { readonly category?: unknown }): boolean {
  return category === 'PERSONAL' || category === 'SENSITIVE_PERSONAL';
}

/** What a card becomes as arguments of the `@card` directive. */
export function cardArguments(card: DataCard): Record<string, string | number> {
  return Object.fromEntries(Object.entries(card).filter(([, value]) => value !== undefined));
}

/** The card of an enum value whose use tells of protected data, such as the order of a list; for `extensions`. */
export function valueCard(card: Partial<DataCard>): { readonly directives: { readonly card: object } } {
  const { derivedFrom: _notDerived, ...base } = GRAPH_CARD;
  return { directives: { card: cardArguments({ ...base, ...card }) } };
}

export const CARD_DIRECTIVE_SDL = `directive @card(
  source: String!
  sharing: String!
  sharingBasis: String
  grade: Int!
  category: String!
  right: String
  rowRight: String
  mask: String
  unit: String
  updateCycle: String!
  derivedFrom: String
) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE`;

const SHARING_ZH = { UNCONDITIONAL: '无条件共享', CONDITIONAL: '有条件共享', NOT_SHARED: '不予共享' } as const;

/** One line for the field's description: unit, source department and who may read it, in both languages. */
export function cardSentence(card: DataCard): string {
  if (card.category === 'GRAPH') return '';
  const source = departments[card.source];
  const who = card.right === undefined ? '' : rights[card.right].zh;
  const parts = [
    ...(card.unit === undefined ? [] : [`单位 unit: ${card.unit}`]),
    `数源 source: ${source.zh} (${card.source})`,
    `${SHARING_ZH[card.sharing]} ${card.sharing}, ${card.grade} 级 grade ${card.grade}`,
    ...(card.derivedFrom === undefined ? [] : [`派生 derived: ${card.derivedFrom}`]),
    ...(card.right === undefined
      ? []
      : [`${card.mask === undefined ? '无权限不可读 refused' : '无权限脱敏 masked'} without ${card.right} (${who})`]),
  ];
  return `[${parts.join(' · ')}]`;
}

/** Refuses a card that contradicts itself; called for every field when a schema is built. */
export function assertCard(coordinate: string, card: DataCard): void {
  if (card.sharing === 'NOT_SHARED' && card.sharingBasis === undefined) {
    throw new Error(`${coordinate}: 不予共享 (NOT_SHARED) needs its legal ground in sharingBasis`);
  }
  if (card.mask !== undefined && card.right === undefined) {
    throw new Error(`${coordinate}: a mask without a right would never be lifted`);
  }
}
