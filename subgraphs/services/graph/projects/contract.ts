import { endOfDay } from '../../../kit/calendar/china-day.ts';
import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { pageArguments, pageBelow, rootPage } from '../../../kit/graph/connection.ts';
import { type DataCard, KEY_CARD } from '../../../kit/graph/data-card.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { type ContractState, contractMachine } from '../../rules/projects/contract-machine.ts';
import type { BeneficiaryNeed, ContractKind, PurchaseMode, ServiceField } from '../../rules/projects/vocabulary.ts';
import { deadlineRule, term } from '../../rules/term.ts';
import {
  beneficiaryList,
  type ContractRow,
  contractList,
  contractsBelow,
  findPayments,
  type PaymentRow,
} from '../../store/projects/contract-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Deadline, Organization, Person } from '../builder.ts';
import { communityField, entityFields, machineFields } from '../entity-fields.ts';
import { deadlineOf, ruleInForce } from '../governance-rule.ts';
import { stateEnum } from '../machine-events.ts';
import {
  Beneficiary,
  BeneficiaryConnection,
  beneficiaryLoader,
  Contract,
  ContractConnection,
  contractLoader,
  DemandProject,
  demandProjectLoader,
  Funding,
  fundingLoader,
} from './project-entities.ts';
import {
  BeneficiaryNeedType,
  ContractKindType,
  PROJECT_CARD,
  PurchaseModeType,
  ServiceFieldType,
  YUAN,
} from './vocabulary.ts';

const BENEFICIARY_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'CONDITIONAL',
  grade: 4,
  category: 'SENSITIVE_PERSONAL',
  updateCycle: 'ON_CHANGE',
};
/** All but the key demands it. */
const BENEFICIARY_RIGHT = { right: 'beneficiary.read' } as const;
const ContractStateType = stateEnum('ContractState', contractMachine);
type Context = SubgraphContext<ServicesStore>;

/** After its end a contract waits for its acceptance, after that for its payment. */
async function deadline(row: ContractRow, context: Context) {
  const code = contractMachine.clockOf(row.state as ContractState);
  const startedOn = row.acceptedOn ?? row.endsOn;
  if (code === undefined || (code === 'CONTRACT_PAYMENT' && row.paidYuan === row.amountYuan)) return null;
  const rule = await ruleInForce(code, endOfDay(row.signedOn), context);
  const { dueOn } = term(context.calendar, startedOn, deadlineRule(rule));
  return deadlineOf(rule, startedOn, dueOn, context.clock.now(), context);
}

const ContractPayment = builder.objectRef<PaymentRow>('ContractPayment').implement({
  description: '付款 A part of what a contract costs.',
  card: PROJECT_CARD,
  fields: (t) => ({
    ordinal: t.exposeInt('ordinal', { description: '序号 From 1.' }),
    amountYuan: t.exposeInt('amountYuan', { description: '金额 Amount.', card: YUAN }),
    purpose: t.exposeString('purpose', { description: '用途 What for.' }),
    paidOn: t.expose('paidOn', { type: 'LocalDate', description: '付款日期 When.' }),
  }),
});

Contract.implement({
  description: '项目合同 A purchased service, a venture grant or what social funds pay.',
  card: PROJECT_CARD,
  entity: contractLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'Contract'),
    ...machineFields(t, contractMachine, (row, { caller }) =>
      contractMachine.availableTransitions(row.state as ContractState, caller, {
        paidInFull: row.paidYuan === row.amountYuan,
      }),
    ),
    kind: t.field({ type: ContractKindType, description: '种类 Kind.', resolve: (row) => row.kind as ContractKind }),
    mode: t.field({
      type: PurchaseModeType,
      nullable: true,
      description: '购买方式 How it was purchased; null for what was not.',
      resolve: (row) => row.mode as PurchaseMode | null,
    }),
    field: t.field({ type: ServiceFieldType, description: '领域 Field.', resolve: (row) => row.field as ServiceField }),
    title: t.exposeString('title', { description: '项目名称 What it is.' }),
    state: t.field({
      type: ContractStateType,
      description: '状态 Where it stands.',
      resolve: (row) => row.state as ContractState,
    }),
    supplier: t.field({
      type: Organization,
      nullable: true,
      description: '承接组织 Who provides it.',
      card: KEY_CARD,
      resolve: (row) => ({ id: globalId('Organization', row.supplierOrganizationId) }),
    }),
    funding: t.field({
      type: Funding,
      nullable: true,
      description: '经费来源 The money that it is paid from.',
      card: KEY_CARD,
      ...fundingLoader.below(({ fundingId }: { readonly fundingId: string }) => globalId('Funding', fundingId)),
    }),
    project: t.field({
      type: DemandProject,
      nullable: true,
      description: '民需项目 The project that it belongs to.',
      card: KEY_CARD,
      ...demandProjectLoader.below(({ projectId }: { readonly projectId: string | null }) =>
        projectId === null ? null : globalId('DemandProject', projectId),
      ),
    }),
    amountYuan: t.exposeInt('amountYuan', { description: '合同金额 What it costs.', card: YUAN }),
    paidYuan: t.exposeInt('paidYuan', {
      description: '已付金额 What was paid.',
      card: { ...YUAN, derivedFrom: 'sum of ContractPayment' },
    }),
    payments: t.field({
      type: [ContractPayment],
      description: '付款 Payments in their order, the first 100.',
      resolve: (row, _args, context) =>
        context.loaders
          .get<PaymentRow[]>('contract:payments', (ids) => findPayments(context.store, ids, context.trace))
          .load(row.id),
    }),
    signedOn: t.expose('signedOn', { type: 'LocalDate', description: '签订日期 When it was signed.' }),
    startsOn: t.expose('startsOn', { type: 'LocalDate', description: '开始日期 First day.' }),
    endsOn: t.expose('endsOn', { type: 'LocalDate', description: '结束日期 Last day.' }),
    acceptedOn: t.expose('acceptedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '验收日期 When it was accepted; null before.',
    }),
    deadline: t.field({
      type: Deadline,
      nullable: true,
      description: '验收或付款期限 Until when it is to be accepted, or paid; null once it is paid in full.',
      resolve: (row, _args, context) => deadline(row, context),
    }),
    beneficiaries: t.field({
      type: BeneficiaryConnection,
      nullable: true,
      description: '受益对象 Whom it serves; not even how many without the right.',
      card: { ...BENEFICIARY_CARD, ...BENEFICIARY_RIGHT },
      args: pageArguments(t.arg),
      resolve: ({ id }, page, context, info) =>
        pageBelow(
          beneficiaryList,
          { column: 't.contract_id', cast: 'uuid', key: id },
          page,
          { sort: 'ID', filter: {} },
          context,
          info,
        ),
    }),
    community: communityField(t),
  }),
});

Beneficiary.implement({
  description: '受益对象 Whom a contract serves, and why. Those served as children need the right person.minor, too.',
  card: BENEFICIARY_CARD,
  rowRightCode: 'person.minor',
  rowRight: ({ need }) => (need === 'PUPIL_CARE' ? 'person.minor' : undefined),
  entity: beneficiaryLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    ...entityFields(t, 'Beneficiary'),
    person: t.field({
      type: Person,
      nullable: true,
      description: '对象 The person.',
      card: BENEFICIARY_RIGHT,
      resolve: ({ personId }) => ({ id: globalId('Person', personId) }),
    }),
    need: t.field({
      type: BeneficiaryNeedType,
      nullable: true,
      description: '需求 Why.',
      card: BENEFICIARY_RIGHT,
      resolve: (row) => row.need as BeneficiaryNeed,
    }),
    servedFrom: t.expose('servedFrom', {
      type: 'LocalDate',
      nullable: true,
      description: '起 First day.',
      card: BENEFICIARY_RIGHT,
    }),
    servedTo: t.expose('servedTo', {
      type: 'LocalDate',
      nullable: true,
      description: '止 Last day; null while it goes on.',
      card: BENEFICIARY_RIGHT,
    }),
    contract: t.field({
      type: Contract,
      nullable: true,
      description: '合同 The contract.',
      card: KEY_CARD,
      ...contractLoader.below(({ contractId }: { readonly contractId: string }) => globalId('Contract', contractId)),
    }),
  }),
});

const ContractFilter = builder.inputType('ContractFilter', {
  description: '合同筛选 Which contracts; all given conditions hold together.',
  fields: (t) => ({
    kind: t.field({ type: ContractKindType, description: '种类 Of this kind.' }),
    mode: t.field({ type: PurchaseModeType, description: '购买方式 Purchased in this way.' }),
    field: t.field({ type: ServiceFieldType, description: '领域 Of this field.' }),
    state: t.field({ type: ContractStateType, description: '状态 In this state.' }),
    divisionCode: t.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
  }),
});

builder.queryField('contracts', (t) =>
  t.field({
    type: ContractConnection,
    description: '项目合同 Purchases and grants in the caller’s area, the newest first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: ContractFilter, description: '筛选 Which ones.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(contractList, page, { sort: 'SIGNED_ON', filter: { ...filter } }, context, info),
  }),
);

builder.objectField(DemandProject, 'contracts', (t) =>
  t.field({
    type: ContractConnection,
    description: '合同 Contracts of the project.',
    args: pageArguments(t.arg),
    resolve: ({ id }, page, context, info) =>
      pageBelow(
        contractsBelow,
        { column: 't.project_id', cast: 'uuid', key: id },
        page,
        { sort: 'ID', filter: {} },
        context,
        info,
      ),
  }),
);
