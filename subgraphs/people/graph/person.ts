import { mayUse } from '../../kit/caller/field-decision.ts';
import { findCitizenIdFlaw, normaliseCitizenId } from '../../kit/citizen-id.ts';
import { dateInChina } from '../../kit/clock.ts';
import { globalId } from '../../kit/global-id.ts';
import type { PageArguments } from '../../kit/graph/connection.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { loadedBelow } from '../../kit/graph/loaded-below.ts';
import { loadProvenance } from '../../kit/graph/provenance.ts';
import { selectionsBelow } from '../../kit/graph/selected-fields.ts';
import { nameDigest } from '../../kit/names/register-name.ts';
import { keyedHash, unseal } from '../../kit/store/sealing.ts';
import { groupByKey, type SubgraphContext } from '../../kit/subgraph-context.ts';
import { ageInYears, isMinor, isOfVotingAge } from '../rules/age.ts';
import type { PeopleStore } from '../store/people-store.ts';
import { findPersonByNumberHash, type PersonRow } from '../store/person-rows.ts';
import { findResidencesOfPersons, type ResidenceRow } from '../store/residence-rows.ts';
import { CodeValue, Community, Division, Grid, MicroGrid, Provenance } from './builder.ts';
import { Household, householdLoader, Person, personLoader, Residence } from './entities.ts';
import { membersOf } from './household-members.ts';
import * as vocabulary from './vocabulary.ts';

/** For a reference by number: under the same right as any search by it; what is no number finds nobody. */
async function findByCitizenId(numbers: readonly string[], context: SubgraphContext<PeopleStore>) {
  const { store, caller, trace, clock } = context;
  if (!mayUse(caller, 'person.identity', true)) return numbers.map(() => null);
  return Promise.all(
    numbers.map((text) => {
      const number = normaliseCitizenId(text);
      if (findCitizenIdFlaw(number, dateInChina(clock.now())) !== undefined) return null;
      return findPersonByNumberHash(store, keyedHash(store.keys.lookup, number), caller, trace);
    }),
  );
}

Person.implement({
  description: '自然人 A person, as the population register knows him.',
  card: { source: 'public-security', sharing: 'CONDITIONAL', grade: 3, category: 'PERSONAL', updateCycle: 'DAILY' },
  entity: { ...personLoader, resolveBy: { citizenId: findByCitizenId } },
  rowRight: (person, { clock }) => (isMinor(person.birthDate, dateInChina(clock.now())) ? 'person.minor' : undefined),
  rowRightCode: 'person.minor',
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id; never the citizen number.',
      card: KEY_CARD,
      reads: ['id'],
      resolve: (person) => globalId('Person', person.id),
    }),
    name: t.exposeString('name', {
      description: '姓名 Name; masked to the family name without the right.',
      card: { right: 'person.identity', mask: 'name' },
    }),
    nameDigest: t.string({
      nullable: true,
      description:
        '姓名摘要 Lets a rule of another register tell whether a name is this person’s; not part of the API.',
      card: KEY_CARD,
      directives: { inaccessible: {} },
      reads: ['id', 'name'],
      resolve: ({ id, name }) => nameDigest(globalId('Person', id), name),
    }),
    sex: t.field({
      type: vocabulary.Sex,
      description: '性别 Sex.',
      reads: ['sexCode'],
      resolve: (person) => person.sexCode as '1',
    }),
    sexCode: t.field({
      type: CodeValue,
      description: '性别代码 Sex by GB/T 2261.1.',
      reads: ['sexCode'],
      resolve: (person) => vocabulary.sexCodes.of(person.sexCode),
    }),
    birthDate: t.expose('birthDate', {
      type: 'LocalDate',
      nullable: true,
      description: '出生日期 Date of birth.',
      card: { right: 'person.identity' },
    }),
    ageYears: t.int({
      description: '年龄 Full years of age today.',
      card: { unit: '岁 years', derivedFrom: 'birthDate' },
      reads: ['birthDate'],
      resolve: (person, _args, context) => ageInYears(person.birthDate, dateInChina(context.clock.now())),
    }),
    minor: t.boolean({
      description:
        '不满十四周岁 Whether under fourteen; then name, numbers and date of birth need the right person.minor, too.',
      card: { derivedFrom: 'birthDate' },
      reads: ['birthDate'],
      resolve: (person, _args, context) => isMinor(person.birthDate, dateInChina(context.clock.now())),
    }),
    citizenId: t.string({
      description: '公民身份号码 GB 11643 number; masked without the right.',
      card: { right: 'person.identity', mask: 'citizenId', grade: 4, category: 'SENSITIVE_PERSONAL' },
      reads: ['citizenIdSealed'],
      resolve: (person, _args, { store }) => unseal(store.keys.field, person.citizenIdSealed),
    }),
    phone: t.string({
      nullable: true,
      description: '联系电话 Telephone number; masked without the right.',
      card: { right: 'person.contact', mask: 'phone' },
      reads: ['phoneSealed'],
      resolve: (person, _args, { store }) =>
        person.phoneSealed === null ? null : unseal(store.keys.field, person.phoneSealed),
    }),
    ethnicGroup: t.field({
      type: CodeValue,
      description: '民族 Ethnic group, GB/T 3304.',
      reads: ['ethnicGroupCode'],
      resolve: (person) => vocabulary.ethnicGroupCodes.of(person.ethnicGroupCode),
    }),
    education: t.field({
      type: CodeValue,
      description: '文化程度 Education, GB/T 4658.',
      card: { source: 'education' },
      reads: ['educationCode'],
      resolve: (person) => vocabulary.educationCodes.of(person.educationCode),
    }),
    maritalStatus: t.field({
      type: CodeValue,
      description: '婚姻状况 Marital status, GB/T 2261.2.',
      card: { source: 'civil-affairs' },
      reads: ['maritalStatusCode'],
      resolve: (person) => vocabulary.maritalStatusCodes.of(person.maritalStatusCode),
    }),
    employmentStatus: t.field({
      type: CodeValue,
      description: '从业状况 Employment status, GB/T 2261.4.',
      card: { source: 'human-resources' },
      reads: ['employmentStatusCode'],
      resolve: (person) => vocabulary.employmentStatusCodes.of(person.employmentStatusCode),
    }),
    relationToHead: t.field({
      type: CodeValue,
      nullable: true,
      description: '与户主关系 Relation to the head of the household, GB/T 4761.',
      reads: ['relationToHeadCode'],
      resolve: ({ relationToHeadCode }) =>
        relationToHeadCode === null ? null : vocabulary.familyRelationCodes.of(relationToHeadCode),
    }),
    household: t.field({
      type: Household,
      nullable: true,
      description: '所在户 Household the person belongs to.',
      reads: ['householdId'],
      ...loadedBelow({
        keyOf: ({ householdId }: PersonRow) => (householdId === null ? null : globalId('Household', householdId)),
        loaderOf: (_args: object, context: SubgraphContext<PeopleStore>) => householdLoader.of(context),
        // The members are asked for together with the household: its id is all that they need.
        alongside: (persons, context, info) => {
          for (const { args, ...members } of selectionsBelow<PageArguments>(info, 'members')) {
            const loader = membersOf(args, context, members);
            for (const { householdId } of persons) if (householdId !== null) loader.askFor(householdId);
          }
        },
      }),
    }),
    residences: t.field({
      type: [Residence],
      description: '居住登记 Where the person is registered and lives, newest first, closed ones included.',
      args: {
        asOf: t.arg({ type: 'LocalDate', description: '只取当日有效的 Only those valid on this day.' }),
      },
      reads: ['id'],
      resolve: (person, { asOf }, context) => {
        const { store, caller, trace } = context;
        return context.loaders
          .get<ResidenceRow[]>(`residences:${asOf ?? ''}`, async (ids) =>
            groupByKey(
              ids,
              (await findResidencesOfPersons(store, ids, asOf ?? null, caller, trace)).flat(),
              (row) => row.personId,
            ),
          )
          .load(person.id);
      },
    }),
    separatedFromRegistration: t.boolean({
      description: '人户分离 Whether the person lives outside the community of registration.',
      card: { derivedFrom: 'registered community <> community lived in' },
      reads: ['registeredCommunityCode', 'communityCode'],
      resolve: (person) => person.registeredCommunityCode !== person.communityCode,
    }),
    registeredDivisionCode: t.exposeString('registeredCode', {
      description:
        '户籍地区划代码 Code of the division where the person is registered, as fine as it is known: of the community (12 digits), or of a county or township elsewhere. Where he lives is `community`.',
    }),
    registeredDivision: t.field({
      type: Division,
      nullable: true,
      description: '户籍地 Division where the person is registered; null where it lies outside of the hub’s divisions.',
      reads: ['registeredCode'],
      resolve: ({ registeredCode }) => ({ id: globalId('Division', registeredCode.padEnd(12, '0')) }),
    }),
    votingCommunityCodes: t.stringList({
      description:
        '可参选社区 Codes of the communities in whose committees’ elections the person may vote and stand: where he lives and where he is registered, from eighteen on. Who stands on an election’s roll is up to the election.',
      card: { derivedFrom: 'birthDate, registered community, community lived in' },
      reads: ['birthDate', 'registeredCommunityCode', 'communityCode'],
      resolve: ({ birthDate, registeredCommunityCode, communityCode }, _args, { clock }) =>
        isOfVotingAge(birthDate, dateInChina(clock.now()))
          ? [...new Set([communityCode, ...(registeredCommunityCode === null ? [] : [registeredCommunityCode])])]
          : [],
    }),
    community: t.field({
      type: Community,
      description: '现住社区 Community the person lives in.',
      reads: ['communityCode'],
      resolve: (person) => ({ id: globalId('Community', person.communityCode) }),
    }),
    grid: t.field({
      type: Grid,
      description: '现住网格 Grid the person lives in.',
      reads: ['gridCode'],
      resolve: (person) => ({ id: globalId('Grid', person.gridCode) }),
    }),
    microGrid: t.field({
      type: MicroGrid,
      description: '现住微网格 Micro-grid the person lives in.',
      reads: ['microGridCode'],
      resolve: (person) => ({ id: globalId('MicroGrid', person.microGridCode) }),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      reads: ['provenanceId'],
      resolve: (person, _args, context) => loadProvenance(person.provenanceId, context),
    }),
  }),
});
