import { dateInChina } from '../../../kit/clock.ts';
import { graphProblem } from '../../../kit/codes/problems.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import {
  type CheckInput,
  type DepartmentCheck,
  departmentChecks,
  isEmployed,
  isMarried,
} from '../../rules/checks/department-checks.ts';
import { confirmsKinship, type Kinship, kinships } from '../../rules/checks/kinship.ts';
import { findCareTagsOfPersons } from '../../store/care/care-rows.ts';
import type { PeopleStore } from '../../store/people-store.ts';
import type { PersonRow } from '../../store/person-rows.ts';
import { builder, Department } from '../builder.ts';
import { personLoader } from '../entities.ts';

type Code = keyof typeof departmentChecks;

const DepartmentCheckCode = builder.enumType('DepartmentCheckCode', {
  description: '部门核查 A check that takes the place of a certificate (民发〔2020〕20号).',
  // The table's own keys.
  values: Object.fromEntries(
    Object.entries<DepartmentCheck>(departmentChecks).map(([code, { zh, en, inputs }]) => [
      code,
      { description: `${zh}核查 ${en}; ${taken(inputs)}.` },
    ]),
  ) as { [C in Code]: { description: string } },
});

function taken(inputs: DepartmentCheck['inputs']): string {
  return inputs === null
    ? 'no register of the graph holds it: its department is asked by `askCertificateCheck`'
    : `takes ${['personId', ...inputs].join(', ')}`;
}

const KinshipType = builder.enumType('Kinship', {
  description: '亲属关系 How two persons are related.',
  // The table's own keys.
  values: Object.fromEntries(
    Object.entries(kinships).map(([code, { zh, en }]) => [code, { description: `${zh} ${en}.` }]),
  ) as { [K in Kinship]: { description: string } },
});

interface Answer {
  readonly code: Code;
  readonly confirmed: boolean | null;
  readonly checkedAt: Date;
}

const DepartmentCheckAnswer = builder.objectRef<Answer>('DepartmentCheckAnswer').implement({
  description:
    '核查结果 Yes or no, and nothing else; where no register of the graph holds it, whom to ask by `askCertificateCheck`.',
  card: GRAPH_CARD,
  fields: (t) => ({
    code: t.field({ type: DepartmentCheckCode, description: '核查代码 Which check.', resolve: ({ code }) => code }),
    held: t.boolean({
      description: '是否可在线核查 Whether a register of the graph holds what is asked.',
      resolve: ({ code }) => departmentChecks[code].inputs !== null,
    }),
    confirmed: t.exposeBoolean('confirmed', {
      nullable: true,
      description:
        '是否核实 Whether the department’s register confirms it; no also stands for what it does not know, and for persons outside the caller’s area. Null where no register of the graph holds it: `department` answers `askCertificateCheck`.',
    }),
    department: t.field({
      type: Department,
      description: '核查部门 Whom the answer is of, or who is to be asked; a default until the city confirms it.',
      resolve: ({ code }) => ({ code: departmentChecks[code].department }),
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
    birthDate: t.field({ type: 'LocalDate', description: '出生日期 The day that was given, for BIRTH.' }),
  }),
});
type Input = typeof DepartmentCheckInput.$inferInput;
type Context = SubgraphContext<PeopleStore>;

const OPTIONAL: readonly CheckInput[] = ['otherPersonId', 'kinship', 'name', 'birthDate'];

/** An input that a check does not take is refused, not ignored, and so is one that is missing. */
function refuseOtherInputs(input: Input): void {
  const wanted: readonly CheckInput[] = departmentChecks[input.code].inputs ?? [];
  const given = OPTIONAL.filter((field) => input[field] != null);
  if (given.length === wanted.length && given.every((field) => wanted.includes(field))) return;
  throw graphProblem('FILTER_INVALID', {
    filter: 'input',
    reasonZh: `${input.code} 核查须且只能给出：${['personId', ...wanted].join('、')}`,
    reasonEn: `the check ${input.code} takes exactly ${['personId', ...wanted].join(', ')}`,
  });
}

/** What the register of the check says of the person. */
async function confirms(input: Input, person: PersonRow, other: PersonRow | null, context: Context): Promise<boolean> {
  const { kinship, name, birthDate } = input;
  switch (input.code) {
    case 'KINSHIP':
      return other !== null && kinship != null && confirmsKinship(person, other, kinship);
    case 'IDENTITY':
      return person.name === name?.trim();
    case 'MARRIAGE':
      return isMarried(person.maritalStatusCode);
    case 'BIRTH':
      return person.birthDate === birthDate;
    case 'EMPLOYMENT':
      return isEmployed(person.employmentStatusCode);
    case 'DISABILITY': {
      const { store, caller, trace, clock } = context;
      const [tags = []] = await findCareTagsOfPersons(store, [person.id], false, caller, trace);
      const today = dateInChina(clock.now());
      return tags.some(
        ({ kind, validFrom, validTo }) =>
          kind === 'DISABILITY' && validFrom <= today && (validTo === null || validTo > today),
      );
    }
    default:
      throw new Error(`no register answers ${input.code}`);
  }
}

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
      refuseOtherInputs(input);
      const { code, personId, otherPersonId } = input;
      const checkedAt = context.clock.now();
      if (departmentChecks[code].inputs === null) return { code, confirmed: null, checkedAt };
      const [person, other] = await Promise.all([
        personLoader.read(personId, context),
        otherPersonId == null ? null : personLoader.read(otherPersonId, context),
      ]);
      return { code, confirmed: person !== null && (await confirms(input, person, other, context)), checkedAt };
    },
  }),
);
