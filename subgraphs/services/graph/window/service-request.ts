import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { type DataCard, KEY_CARD } from '../../../kit/graph/data-card.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { materialStates, missingOf } from '../../rules/items/materials.ts';
import { requestMachine } from '../../rules/window/request-machine.ts';
import { serviceChannels } from '../../rules/window/service-channels.ts';
import { requestFacts } from '../../rules/window/write-request-step.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import {
  type AgencyRow,
  findAgencies,
  findMaterials,
  type RequestMaterialRow,
} from '../../store/window/request-rows.ts';
import { Attachment, loadAttachments } from '../attachment.ts';
import { builder, CommunityWorker, Deadline, Department, Organization, Person } from '../builder.ts';
import { ServiceItem, ServiceRequest, serviceItemLoader, serviceRequestLoader } from '../entities.ts';
import { communityField, entityFields, machineFields } from '../entity-fields.ts';
import { loadGuide, MaterialNecessity, ServiceGuide } from '../items/service-guide.ts';
import { stateEnum } from '../machine-events.ts';
import { namedEnum } from '../named-enum.ts';
import { Satisfaction } from '../vocabulary.ts';
import { noticeDeadline, promiseOf, rectificationDeadline, serviceTerm } from './request-deadlines.ts';

type Context = SubgraphContext<ServicesStore>;

export const REQUEST_CARD: DataCard = {
  source: 'government-service',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
};

export const RequestState = stateEnum('ServiceRequestState', requestMachine);
export const ServiceChannel = namedEnum('ServiceChannel', '办理渠道 How a request came in.', serviceChannels);
const MaterialState = namedEnum('MaterialState', '材料状态 Where a material came from.', materialStates);

const RequestMaterial = builder.objectRef<RequestMaterialRow>('RequestMaterial').implement({
  description: '办件材料 One material of a request, and where it came from; never what it says.',
  card: REQUEST_CARD,
  fields: (t) => ({
    code: t.exposeString('code', { description: '材料代码 As in the guide.' }),
    name: t.exposeString('name', { description: '材料名称 Name.' }),
    necessity: t.field({
      type: MaterialNecessity,
      description: '必要程度 When it is needed.',
      resolve: (row) => row.necessity,
    }),
    state: t.field({ type: MaterialState, description: '材料状态 Where it came from.', resolve: (row) => row.state }),
    filledBy: t.field({
      type: Department,
      nullable: true,
      description: '共享部门 Department whose register holds it; null when it does not come from one.',
      resolve: ({ sourceDepartmentCode: code }) => (code === null ? null : { code }),
    }),
  }),
});

const Agency = builder.objectRef<AgencyRow>('AgencyService').implement({
  description: '全程代办 An agent who does the whole run, with the applicant’s consent.',
  card: REQUEST_CARD,
  fields: (t) => ({
    agent: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '代办人 Who runs for the applicant.',
      resolve: (row) => ({ id: globalId('CommunityWorker', row.agentWorkerId) }),
    }),
    scope: t.exposeString('scope', { description: '代办范围 What was agreed.' }),
    consentedOn: t.expose('consentedOn', { type: 'LocalDate', description: '同意日期 When the applicant consented.' }),
    consent: t.field({
      type: [Attachment],
      description: '同意凭证 Reference to the recorded consent.',
      resolve: (row, _args, context) => loadAttachments(row.id, context),
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: '开始时间 Since when.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: '结束时间 Until when; null while it runs.',
    }),
  }),
});

export function loadMaterials(requestId: string, context: Context): Promise<RequestMaterialRow[]> {
  return context.loaders
    .get<RequestMaterialRow[]>('request:materials', (ids) => findMaterials(context.store, ids, context.trace))
    .load(requestId);
}

ServiceRequest.implement({
  description: '办件 A request for an item, or an order of a service of daily life.',
  card: REQUEST_CARD,
  entity: serviceRequestLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['applicantPersonId'],
      resolve: ({ applicantPersonId }) => personSubject(applicantPersonId),
    }),
    ...entityFields(t, 'ServiceRequest'),
    requestNumber: t.exposeString('requestNumber', { description: '办件编号 Number that people quote.' }),
    receiptCode: t.string({
      description: '回执码 Under which whoever asked follows it.',
      card: { derivedFrom: 'id under a block cipher' },
      reads: ['id'],
      resolve: (row, _args, { store }) => store.codes.codeOf('RequestProgress', row.id),
    }),
    item: t.field({
      type: ServiceItem,
      nullable: true,
      description: '事项 What is asked for.',
      card: KEY_CARD,
      ...serviceItemLoader.below(({ itemId }: { readonly itemId: string }) => globalId('ServiceItem', itemId)),
    }),
    guide: t.field({
      type: ServiceGuide,
      nullable: true,
      description: '办事指南 The version under which it began; null for orders.',
      resolve: (row, _args, context) => (row.guideId === null ? null : loadGuide(row.guideId, context)),
    }),
    applicant: t.field({
      type: Person,
      nullable: true,
      description: '申请人 Who asks; null outside the caller’s area.',
      card: { right: 'service.applicant', grade: 3, category: 'PERSONAL' },
      resolve: (row) => ({ id: globalId('Person', row.applicantPersonId) }),
    }),
    state: t.field({ type: RequestState, description: '办件状态 Where it stands.', resolve: (row) => row.state }),
    stateZh: t.string({
      description: '办件状态名称 Its name, for small screens.',
      card: { derivedFrom: 'state' },
      resolve: (row) => requestMachine.stateName(row.state).zh,
    }),
    channel: t.field({ type: ServiceChannel, description: '办理渠道 How it came in.', resolve: (row) => row.channel }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: '收件时间 When it came in.' }),
    submittedAt: t.expose('submittedAt', {
      type: 'DateTime',
      nullable: true,
      description: '提交时间 When it was submitted with all materials; null until then.',
    }),
    closedAt: t.expose('closedAt', {
      type: 'DateTime',
      nullable: true,
      description: '办结时间 When it was completed, returned or withdrawn; null while it is open.',
    }),
    materials: t.field({
      type: [RequestMaterial],
      description: '材料 Every material of its guide, in order.',
      resolve: (row, _args, context) => loadMaterials(row.id, context),
    }),
    missingMaterials: t.field({
      type: [RequestMaterial],
      description: '缺少的材料 What it cannot go on without; told once.',
      card: { derivedFrom: 'materials that are necessary and missing' },
      resolve: async (row, _args, context) => missingOf(await loadMaterials(row.id, context)),
    }),
    toldAt: t.expose('supplementAskedAt', {
      type: 'DateTime',
      nullable: true,
      description: '一次性告知时间 When the applicant was told what is missing; null when nothing was.',
    }),
    attachments: t.field({
      type: [Attachment],
      description: '附件 References to files, with checksum and size.',
      resolve: (row, _args, context) => loadAttachments(row.id, context),
    }),
    firstContact: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '首问责任人 The worker who was asked first and stays responsible; null where a system was.',
      resolve: ({ firstContactWorkerId: id }) => (id === null ? null : { id: globalId('CommunityWorker', id) }),
    }),
    firstContactDepartment: t.field({
      type: Department,
      description: '首问单位 Who was asked first; a transfer does not change it.',
      resolve: (row) => ({ code: row.firstContactDepartmentCode }),
    }),
    handlerDepartment: t.field({
      type: Department,
      description: '承办单位 Who handles it now.',
      resolve: (row) => ({ code: row.handlerDepartmentCode }),
    }),
    handler: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '承办人 The worker who handles it now, where one is named.',
      resolve: ({ handlerWorkerId: id }) => (id === null ? null : { id: globalId('CommunityWorker', id) }),
    }),
    agencies: t.field({
      type: [Agency],
      description: '代办 Agents of this request, the newest first.',
      resolve: (row, _args, context) =>
        context.loaders
          .get<AgencyRow[]>('request:agencies', (ids) => findAgencies(context.store, ids, context.trace))
          .load(row.id),
    }),
    promise: t.field({
      type: Deadline,
      nullable: true,
      description:
        '承诺期限 Until when the department promised to have it done, or the end of the hour that was ordered; null until it is accepted.',
      resolve: (row, _args, context) => promiseOf(row, context),
    }),
    legalTerm: t.field({
      type: Deadline,
      nullable: true,
      description: '法定期限 Until when the law wants it done; null until it is accepted, and for orders.',
      resolve: (row, _args, context) => serviceTerm('SERVICE_LEGAL_TERM', row, context),
    }),
    noticeTerm: t.field({
      type: Deadline,
      nullable: true,
      description: '一次性告知期限 Until when what is missing must be told; null unless it waits for acceptance.',
      resolve: (row, _args, context) => noticeDeadline(row, context),
    }),
    rectificationTerm: t.field({
      type: Deadline,
      nullable: true,
      description: '差评整改期限 Until when a bad rating must be put right; null without one.',
      resolve: (row, _args, context) => rectificationDeadline(row, context),
    }),
    overdue: t.boolean({
      description: '是否超期 Whether it is open and past its promised term now.',
      card: { derivedFrom: 'closedAt is null and the promised term has passed' },
      resolve: async (row, _args, context) => {
        if (row.closedAt !== null) return false;
        if (row.slotEndsAt !== null) return row.slotEndsAt <= context.clock.now();
        return (await serviceTerm('SERVICE_PROMISE', row, context))?.overdue ?? false;
      },
    }),
    provider: t.field({
      type: Organization,
      nullable: true,
      description: '服务方 Who provides an ordered service; null for administrative items.',
      resolve: ({ providerOrganizationId: id }) => (id === null ? null : { id: globalId('Organization', id) }),
    }),
    slotStartsAt: t.expose('slotStartsAt', {
      type: 'DateTime',
      nullable: true,
      description: '预约时段开始 When the ordered hour begins; null for administrative items.',
    }),
    slotEndsAt: t.expose('slotEndsAt', {
      type: 'DateTime',
      nullable: true,
      description: '预约时段结束 When it ends.',
    }),
    rating: t.field({
      type: Satisfaction,
      nullable: true,
      description: '好差评 One of five grades; null until rated.',
      resolve: (row) => row.rating,
    }),
    ratedOn: t.expose('ratedOn', { type: 'LocalDate', nullable: true, description: '评价日期 When it was rated.' }),
    community: communityField(t),
    ...machineFields(t, requestMachine, async (row, context) =>
      requestMachine.availableTransitions(
        row.state,
        context.caller,
        requestFacts(row, await loadMaterials(row.id, context)),
      ),
    ),
  }),
});
