import { mayUse } from '../../kit/caller/field-decision.ts';
import { findCitizenIdFlaw, normaliseCitizenId } from '../../kit/citizen-id.ts';
import { dateInChina } from '../../kit/clock.ts';
import { graphProblem } from '../../kit/codes/problems.ts';
import { assertRight } from '../../kit/graph/card-guard.ts';
import { pageArguments, rootPage } from '../../kit/graph/connection.ts';
import { valueCard } from '../../kit/graph/data-card.ts';
import { keyedHash } from '../../kit/store/sealing.ts';
import { lastBirthDateOfNoMinor } from '../rules/age.ts';
import { findPersonByNumberHash, personList } from '../store/person-rows.ts';
import { builder } from './builder.ts';
import {
  Dwelling,
  dwellingLoader,
  Household,
  householdLoader,
  Person,
  PersonConnection,
  personLoader,
} from './entities.ts';
import { Sex } from './vocabulary.ts';

export const PersonFilter = builder.inputType('PersonFilter', {
  description: '人员筛选 Which persons; all given conditions hold together.',
  fields: (t) => ({
    sex: t.field({ type: Sex, description: '性别 Sex.' }),
    namePinyinPrefix: t.string({
      description: '姓名全拼前缀 How the name begins in pinyin, lower case; with sort NAME.',
      card: { source: 'public-security', right: 'person.identity', grade: 3, category: 'PERSONAL' },
    }),
    namePrefix: t.string({
      description: '姓名前缀 How the name begins in characters; with sort CHARACTERS.',
      card: { source: 'public-security', right: 'person.identity', grade: 3, category: 'PERSONAL' },
    }),
    initialsPrefix: t.string({
      description: '姓名首字母前缀 How the initials of the name in pinyin begin, lower case; with sort INITIALS.',
      card: { source: 'public-security', right: 'person.identity', grade: 3, category: 'PERSONAL' },
    }),
    bornFrom: t.field({
      type: 'LocalDate',
      description: '出生日期起（含） Born on or after; with sort BIRTH_DATE.',
      card: { source: 'public-security', right: 'person.identity', grade: 3, category: 'PERSONAL' },
    }),
    bornTo: t.field({
      type: 'LocalDate',
      description: '出生日期止（含） Born on or before; with sort BIRTH_DATE.',
      card: { source: 'public-security', right: 'person.identity', grade: 3, category: 'PERSONAL' },
    }),
  }),
});

/** 列表总数 — why a list of persons counts exactly what publications withhold. */
export const EXACT_TOTAL =
  'Its total is exact: it counts rows that the caller may read one by one, each in the access log. What is published to those who may not (Population, placeOverview, publishedPopulation) withholds small counts.';

/** An order tells something of what it orders by. */
const ORDER_CARD = valueCard({ source: 'public-security', right: 'person.identity', grade: 3, category: 'PERSONAL' });

export const PersonSort = builder.enumType('PersonSort', {
  description:
    '人员排序 Order of persons. All but ID need the right person.identity, and leave out minors without person.minor.',
  values: {
    ID: { description: '登记顺序 By id: any filter on sex.' },
    NAME: { description: '姓名拼音 By name in pinyin.', extensions: ORDER_CARD },
    CHARACTERS: { description: '姓名汉字 By the characters of the name.', extensions: ORDER_CARD },
    INITIALS: { description: '姓名首字母 By the initials of the name in pinyin.', extensions: ORDER_CARD },
    BIRTH_DATE: { description: '出生日期 Eldest first.', extensions: ORDER_CARD },
  },
});

export type PersonSortName = typeof PersonSort.$inferType;

/**
 * What a list of persons is asked for, as the caller may ask it. An order tells something of what it orders by, so it
 * needs the right to read it, and shows minors only to who may read theirs.
 */
export function personChoice(
  sort: PersonSortName,
  filter: Readonly<Record<string, unknown>> | null | undefined,
  context: Parameters<typeof assertRight>[0],
): { readonly sort: string; readonly filter: Readonly<Record<string, unknown>> } {
  if (sort === 'ID') return { sort, filter: { ...filter } };
  assertRight(context, 'person.identity', `PersonSort.${sort}`, 'public-security');
  if (mayUse(context.caller, 'person.minor', true)) return { sort, filter: { ...filter } };
  return { sort, filter: { ...filter, noMinorsOn: lastBirthDateOfNoMinor(dateInChina(context.clock.now())) } };
}

builder.queryFields((t) => ({
  person: t.field({
    type: Person,
    nullable: true,
    description: '按编号查人 A person by global id; null outside the caller’s area.',
    args: { id: t.arg.id({ required: true, description: '全局编号 Global id.' }) },
    resolve: (_root, { id }, context) => personLoader.load(id, context),
  }),
  personByCitizenId: t.field({
    type: Person,
    nullable: true,
    description: '按公民身份号码查人 A person by citizen number (GB 11643), inside the caller’s area; by POST only.',
    args: {
      citizenId: t.arg.string({
        required: true,
        description: '公民身份号码 18 characters; one of 15 digits is upgraded.',
        card: { source: 'public-security', right: 'person.identity', grade: 4, category: 'SENSITIVE_PERSONAL' },
      }),
    },
    resolve: (_root, { citizenId }, { store, caller, trace, clock }) => {
      const number = normaliseCitizenId(citizenId);
      const flaw = findCitizenIdFlaw(number, dateInChina(clock.now()));
      if (flaw !== undefined) throw graphProblem('CITIZEN_ID_INVALID', { ...flaw });
      return findPersonByNumberHash(store, keyedHash(store.keys.lookup, number), caller, trace);
    },
  }),
  persons: t.field({
    type: PersonConnection,
    description: `人员列表 Persons who live in the caller’s area. ${EXACT_TOTAL}`,
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: PersonFilter, description: '筛选 Which persons.' }),
      sort: t.arg({ type: PersonSort, defaultValue: 'ID', required: true, description: '排序 Order.' }),
    },
    resolve: (_root, { filter, sort, ...page }, context, info) =>
      rootPage(personList, page, personChoice(sort, filter, context), context, info),
  }),
  household: t.field({
    type: Household,
    nullable: true,
    description: '按编号查户 A household by global id; null outside the caller’s area.',
    args: { id: t.arg.id({ required: true, description: '全局编号 Global id.' }) },
    resolve: (_root, { id }, context) => householdLoader.load(id, context),
  }),
  dwelling: t.field({
    type: Dwelling,
    nullable: true,
    description: '按编号查房屋 A dwelling by global id; null outside the caller’s area.',
    args: { id: t.arg.id({ required: true, description: '全局编号 Global id.' }) },
    resolve: (_root, { id }, context) => dwellingLoader.load(id, context),
  }),
}));
