import type { DictionaryEntry } from '../../../kit/catalog-port.ts';
import { defineConnection, pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import {
  type DictionaryRow,
  dictionaryList,
  findDictionary,
  findDictionaryVersions,
} from '../../store/dictionaries/dictionary-rows.ts';
import { builder, PageInfo } from '../builder.ts';

const DICTIONARY_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'PUBLIC',
  updateCycle: 'ON_CHANGE',
};

const DictionaryKind = builder.enumType('DictionaryKind', {
  description: '字典类型 Where a dictionary comes from.',
  values: {
    STANDARD: { description: '标准代码表 Code list of a standard, such as GB/T 4761.' },
    ENUM: { description: '图谱枚举 Enum of the graph.' },
  },
});

const Entry = builder.objectRef<DictionaryEntry>('DictionaryEntry').implement({
  description: '字典项 A code and what it is called.',
  card: DICTIONARY_CARD,
  fields: (t) => ({
    code: t.exposeString('code', { description: '代码 Code.' }),
    nameZh: t.exposeString('nameZh', { description: '名称 Chinese name.' }),
    nameEn: t.exposeString('nameEn', {
      nullable: true,
      description: '英文说明 In English; null where the standard has none.',
    }),
  }),
});

const DictionaryVersion = builder.objectRef<DictionaryRow>('DictionaryVersion').implement({
  description: '字典版本 A version of a dictionary and when it was current.',
  card: DICTIONARY_CARD,
  fields: (t) => ({
    version: t.exposeString('version', { description: '版本 Digest of its content.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: '发布时间 Since when.' }),
    replacedAt: t.expose('replacedAt', {
      type: 'DateTime',
      nullable: true,
      description: '被替换时间 Until when; null for the current one.',
    }),
  }),
});

const Dictionary = builder.objectRef<DictionaryRow>('Dictionary');
Dictionary.implement({
  description: '字典 A code list in one version; also served at /dictionaries/<name> with an ETag.',
  card: DICTIONARY_CARD,
  fields: (t) => ({
    name: t.exposeString('name', {
      description: '字典代码 Its name, e.g. gb-t-4761-family-relation or IncidentState.',
    }),
    version: t.exposeString('version', { description: '版本 Digest of its content.' }),
    kind: t.field({ type: DictionaryKind, description: '类型 Kind.', resolve: ({ kind }) => kind }),
    nameZh: t.exposeString('nameZh', { description: '名称 Chinese name.' }),
    nameEn: t.exposeString('nameEn', { nullable: true, description: '英文说明 In English.' }),
    standard: t.exposeString('standard', { nullable: true, description: '标准号 Number of the standard.' }),
    edition: t.exposeString('edition', { nullable: true, description: '标准年份 Edition of the standard.' }),
    source: t.exposeString('source', { nullable: true, description: '出处 Where the codes are taken from.' }),
    entries: t.field({
      type: [Entry],
      description: '字典项 Codes in the order of the list.',
      resolve: ({ entries }) => [...entries],
    }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: '发布时间 Since when.' }),
    replacedAt: t.expose('replacedAt', {
      type: 'DateTime',
      nullable: true,
      description: '被替换时间 Until when; null for the current version.',
    }),
    versions: t.field({
      type: [DictionaryVersion],
      description: '历次版本 All versions, the current one first.',
      resolve: ({ name }, _args, { store, trace, loaders }) =>
        loaders
          .get<DictionaryRow[]>('dictionaryVersions', (names) => findDictionaryVersions(store, names, trace))
          .load(name),
    }),
  }),
});

const DictionaryConnection = defineConnection(builder, 'Dictionary', Dictionary, PageInfo);

const DictionaryFilter = builder.inputType('DictionaryFilter', {
  description: '字典筛选 Which dictionaries; all given conditions hold together.',
  fields: (t) => ({
    kind: t.field({ type: DictionaryKind, description: '类型 Kind.' }),
    search: t.string({ description: '搜索 Part of its code or names.' }),
  }),
});

builder.queryFields((t) => ({
  dictionary: t.field({
    type: Dictionary,
    nullable: true,
    description: '按代码查字典 A dictionary by its name, in its current or a given version.',
    card: DICTIONARY_CARD,
    args: {
      name: t.arg.string({ required: true, description: '字典代码 Its name.' }),
      version: t.arg.string({ description: '版本 This version; the current one when left out.' }),
    },
    resolve: (_root, { name, version }, { store, trace }) => findDictionary(store, name, version ?? undefined, trace),
  }),
  dictionaries: t.field({
    type: DictionaryConnection,
    description: '字典列表 Current dictionaries by name.',
    card: DICTIONARY_CARD,
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: DictionaryFilter, description: '筛选 Which dictionaries.' }),
    },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(dictionaryList, page, { sort: 'NAME', filter: { ...filter } }, context, info),
  }),
}));
