import { findLegalBases, findUseScenarios, type LegalBasisRow, type UseScenarioRow } from '../store/purpose-rows.ts';
import { builder } from './builder.ts';
import { CATALOG_CARD } from './entities.ts';

const LegalBasis = builder.objectRef<LegalBasisRow>('LegalBasis').implement({
  description: '合法性基础 A ground on which personal data may be handled; stated in the header x-yiyun-legal-basis.',
  card: CATALOG_CARD,
  fields: (t) => ({
    code: t.exposeString('code', { description: '代码 Code to state.' }),
    article: t.exposeString('article', { description: '法条 Article of the law.' }),
    nameZh: t.exposeString('nameZh', { description: '名称 What it says.' }),
    nameEn: t.exposeString('nameEn', { description: '英文名称 The same in English.' }),
    consentRequired: t.exposeBoolean('consentRequired', { description: '是否须取得同意 Whether it rests on consent.' }),
    effectiveFrom: t.expose('effectiveFrom', { type: 'LocalDate', description: '施行日期 First day in force.' }),
    effectiveTo: t.expose('effectiveTo', {
      type: 'LocalDate',
      nullable: true,
      description: '失效日期 First day on which it is no longer in force.',
    }),
  }),
});

const UseScenario = builder.objectRef<UseScenarioRow>('UseScenario').implement({
  description: '使用场景 What personal data is used for; stated in the header x-yiyun-scenario.',
  card: CATALOG_CARD,
  fields: (t) => ({
    code: t.exposeString('code', { description: '代码 Code to state.' }),
    nameZh: t.exposeString('nameZh', { description: '名称 Name.' }),
    nameEn: t.exposeString('nameEn', { description: '英文名称 Name in English.' }),
    legalBasisCodes: t.exposeStringList('legalBasisCodes', {
      description: '可用的合法性基础 Legal bases it may be stated with; empty: any.',
    }),
    departmentCodes: t.exposeStringList('departmentCodes', {
      description: '可用部门 Departments that may state it; empty: all.',
    }),
    rightCodes: t.exposeStringList('rightCodes', {
      description: '可用权限 Rights to personal data that it covers; empty: all that the client holds.',
    }),
    effectiveFrom: t.expose('effectiveFrom', { type: 'LocalDate', description: '启用日期 First day in force.' }),
    effectiveTo: t.expose('effectiveTo', {
      type: 'LocalDate',
      nullable: true,
      description: '停用日期 First day on which it is no longer in force.',
    }),
  }),
});

builder.queryFields((t) => ({
  legalBases: t.field({
    type: [LegalBasis],
    description: '合法性基础清单 Legal bases that a request may state.',
    card: CATALOG_CARD,
    resolve: (_root, _args, { store }) => findLegalBases(store),
  }),
  useScenarios: t.field({
    type: [UseScenario],
    description: '使用场景清单 Scenarios that a request may state.',
    card: CATALOG_CARD,
    resolve: (_root, _args, { store }) => findUseScenarios(store),
  }),
}));
