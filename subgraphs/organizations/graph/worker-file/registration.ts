import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { sumEducationHours } from '../../store/workforce/training-rows.ts';
import { registrationList, workerRegistrations } from '../../store/workforce/worker-file-rows.ts';
import { builder, Provenance } from '../builder.ts';
import { PUBLIC_NAME, WORKFORCE_CARD } from '../cards.ts';
import {
  Certificate,
  CommunityWorker,
  certificateLoader,
  RegistrationConnection,
  registrationLoader,
  SocialWorkerRegistration,
  workerLoader,
} from '../entities.ts';
import { type Context, globalIdOrNull, loadShortList } from '../entity-loading.ts';
import { loadRule } from '../organization-rule.ts';
import { SocialWorkCertificate } from '../vocabulary.ts';

const HOURS_CARD = { unit: '学时 hours', derivedFrom: 'sum of TrainingAttendance.hours of CONTINUING courses' };

async function hoursOf(registrationId: string, context: Context): Promise<number> {
  const { store, trace, loaders } = context;
  const hours = await loaders
    .get<number | null>('educationHours', (ids) => sumEducationHours(store, ids, trace))
    .load(registrationId);
  return hours ?? 0;
}

SocialWorkerRegistration.implement({
  description: '社会工作者实名登记 A registration under the real name for one period; one live per person.',
  card: WORKFORCE_CARD,
  entity: registrationLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('SocialWorkerRegistration', id),
    }),
    holderName: t.exposeString('holderName', { description: '姓名 Name as published.', card: PUBLIC_NAME }),
    level: t.field({ type: SocialWorkCertificate, description: '级别 Level.', resolve: ({ level }) => level }),
    registeredOn: t.expose('registeredOn', { type: 'LocalDate', description: '登记日期 First day.' }),
    expiresOn: t.expose('expiresOn', {
      type: 'LocalDate',
      description: '有效期至（当日起失效） First day on which it no longer holds.',
    }),
    endedOn: t.expose('endedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '终止日期 Day on which it ended or was renewed; null while it is the present one.',
    }),
    inForce: t.boolean({
      description: '是否有效 Whether it holds today.',
      card: { derivedFrom: 'expiresOn, endedOn' },
      resolve: ({ expiresOn, endedOn }, _args, { clock }) => endedOn === null && expiresOn > dateInChina(clock.now()),
    }),
    continuingEducationHours: t.int({
      description: '本周期继续教育学时 Hours of continuing education in the period.',
      card: HOURS_CARD,
      resolve: ({ id }, _args, context) => hoursOf(id, context),
    }),
    continuingEducationRequired: t.int({
      nullable: true,
      description: '规定学时 Hours that the rule of the level demands; null: the city has no rule.',
      card: { unit: '学时 hours', derivedFrom: 'OrganizationRule CONTINUING_EDUCATION_HOURS' },
      resolve: async ({ level }, _args, context) =>
        (await loadRule('CONTINUING_EDUCATION_HOURS', level, context))?.numerator ?? null,
    }),
    continuingEducationMet: t.boolean({
      nullable: true,
      description: '学时是否达标 Whether the hours suffice.',
      card: { derivedFrom: 'continuingEducationHours, continuingEducationRequired' },
      resolve: async ({ id, level }, _args, context) => {
        const rule = await loadRule('CONTINUING_EDUCATION_HOURS', level, context);
        return rule === undefined ? null : (await hoursOf(id, context)) >= rule.numerator;
      },
    }),
    certificate: t.field({
      type: Certificate,
      nullable: true,
      description: '证书 The certificate registered.',
      card: KEY_CARD,
      ...certificateLoader.below(({ certificateId }: { readonly certificateId: string }) =>
        globalId('Certificate', certificateId),
      ),
    }),
    worker: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '社区工作者 The worker.',
      card: KEY_CARD,
      resolve: ({ workerId }, _args, context) => {
        const id = globalIdOrNull('CommunityWorker', workerId);
        return id === null ? null : workerLoader.load(id, context);
      },
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (registration, _args, context) => loadProvenance(registration.provenanceId, context),
    }),
  }),
});

builder.objectFields(CommunityWorker, (t) => ({
  registration: t.field({
    type: SocialWorkerRegistration,
    nullable: true,
    description: '现行登记 The registration that has not ended; it may have run out.',
    card: KEY_CARD,
    resolve: async ({ id }, _args, context) =>
      (await loadShortList(workerRegistrations, id, context)).find(({ endedOn }) => endedOn === null) ?? null,
  }),
  registrations: t.field({
    type: [SocialWorkerRegistration],
    description: '历次登记 Registrations, newest first.',
    card: KEY_CARD,
    resolve: ({ id }, _args, context) => loadShortList(workerRegistrations, id, context),
  }),
}));

const RegistrationFilter = builder.inputType('SocialWorkerRegistrationFilter', {
  description: '登记筛选 Which registrations; all given conditions hold together.',
  fields: (t) => ({
    divisionCode: t.string({ description: '区划代码 Inside this city or a division below it.' }),
    expiresFrom: t.field({ type: 'LocalDate', description: '到期日不早于 Runs out on this day or later.' }),
    expiresBefore: t.field({ type: 'LocalDate', description: '到期日早于 Runs out before this day.' }),
  }),
});

builder.queryField('socialWorkerRegistrations', (t) =>
  t.field({
    type: RegistrationConnection,
    description: '实名登记列表 Present registrations of the caller’s area, the next to run out first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: RegistrationFilter, description: '筛选 Which ones.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(registrationList, page, { sort: 'EXPIRES_ON', filter: { ...filter } }, context, info),
  }),
);
