import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { answerCertificateCheck, askCertificateCheck } from '../../rules/certificates/certificate-check.ts';
import { certificateCheckMachine } from '../../rules/certificates/certificate-check-machine.ts';
import { checkList, checkQueue } from '../../store/certificates/certificate-check-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Deadline, Department, Person } from '../builder.ts';
import {
  CertificateCheck,
  CertificateCheckConnection,
  CertificateItem,
  certificateCheckLoader,
  certificateItemLoader,
} from '../entities.ts';
import { communityField, entityFields, machineFields } from '../entity-fields.ts';
import { termOf } from '../governance-rule.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum, stateEnum } from '../machine-events.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';

const CheckState = stateEnum('CertificateCheckState', certificateCheckMachine);
const PERSONAL = { right: 'service.applicant', grade: 3, category: 'PERSONAL' } as const;

CertificateCheck.implement({
  description:
    '替代核查 A question to the department whose check has replaced a certificate, for who asks and who answers; its answer is yes or no.',
  card: { source: 'civil-affairs', sharing: 'CONDITIONAL', grade: 2, category: 'GOVERNMENT', updateCycle: 'REALTIME' },
  entity: certificateCheckLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    ...entityFields(t, 'CertificateCheck'),
    ...machineFields(t, certificateCheckMachine, (row, { caller }) =>
      certificateCheckMachine.availableTransitions(row.state, caller, row),
    ),
    item: t.field({
      type: CertificateItem,
      nullable: true,
      description: '证明事项 The certificate that it takes the place of.',
      card: KEY_CARD,
      ...certificateItemLoader.below(({ certificateItemId }: { readonly certificateItemId: string }) =>
        globalId('CertificateItem', certificateItemId),
      ),
    }),
    person: t.field({
      type: Person,
      nullable: true,
      description: '核查对象 Whom it is about.',
      card: PERSONAL,
      resolve: ({ personId }) => ({ id: globalId('Person', personId) }),
    }),
    statement: t.exposeString('statement', {
      nullable: true,
      description: '待核实内容 What is to be confirmed.',
      card: PERSONAL,
    }),
    state: t.field({
      type: CheckState,
      nullable: true,
      description: '状态 Where it stands.',
      card: PERSONAL,
      resolve: (row) => row.state,
    }),
    confirmed: t.boolean({
      nullable: true,
      description: '是否核实 Yes or no; null until it is answered.',
      card: { ...PERSONAL, derivedFrom: 'state' },
      resolve: ({ state, answeredAt }) => (answeredAt === null ? null : state === 'CONFIRMED'),
    }),
    department: t.field({
      type: Department,
      description: '核查部门 Who answers.',
      resolve: (row) => ({ code: row.departmentCode }),
    }),
    asker: t.field({
      type: Department,
      description: '提出单位 Who asked.',
      resolve: (row) => ({ code: row.askerDepartmentCode }),
    }),
    askedAt: t.expose('askedAt', { type: 'DateTime', description: '提出时间 When it was asked.' }),
    answeredAt: t.expose('answeredAt', {
      type: 'DateTime',
      nullable: true,
      description: '答复时间 When it was answered; null until then.',
    }),
    deadline: t.field({
      type: Deadline,
      nullable: true,
      description: '答复期限 Until when it has to be answered; null once it is.',
      resolve: (row, _args, context) => {
        const clock = certificateCheckMachine.clockOf(row.state);
        return clock === undefined ? null : termOf(clock, dateInChina(row.askedAt), context);
      },
    }),
    community: communityField(t),
  }),
});

builder.queryFields((t) => ({
  certificateChecks: t.field({
    type: CertificateCheckConnection,
    description: '替代核查 Checks in the caller’s area that his department asked or is asked, the newest first.',
    args: {
      ...pageArguments(t.arg),
      state: t.arg({ type: CheckState, description: '状态 Only in this state.' }),
      divisionCode: t.arg.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
    },
    resolve: (_root, { state, divisionCode, ...page }, context, info) =>
      rootPage(checkList, page, { sort: 'ASKED_AT', filter: { state, divisionCode } }, context, info),
  }),
  certificateChecksToAnswer: t.field({
    type: CertificateCheckConnection,
    description: '待答复核查 Checks that the caller’s department has to answer, the most urgent first.',
    args: { ...pageArguments(t.arg), divisionCode: t.arg.string({ description: '区划代码 4, 6, 9 or 12 digits.' }) },
    resolve: (_root, { divisionCode, ...page }, context, info) =>
      rootPage(checkQueue, page, { sort: 'DUE_AT', filter: { divisionCode } }, context, info),
  }),
}));

const result = {
  field: 'check',
  type: CertificateCheck,
  description: '核查 The check as it stands now.',
  load: ({ checkId }: { checkId: string }, context: SubgraphContext<ServicesStore>) =>
    certificateCheckLoader.load(checkId, context),
};

defineMutation(builder, {
  name: 'askCertificateCheck',
  description:
    '提出替代核查 Asks the department whose check has replaced a certificate; for what `departmentCheck` cannot answer at once.',
  card: { source: 'civil-affairs', right: 'department-check.ask' },
  input: builder.inputType('AskCertificateCheckInput', {
    description: '替代核查 Which certificate, about whom, what is to be confirmed.',
    fields: (t) => ({
      certificateCode: t.string({ required: true, description: '证明事项代码 Of one that is no longer issued.' }),
      personId: t.id({
        references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
        required: true,
        description: '核查对象 The person.',
      }),
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '社区 Where it is asked, inside the caller’s area.',
      }),
      statement: t.string({ required: true, description: '待核实内容 4 to 200 characters; answered by yes or no.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => askCertificateCheck(context, input),
  result,
});

defineMutation(builder, {
  name: 'answerCertificateCheck',
  description: '答复替代核查 Answers a check by yes or no; by the department that is asked, and nobody else.',
  card: { source: 'civil-affairs', right: 'department-check.answer' },
  input: builder.inputType('AnswerCertificateCheckInput', {
    description: '答复 Which check, yes or no.',
    fields: (t) => ({
      checkId: t.id({ required: true, description: '核查 The check, in which the caller’s department has a part.' }),
      event: t.field({
        type: eventEnum('CertificateCheckEvent', certificateCheckMachine),
        required: true,
        description: '答复 Yes or no.',
      }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => answerCertificateCheck(context, input),
  result,
});
