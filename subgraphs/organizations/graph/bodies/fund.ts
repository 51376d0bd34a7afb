import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { fundEntryList, fundList } from '../../store/bodies/fund-rows.ts';
import { builder, Provenance } from '../builder.ts';
import { ORGANIZATION_CARD } from '../cards.ts';
import {
  Fund,
  FundConnection,
  FundEntry,
  FundEntryConnection,
  fundEntryLoader,
  fundLoader,
  Organization,
  organizationLoader,
} from '../entities.ts';
import { globalIdOrNull } from '../entity-loading.ts';
import { FundEntryKind, FundSource } from './vocabulary.ts';

const YUAN = { unit: '元 yuan' };

Fund.implement({
  description: '经费（基金） A budget or fund for social organizations; its balance never goes below zero.',
  card: ORGANIZATION_CARD,
  entity: fundLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: ({ id }) => globalId('Fund', id) }),
    name: t.exposeString('name', { description: '名称 Name.' }),
    source: t.field({ type: FundSource, description: '来源 Source.', resolve: ({ source }) => source }),
    year: t.exposeInt('year', { description: '年度 Year.' }),
    allottedYuan: t.exposeInt('allottedYuan', { description: '累计拨入 Allotted in all.', card: YUAN }),
    spentYuan: t.exposeInt('spentYuan', { description: '累计支出 Spent in all.', card: YUAN }),
    balanceYuan: t.exposeInt('balanceYuan', { description: '余额 What is left, never below zero.', card: YUAN }),
    organization: t.field({
      type: Organization,
      nullable: true,
      description: '归口组织 The body that it belongs to.',
      card: KEY_CARD,
      resolve: ({ organizationId }, _args, context) => {
        const id = globalIdOrNull('Organization', organizationId);
        return id === null ? null : organizationLoader.load(id, context);
      },
    }),
    entries: t.field({
      type: FundEntryConnection,
      description: '收支明细 Entries, newest first.',
      card: KEY_CARD,
      args: pageArguments(t.arg),
      resolve: ({ id }, page, context, info) =>
        pageBelow(
          fundEntryList,
          { column: 't.fund_id', cast: 'uuid', key: id },
          page,
          { sort: 'NEWEST', filter: {} },
          context,
          info,
        ),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (fund, _args, context) => loadProvenance(fund.provenanceId, context),
    }),
  }),
});

FundEntry.implement({
  description: '收支 One entry of a fund.',
  card: ORGANIZATION_CARD,
  entity: fundEntryLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: ({ id }) => globalId('FundEntry', id) }),
    ordinal: t.exposeInt('ordinal', { description: '序号 Place in the fund’s book, from 1.' }),
    kind: t.field({ type: FundEntryKind, description: '类型 Kind.', resolve: ({ kind }) => kind }),
    amountYuan: t.exposeInt('amountYuan', { description: '金额 Amount.', card: YUAN }),
    balanceAfterYuan: t.exposeInt('balanceAfterYuan', { description: '记后余额 Balance after it.', card: YUAN }),
    purpose: t.exposeString('purpose', { description: '用途 Purpose.' }),
    enteredOn: t.expose('enteredOn', { type: 'LocalDate', description: '日期 Day.' }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (entry, _args, context) => loadProvenance(entry.provenanceId, context),
    }),
  }),
});

builder.queryField('funds', (t) =>
  t.field({
    type: FundConnection,
    description: '经费列表 Funds of a division, newest first.',
    args: {
      ...pageArguments(t.arg),
      divisionCode: t.arg.string({ required: true, description: '区划代码 City or county.' }),
      year: t.arg.int({ description: '年度 Year.' }),
    },
    resolve: (_root, { divisionCode, year, ...page }, context, info) =>
      rootPage(fundList, page, { sort: 'NEWEST', filter: { divisionCode, year } }, context, info),
  }),
);
