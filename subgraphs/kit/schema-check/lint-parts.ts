import { Kind } from 'graphql';
import { pinyin } from 'pinyin-pro';
import { isDepartmentCode } from '../codes/departments.ts';
import type { LintFinding } from './schema-judgement.ts';
import type { PartKind, SchemaPart } from './schema-parts.ts';

/** Says what is wrong with a part, or nothing. */
type LintRule = (part: SchemaPart) => { readonly zh: string; readonly en: string } | undefined;

const NAMES: Record<PartKind, { readonly pattern: RegExp; readonly zh: string; readonly en: string }> = {
  TYPE: { pattern: /^_?[A-Z][A-Za-z0-9]*$/, zh: '类型名用大驼峰', en: 'types are named in PascalCase' },
  FIELD: { pattern: /^_?[a-z][A-Za-z0-9]*$/, zh: '字段名用小驼峰', en: 'fields are named in camelCase' },
  ARGUMENT: { pattern: /^[a-z][A-Za-z0-9]*$/, zh: '参数名用小驼峰', en: 'arguments are named in camelCase' },
  INPUT_FIELD: { pattern: /^[a-z][A-Za-z0-9]*$/, zh: '输入项名用小驼峰', en: 'input fields are named in camelCase' },
  ENUM_VALUE: { pattern: /^[A-Z][A-Z0-9_]*$/, zh: '枚举值全大写', en: 'enum values are named in CAPITALS' },
};

const SHARING = new Set(['UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED']);
const CATEGORIES = new Set(['PUBLIC', 'GOVERNMENT', 'PERSONAL', 'SENSITIVE_PERSONAL', 'GRAPH']);
const CYCLES = new Set(['REALTIME', 'DAILY', 'MONTHLY', 'YEARLY', 'ON_CHANGE']);
/** 移除日期 in a deprecation's reason, written `移除 removal: 2027-01-01`. */
const REMOVAL_DATE = /(?:移除|removal)[^0-9]{0,12}(\d{4}-\d{2}-\d{2})/i;

/** The rules of the house, each by the name that findings carry. */
const RULES: Record<string, LintRule> = {
  name(part) {
    const { pattern, zh, en } = NAMES[part.kind];
    return pattern.test(part.name)
      ? undefined
      : { zh: `${zh}：“${part.name}”不合`, en: `${en}; "${part.name}" is not` };
  },
  'name-pinyin'(part) {
    const term = /[\u4e00-\u9fff]{2,}/.exec(part.description)?.[0];
    if (term === undefined) return undefined;
    const spelt = pinyin(term, { toneType: 'none', type: 'array' }).join('');
    if (!part.name.toLowerCase().replaceAll('_', '').includes(spelt)) return undefined;
    return {
      zh: `“${part.name}”是拼音：请用术语表中的英文术语`,
      en: `"${part.name}" is pinyin: use the glossary's term`,
    };
  },
  description(part) {
    const { description } = part;
    if (/[\u4e00-\u9fff]/.test(description) && /[A-Za-z]{2}/.test(description)) {
      return description.search(/[\u4e00-\u9fff]/) <= description.search(/[A-Za-z]{2}/) ||
        /^[`A-Z0-9]/.test(description)
        ? undefined
        : { zh: '说明应先写中文术语，再写英文', en: 'the description begins with the Chinese term' };
    }
    return { zh: '说明须有中文术语与英文句子', en: 'the description needs a Chinese term and an English sentence' };
  },
  card(part) {
    if (part.kind !== 'FIELD') return undefined;
    if (part.card === undefined) return { zh: '缺少数据卡片（@card）', en: 'it lacks its data card (@card)' };
    const { source, sharing, sharingBasis, grade, category, right, mask, updateCycle } = part.card;
    const wrong = [
      isDepartmentCode(String(source)) ? '' : 'source',
      SHARING.has(String(sharing)) ? '' : 'sharing',
      sharing !== 'NOT_SHARED' || sharingBasis != null ? '' : 'sharingBasis',
      [1, 2, 3, 4].includes(Number(grade)) ? '' : 'grade',
      CATEGORIES.has(String(category)) ? '' : 'category',
      // A right may come with the same change, so this hub need not know it yet.
      right == null || /^[a-z][a-z-]*\.[a-z][a-z-]*$/.test(String(right)) ? '' : 'right',
      mask == null || right != null ? '' : 'mask',
      CYCLES.has(String(updateCycle)) ? '' : 'updateCycle',
    ].filter((name) => name !== '');
    if (wrong.length === 0) return undefined;
    return {
      zh: `数据卡片不完整或有误：${wrong.join('、')}`,
      en: `the data card is incomplete or wrong: ${wrong.join(', ')}`,
    };
  },
  unit(part) {
    if (part.kind !== 'FIELD' || !/^(Int|Float)!?$/.test(part.type)) return undefined;
    if (part.card === undefined || part.card.category === 'GRAPH' || part.card.unit != null) return undefined;
    return { zh: '数量须写明单位（unit）', en: 'a quantity needs its unit' };
  },
  deprecation(part) {
    const reason = part.deprecationReason;
    if (reason === undefined) return undefined;
    const text = reason.replace(REMOVAL_DATE, '').trim();
    if (text.length < 4 || text === 'No longer supported')
      return { zh: '弃用须说明原因与替代', en: 'a deprecation needs its reason' };
    if (removalDate(reason) !== undefined) return undefined;
    return {
      zh: '弃用须写明移除日期，如“移除 removal: 2027-01-01”',
      en: 'a deprecation needs its removal date, such as "移除 removal: 2027-01-01"',
    };
  },
};

/** The day on which a deprecated part is to go, `YYYY-MM-DD`, as its reason says. */
export function removalDate(reason: string): string | undefined {
  const day = REMOVAL_DATE.exec(reason)?.[1];
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : undefined;
}

/** Federation's and the hub's own machinery is nobody's to describe. */
const MACHINERY = /^(_|join__|link__|core__|federation__)/;

/** Lints the parts that are new or changed; what was there before is not this change's. */
export function lintChangedParts(
  before: ReadonlyMap<string, SchemaPart>,
  after: ReadonlyMap<string, SchemaPart>,
): LintFinding[] {
  const findings: LintFinding[] = [];
  for (const part of after.values()) {
    if (MACHINERY.test(part.coordinate) || !isChanged(before.get(part.coordinate), part)) continue;
    for (const [rule, check] of Object.entries(RULES)) {
      const fault = check(part);
      if (fault !== undefined) {
        findings.push({ rule, coordinate: part.coordinate, messageZh: fault.zh, messageEn: fault.en });
      }
    }
  }
  return findings;
}

/** A deprecated part stays until the day that it promised: clients have planned with it. */
export function lintRemovedParts(
  before: ReadonlyMap<string, SchemaPart>,
  after: ReadonlyMap<string, SchemaPart>,
  today: string,
): LintFinding[] {
  const findings: LintFinding[] = [];
  for (const { coordinate, deprecationReason = '' } of before.values()) {
    const day = removalDate(deprecationReason);
    if (day === undefined || day <= today || after.has(coordinate)) continue;
    findings.push({
      rule: 'removal',
      coordinate,
      messageZh: `约定 ${day} 移除，此前不得移除`,
      messageEn: `it stays until ${day}, the removal date that was announced`,
    });
  }
  return findings;
}

function isChanged(before: SchemaPart | undefined, after: SchemaPart): boolean {
  if (before === undefined) return true;
  return (
    before.description !== after.description ||
    before.type !== after.type ||
    before.deprecationReason !== after.deprecationReason ||
    JSON.stringify(before.card) !== JSON.stringify(after.card) ||
    (before.definition ?? Kind.SCALAR_TYPE_DEFINITION) !== (after.definition ?? Kind.SCALAR_TYPE_DEFINITION)
  );
}
