import type { SubgraphDefinition } from '../kit/subgraph-definition.ts';
import { organizationsDataset } from './datasets/organizations-dataset.ts';
import { organizationsQuality } from './datasets/organizations-quality.ts';
import { buildOrganizationsSchema } from './graph/schema.ts';
import { electionMachine } from './rules/elections/election-machine.ts';
import { recruitmentMachine } from './rules/workforce/recruitment-machine.ts';
import { organizationsFigures } from './store/figures/figure-sources.ts';
import { type OrganizationsStore, openOrganizationsStore } from './store/organizations-store.ts';

/** 区划、组织与队伍 — the territory from province to micro-grid, the committees, the workforce and its posts. */
export const organizations: SubgraphDefinition<OrganizationsStore> = {
  name: 'organizations',
  entities: [
    'Division',
    'Community',
    'Grid',
    'PlaceOverview',
    'Indicator',
    'IndicatorTarget',
    'MicroGrid',
    'Committee',
    'CommunityWorker',
    'GridAssignment',
    'Certificate',
    'SocialWorkerRegistration',
    'TrainingCourse',
    'TrainingAttendance',
    'ServiceRecord',
    'WorkerRecord',
    'Post',
    'Recruitment',
    'Organization',
    'Engagement',
    'Fund',
    'FundEntry',
    'Election',
    'PolicyDocument',
    'Programme',
    'Designation',
    'ExperienceEvent',
    'ElectionCandidate',
  ],
  machines: [recruitmentMachine, electionMachine],
  datasets: [organizationsDataset],
  qualityRules: organizationsQuality,
  figures: organizationsFigures,
  buildSchema: buildOrganizationsSchema,
  openStore: openOrganizationsStore,
};
