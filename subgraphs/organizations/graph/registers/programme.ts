import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { requireDivisionCode } from '../../../kit/store/division-filter.ts';
import {
  countRolloutPhases,
  designationList,
  designationsOfCommunity,
  experienceEventList,
  programmesOfCity,
  type RolloutPhaseRow,
} from '../../store/registers/programme-rows.ts';
import { builder, Provenance } from '../builder.ts';
import { COMMUNITY_CARD } from '../cards.ts';
import {
  Community,
  communityLoader,
  Designation,
  DesignationConnection,
  designationLoader,
  ExperienceEvent,
  ExperienceEventConnection,
  experienceEventLoader,
  Programme,
  programmeLoader,
} from '../entities.ts';
import { loadShortList } from '../entity-loading.ts';

export const ProgrammeKind = builder.enumType('ProgrammeKind', {
  description: '创建项目类型 Kind of programme.',
  values: {
    PILOT: { description: '实验区、示范点 Pilot or demonstration.' },
    BRAND: { description: '品牌 Brand.' },
    CAMPAIGN: { description: '创建评定 Rated campaign.' },
    ROLLOUT: { description: '分步推进 Rolled out in phases.' },
  },
});

export const ProgrammeLevel = builder.enumType('ProgrammeLevel', {
  description: '级别 Who designates.',
  values: {
    NATIONAL: { description: '国家级 National.' },
    PROVINCIAL: { description: '省级 Provincial.' },
    MUNICIPAL: { description: '市级 Of the city.' },
  },
});

const RolloutPhase = builder.objectRef<RolloutPhaseRow>('RolloutPhase').implement({
  description: '推进批次 A phase of a roll-out.',
  card: { ...COMMUNITY_CARD, unit: '个社区 communities', derivedFrom: 'count of Designation by phase' },
  fields: (t) => ({
    phase: t.exposeInt('phase', { description: '批次 Phase, from 1.' }),
    communityCount: t.exposeInt('communityCount', { description: '本批社区数 Taken in by this phase.' }),
    cumulativeCount: t.exposeInt('cumulativeCount', { description: '累计社区数 Taken in up to this phase.' }),
    cumulativePercent: t.float({
      description: '累计占比 Share of the city’s communities up to this phase.',
      card: { unit: '% of communities', derivedFrom: 'cumulativeCount / count of Community' },
      resolve: ({ cumulativeCount, cityCommunityCount }) =>
        cityCommunityCount === 0 ? 0 : Math.round((cumulativeCount / cityCommunityCount) * 10_000) / 100,
    }),
  }),
});

Programme.implement({
  description: '创建项目 A pilot, brand, campaign or roll-out of a city; its name is the city’s own.',
  card: COMMUNITY_CARD,
  entity: programmeLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: ({ id }) => globalId('Programme', id) }),
    code: t.exposeString('code', { description: '代码 Code within the city.' }),
    name: t.exposeString('name', { description: '名称 Name.' }),
    kind: t.field({ type: ProgrammeKind, description: '类型 Kind.', resolve: ({ kind }) => kind }),
    level: t.field({ type: ProgrammeLevel, nullable: true, description: '级别 Level.', resolve: ({ level }) => level }),
    designations: t.field({
      type: DesignationConnection,
      description: '命名社区 Communities designated now, by code.',
      card: KEY_CARD,
      args: {
        ...pageArguments(t.arg),
        divisionCode: t.arg.string({ description: '区划代码 Inside this division.' }),
      },
      resolve: ({ id }, { divisionCode, ...page }, context, info) =>
        pageBelow(
          designationList,
          { column: 't.programme_id', cast: 'uuid', key: id },
          page,
          { sort: 'COMMUNITY', filter: { divisionCode } },
          context,
          info,
        ),
    }),
    rollout: t.field({
      type: [RolloutPhase],
      description: '推进进度 Phases of a roll-out; none for other kinds.',
      card: KEY_CARD,
      resolve: ({ id }, _args, { store, trace, loaders }) =>
        loaders.get<RolloutPhaseRow[]>('rolloutPhases', (ids) => countRolloutPhases(store, ids, trace)).load(id),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (programme, _args, context) => loadProvenance(programme.provenanceId, context),
    }),
  }),
});

Designation.implement({
  description: '命名（认定） That a community stands under a programme.',
  card: COMMUNITY_CARD,
  entity: designationLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: ({ id }) => globalId('Designation', id) }),
    programme: t.field({
      type: Programme,
      nullable: true,
      description: '创建项目 The programme.',
      card: KEY_CARD,
      ...programmeLoader.below(({ programmeId }: { readonly programmeId: string }) =>
        globalId('Programme', programmeId),
      ),
    }),
    community: t.field({
      type: Community,
      nullable: true,
      description: '社区 The community.',
      card: KEY_CARD,
      ...communityLoader.below(({ communityCode }: { readonly communityCode: string }) =>
        globalId('Community', communityCode),
      ),
    }),
    phase: t.exposeInt('phase', { nullable: true, description: '批次 Phase of a roll-out.' }),
    validFrom: t.expose('validFrom', { type: 'LocalDate', description: '起 First day.' }),
    validTo: t.expose('validTo', { type: 'LocalDate', nullable: true, description: '止 Null while it holds.' }),
    endReason: t.exposeString('endReason', { nullable: true, description: '终止原因 Why it ended.' }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (designation, _args, context) => loadProvenance(designation.provenanceId, context),
    }),
  }),
});

builder.objectField(Community, 'designations', (t) =>
  t.field({
    type: [Designation],
    description: '命名与品牌 Under which programmes the community stands, newest first.',
    card: KEY_CARD,
    args: {
      former: t.arg.boolean({ defaultValue: false, required: true, description: '含已终止的 Ended ones, too.' }),
    },
    resolve: async ({ statCode }, { former }, context) =>
      (await loadShortList(designationsOfCommunity, statCode, context)).filter((row) => former || row.validTo === null),
  }),
);

export const ExperienceEventKind = builder.enumType('ExperienceEventKind', {
  description: '经验交流形式 Form of an event.',
  values: {
    FORUM: { description: '论坛 Forum; one a quarter.' },
    SITE_VISIT: { description: '观摩会 Site visit.' },
    SYMPOSIUM: { description: '座谈会 Symposium.' },
    EXCHANGE: { description: '交流会 Exchange.' },
  },
});

ExperienceEvent.implement({
  description: '经验交流活动 A forum, site visit, symposium or exchange.',
  card: COMMUNITY_CARD,
  entity: experienceEventLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('ExperienceEvent', id),
    }),
    kind: t.field({ type: ExperienceEventKind, description: '形式 Form.', resolve: ({ kind }) => kind }),
    theme: t.exposeString('theme', { description: '主题 Theme.' }),
    host: t.exposeString('host', { description: '主办 Host.' }),
    heldOn: t.expose('heldOn', { type: 'LocalDate', description: '日期 Day.' }),
    year: t.exposeInt('year', { description: '年度 Year.', card: { derivedFrom: 'heldOn' } }),
    quarter: t.exposeInt('quarter', { description: '季度 Quarter, 1 to 4.', card: { derivedFrom: 'heldOn' } }),
    community: t.field({
      type: Community,
      nullable: true,
      description: '现场社区 The community where it took place.',
      card: KEY_CARD,
      ...communityLoader.below(({ communityCode }: { readonly communityCode: string | null }) =>
        communityCode === null ? null : globalId('Community', communityCode),
      ),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (event, _args, context) => loadProvenance(event.provenanceId, context),
    }),
  }),
});

const CITY_CODE = '市代码 4 digits.';

builder.queryFields((t) => ({
  programmes: t.field({
    type: [Programme],
    description: '创建项目 Programmes of a city.',
    card: COMMUNITY_CARD,
    args: {
      cityCode: t.arg.string({ required: true, description: CITY_CODE }),
      kind: t.arg({ type: ProgrammeKind, description: '类型 Only this kind.' }),
      code: t.arg.string({ description: '代码 Only this one.' }),
    },
    resolve: async (_root, { cityCode, kind, code }, context) =>
      (await loadShortList(programmesOfCity, requireDivisionCode('cityCode', cityCode, [4]), context)).filter(
        (row) => (kind == null || row.kind === kind) && (code == null || row.code === code),
      ),
  }),
  experienceEvents: t.field({
    type: ExperienceEventConnection,
    description: '经验交流活动 Events of a city in a year, newest first.',
    card: COMMUNITY_CARD,
    args: {
      ...pageArguments(t.arg),
      cityCode: t.arg.string({ required: true, description: CITY_CODE }),
      year: t.arg.int({ required: true, description: '年度 Year.' }),
      kind: t.arg({ type: ExperienceEventKind, description: '形式 Only this form.' }),
    },
    resolve: (_root, { cityCode, year, kind, ...page }, context, info) =>
      rootPage(
        experienceEventList,
        page,
        { sort: 'NEWEST', filter: { cityCode: requireDivisionCode('cityCode', cityCode, [4]), year, kind } },
        context,
        info,
      ),
  }),
}));
