import { graphProblem } from '../../../kit/codes/problems.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { confirmsKinship, type Kinship, kinships } from '../../rules/checks/kinship.ts';
import { builder } from '../builder.ts';
import { personLoader } from '../entities.ts';

const DepartmentCheckCode = builder.enumType('DepartmentCheckCode', {
  description: '部门核查 A check that takes the place of a certificate.',
  values: {
    KINSHIP: {
      description: '亲属关系核查 Whether two persons are related so; takes personId, otherPersonId, kinship.',
    },
    IDENTITY: { description: '身份信息核查 Whether the person has this name; takes personId, name.' },
    MARRIAGE: { description: '婚姻情况核查 Whether the person is recorded as married; takes personId.' },
  },
});
type CheckCode = typeof DepartmentCheckCode.$inferType;

const KinshipType = builder.enumType('Kinship', {
  description: '亲属关系 How two persons are related.',
  // The table's own keys.
  values: Object.fromEntries(
    Object.entries(kinships).map(([code, { zh, en }]) => [code, { description: `${zh} ${en}.` }]),
  ) as { [K in Kinship]: { description: string } },
});

interface Answer {
  readonly code: CheckCode;
  readonly confirmed: boolean;
  readonly checkedAt: Date;
}

const DepartmentCheckAnswer = builder.objectRef<Answer>('DepartmentCheckAnswer').implement({
  description: '核查结果 Yes or no, and nothing else.',
  card: GRAPH_CARD,
  fields: (t) => ({
    code: t.field({ type: DepartmentCheckCode, description: '核查代码 Which check.', resolve: ({ code }) => code }),
    confirmed: t.exposeBoolean('confirmed', {
      description:
        '是否核实 Whether the department’s register confirms it; no also stands for what it does not know, and for persons outside the caller’s area.',
    }),
    checkedAt: t.expose('checkedAt', { type: 'DateTime', description: '核查时间 When.' }),
  }),
});

const DepartmentCheckInput = builder.inputType('DepartmentCheckInput', {
  description: '核查内容 Which check of whom; each takes exactly the inputs that its code names.',
  fields: (t) => ({
    code: t.field({ type: DepartmentCheckCode, required: true, description: '核查代码 Which check.' }),
    personId: t.id({ required: true, description: '核查对象 The person.' }),
    otherPersonId: t.id({ description: '另一人 The other person, for KINSHIP.' }),
    kinship: t.field({ type: KinshipType, description: '亲属关系 How they are said to be related, for KINSHIP.' }),
    name: t.string({ description: '姓名 The name that was given, for IDENTITY.' }),
  }),
});

/** Inputs beside the person that each check takes. */
const INPUTS = { KINSHIP: ['otherPersonId', 'kinship'], IDENTITY: ['name'], MARRIAGE: [] } as const;
const MARRIED = new Set(['20', '21', '22', '23']);

builder.queryField('departmentCheck', (t) =>
  t.field({
    type: DepartmentCheckAnswer,
    nullable: true,
    description:
      '部门核查 Asks the department that has the data, in place of a certificate by the village or community; answered by yes or no only.',
    card: {
      ...{ source: 'public-security', sharing: 'CONDITIONAL', grade: 3, category: 'PERSONAL' },
      right: 'department-check.ask',
    },
    args: { input: t.arg({ type: DepartmentCheckInput, required: true, description: '核查内容 What is asked.' }) },
    resolve: async (_root, { input }, context) => {
      const { code, personId, otherPersonId, kinship, name } = input;
      const given = (['otherPersonId', 'kinship', 'name'] as const).filter((field) => input[field] != null);
      const wanted: readonly string[] = INPUTS[code];
      if (given.length !== wanted.length || given.some((field) => !wanted.includes(field))) {
        throw graphProblem('FILTER_INVALID', {
          filter: 'input',
          reasonZh: `${code} 核查须且只能给出：${['personId', ...wanted].join('、')}`,
          reasonEn: `the check ${code} takes exactly ${['personId', ...wanted].join(', ')}`,
        });
      }
      const [person, other] = await Promise.all([
        personLoader.read(personId, context),
        otherPersonId == null ? null : personLoader.read(otherPersonId, context),
      ]);
      const confirmed =
        person !== null &&
        (code === 'MARRIAGE'
          ? MARRIED.has(person.maritalStatusCode)
          : code === 'IDENTITY'
            ? person.name === name?.trim()
            : other !== null && kinship != null && confirmsKinship(person, other, kinship));
      return { code, confirmed, checkedAt: context.clock.now() };
    },
  }),
);
