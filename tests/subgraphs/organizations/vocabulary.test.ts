import { GraphQLEnumType } from 'graphql';
import { expect, test } from 'vitest';
import * as vocabulary from '../../../prisma/seed/vocabulary.ts';
import { buildOrganizationsSchema } from '../../../subgraphs/organizations/graph/schema.ts';

test.each([
  ['DivisionLevel', vocabulary.divisionLevels],
  ['DivisionKind', vocabulary.divisionKinds],
  ['CommunityKind', vocabulary.communityKinds],
  ['CommunityOrigin', vocabulary.communityOrigins],
  ['GridKind', vocabulary.gridKinds],
  ['CommitteeKind', vocabulary.committeeKinds],
  ['WorkerPost', vocabulary.workerPosts],
  ['WorkerMode', vocabulary.workerModes],
  ['SocialWorkCertificate', vocabulary.socialWorkCertificates],
  ['GridRole', vocabulary.gridRoles],
  ['ElectionState', vocabulary.electionStates],
  ['Nomination', vocabulary.nominations],
  ['OrganizationKind', vocabulary.organizationKinds],
  ['SocialOrganizationForm', vocabulary.socialOrganizationForms],
  ['SocialOrganizationField', vocabulary.socialOrganizationFields],
  ['SocialOrganizationRegistration', vocabulary.socialOrganizationRegistrations],
  ['OfficeStructure', vocabulary.officeStructures],
  ['EngagementRole', vocabulary.engagementRoles],
  ['FundSource', vocabulary.fundSources],
  ['FundEntryKind', vocabulary.fundEntryKinds],
  ['TrainingKind', vocabulary.trainingKinds],
  ['TrainingTier', vocabulary.trainingTiers],
  ['TrainingMode', vocabulary.trainingModes],
  ['StudyScope', vocabulary.studyScopes],
  ['RecruitmentChannel', vocabulary.recruitmentChannels],
  ['RecruitmentState', vocabulary.recruitmentStates],
  ['WorkerRecordKind', vocabulary.workerRecordKinds],
])('%s has the values of the demo city', (name, values) => {
  const type = buildOrganizationsSchema().getType(name);

  expect(type).toBeInstanceOf(GraphQLEnumType);
  expect(
    (type as GraphQLEnumType)
      .getValues()
      .map((value) => value.name)
      .toSorted(),
  ).toEqual(values.toSorted());
});
