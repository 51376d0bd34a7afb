import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EnumTypeDefinitionNode, Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import type { CityTable } from '../../prisma/seed/rows.ts';
import type { DemoCity } from '../../prisma/seed/vocabulary.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { CollectedCity } from './collected-city.ts';

/** Enums of people and organizations by which rows are of a kind or in a state, and the columns that hold them. */
const COLUMNS: Readonly<Record<'people' | 'organizations', Readonly<Record<string, string>>>> = {
  people: {
    AddressLevel: 'standard_address.level',
    CareTagKind: 'care_tag.kind',
    CareVisitMode: 'care_visit.mode',
    DwellingUsage: 'dwelling.usage',
    ElderAlertKind: 'elder_alert.kind',
    ElderAlertState: 'elder_alert.state',
    HouseholdType: 'household.type',
    ResidenceKind: 'residence.kind',
  },
  organizations: {
    CommitteeKind: 'committee.kind',
    CommunityKind: 'community.kind',
    CommunityOrigin: 'community.origin',
    DivisionChangeKind: 'division_change.kind',
    DivisionKind: 'division.kind',
    DivisionLevel: 'division.level',
    ElectionState: 'election.state',
    EngagementRole: 'engagement.role',
    ExperienceEventKind: 'experience_event.kind',
    FundEntryKind: 'fund_entry.kind',
    FundSource: 'fund.source',
    GridKind: 'grid.kind',
    GridRole: 'grid_assignment.role',
    IndicatorScope: 'indicator.scope',
    Nomination: 'election_candidate.nomination',
    OfficeStructure: 'organization.structure',
    OrganizationKind: 'organization.kind',
    OrganizationRuleCode: 'organization_rule.code',
    PolicyDocumentKind: 'policy_document.kind',
    PolicyProvisionKind: 'policy_provision.kind',
    PolicyTheme: 'policy_document.theme',
    ProgrammeKind: 'programme.kind',
    ProgrammeLevel: 'programme.level',
    RecruitmentChannel: 'recruitment.channel',
    RecruitmentState: 'recruitment.state',
    SocialOrganizationField: 'organization.field',
    SocialOrganizationForm: 'organization.form',
    SocialOrganizationRegistration: 'organization.registration',
    SocialWorkCertificate: 'certificate.level',
    StudyScope: 'training_course.study_scope',
    TargetOperator: 'indicator_target.operator',
    TrainingKind: 'training_course.kind',
    TrainingMode: 'training_course.mode',
    TrainingTier: 'training_course.tier',
    WorkerMode: 'community_worker.mode',
    WorkerPost: 'community_worker.post',
    WorkerRecordKind: 'worker_record.kind',
  },
};

function valuesOf(subgraph: string, name: string): readonly string[] {
  const document = parse(readFileSync(join(projectRoot, 'schema', `${subgraph}.graphql`), 'utf8'));
  const declared = document.definitions.find(
    (one): one is EnumTypeDefinitionNode => one.kind === Kind.ENUM_TYPE_DEFINITION && one.name.value === name,
  );
  if (declared?.values === undefined) throw new Error(`${subgraph} declares no enum ${name}`);
  return declared.values.map((value) => value.name.value);
}

/** As much of each city as shows every kind of place that it has; Sanya's farms are few. */
const SCALES: Readonly<Record<DemoCity, number>> = {
  ...{ hangzhou: 0.004, sanya: 0.06, xuzhou: 0.004, yantai: 0.004, jiaxing: 0.004 },
};

/** Values of which cities have no row, and why. */
const WITHOUT: readonly {
  readonly why: string;
  readonly cities: readonly DemoCity[];
  readonly values: readonly string[];
}[] = [
  {
    why: 'the ceiling is Yantai’s: no more certificates than its list has',
    cities: ['hangzhou', 'sanya', 'xuzhou', 'jiaxing'],
    values: ['TargetOperator.AT_MOST'],
  },
  { why: 'its article sets no floor', cities: ['hangzhou'], values: ['TargetOperator.AT_LEAST'] },
  {
    why: 'its article sets nothing to be reached exactly',
    cities: ['sanya', 'yantai', 'jiaxing'],
    values: ['TargetOperator.EQUAL'],
  },
  {
    why: 'farms that have become communities are Sanya’s, and so is the opinion on committees',
    cities: ['hangzhou', 'xuzhou', 'yantai', 'jiaxing'],
    values: ['CommitteeKind.FARM_RESIDENTS', 'CommunityKind.FARM_COMMUNITY', 'PolicyTheme.COMMITTEES'],
  },
  {
    why: 'the alliance across provinces, the special support and the green card of talents are Jiaxing’s',
    cities: ['hangzhou', 'sanya', 'xuzhou', 'yantai'],
    values: ['OrganizationKind.ALLIANCE', 'WorkerRecordKind.GREEN_CARD', 'WorkerRecordKind.TALENT_SUPPORT'],
  },
  {
    why: 'six work lines, duties of government and self-governance and the roll-out of generalists are Xuzhou’s',
    cities: ['hangzhou', 'sanya', 'yantai', 'jiaxing'],
    values: [
      ...['PolicyDocumentKind.DUTY_LIST', 'PolicyProvisionKind.GOVERNMENT_DUTY', 'PolicyTheme.SOCIETY_INTERACTION'],
      ...['PolicyProvisionKind.SELF_GOVERNANCE_DUTY', 'PolicyProvisionKind.WORK_LINE', 'ProgrammeKind.ROLLOUT'],
    ],
  },
  { why: 'its article tells of pilots and brands', cities: ['hangzhou'], values: ['ProgrammeKind.CAMPAIGN'] },
  {
    why: 'the city’s own papers, pilots, brands, forum, centres of sub-districts and share of the province are Hangzhou’s, and so is a county that was merged',
    cities: ['sanya', 'xuzhou', 'yantai', 'jiaxing'],
    values: [
      ...['DivisionChangeKind.MERGED', 'ExperienceEventKind.FORUM', 'IndicatorScope.PROVINCE'],
      ...['OfficeStructure.CENTRE_BASED', 'OfficeStructure.DEPARTMENTS_AND_CENTRE', 'OrganizationKind.OFFICE_UNIT'],
      ...['PolicyTheme.DELIBERATION', 'PolicyTheme.INTERNATIONAL', 'PolicyTheme.RURAL'],
      ...['PolicyTheme.VILLAGE_CONVERSION', 'ProgrammeKind.BRAND', 'ProgrammeKind.PILOT'],
      ...['ProgrammeLevel.MUNICIPAL', 'ProgrammeLevel.NATIONAL', 'ProgrammeLevel.PROVINCIAL'],
    ],
  },
  {
    why: 'its article names no measures of its own and no paper on the workforce',
    cities: ['sanya', 'xuzhou', 'jiaxing'],
    values: ['PolicyDocumentKind.MEASURES', 'PolicyTheme.WORKFORCE'],
  },
  {
    why: 'its districts have no townships, and so no offices of theirs',
    cities: ['sanya'],
    values: [
      ...['OfficeStructure.CONVENTIONAL', 'OrganizationKind.SOCIAL_WORK_STATION'],
      ...['OrganizationKind.SUBDISTRICT_OFFICE', 'TrainingTier.TOWNSHIP'],
    ],
  },
  { why: 'nobody spends the winter there', cities: ['xuzhou'], values: ['ResidenceKind.SEASONAL'] },
];

test.each(Object.entries(SCALES))(
  'the generator gives %s a row of every kind and state, or it is said why not',
  (name, scale) => {
    const city = name as DemoCity;
    const rows = new CollectedCity({ city, scale });
    const missing: string[] = [];
    for (const [subgraph, columns] of Object.entries(COLUMNS)) {
      for (const [vocabulary, place] of Object.entries(columns)) {
        const [table, column = ''] = place.split('.');
        // The generator's rows are named like the columns, in camelCase.
        const property = column.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
        const found = new Set(
          rows.rows(`${subgraph}.${table}` as CityTable).map((row) => new Map(Object.entries(row)).get(property)),
        );
        for (const value of valuesOf(subgraph, vocabulary)) {
          if (!found.has(value)) missing.push(`${vocabulary}.${value}`);
        }
      }
    }
    const explained = WITHOUT.filter(({ cities }) => cities.includes(city)).flatMap(({ values }) => values);
    expect(missing.sort()).toEqual(explained.sort());
  },
  120_000,
);
