import type { ClientGrant } from '../../subgraphs/kit/catalog-port.ts';
import type { RightCode } from '../../subgraphs/kit/codes/rights.ts';
import { demoParties, issueToken, type SigningKey } from './tokens.ts';

/** The demo clients that the hub prints a token for when it starts. */
export const demoRoles = ['system', 'frontend', 'steward'] as const;
export type DemoRole = (typeof demoRoles)[number];

export const demoRoleTitles: Readonly<Record<DemoRole, { readonly zh: string; readonly en: string }>> = {
  system: { zh: '部门系统', en: 'department system' },
  frontend: { zh: '前端应用', en: 'front-end application' },
  steward: { zh: '数据专员', en: 'data steward' },
};

/** The client of a grid worker's app; its tokens name the worker, see `issueGridAppToken`. */
export const GRID_APP_CLIENT_ID = 'demo-grid-app';
/** The client of the residents' app; its tokens name the person, see `issueResidentToken`. */
export const RESIDENT_APP_CLIENT_ID = 'demo-resident-app';

/** What a demo client may see: division codes of the city that was loaded. */
export interface DemoArea {
  /** 4 digits. */
  readonly cityCode: string;
  /** 6 digits: the county of the first community that has people. */
  readonly countyCode: string;
}

const systemRights: readonly RightCode[] = [
  'person.identity',
  'person.contact',
  'person.minor',
  'person.care',
  'person.key-population',
  'care.write',
  'address.write',
  'division.write',
  'population.release',
  'elder-alert.write',
  'household.address',
  'party.membership',
  'incident.reporter',
  'department-check.ask',
  'department-check.answer',
  'residence.write',
  'person.import',
  'household.import',
  'identity.decide',
  'organization.import',
  'incident.import',
  'party-organization.import',
  'party-member.import',
  'grid.write',
  'workforce.write',
  'election.write',
  'organization.write',
  'workforce.pay',
  'workforce.appraisal',
  'incident.write',
  'incident.handle',
  'incident.dispose',
  'incident.supervise',
  'vision.ingest',
  'inspection.plan',
  'mediation.write',
  'deliberation.write',
  'ballot.cast',
  'service.applicant',
  'service-guide.write',
  'service-request.intake',
  'service-request.handle',
  'service-request.step',
  'certificate.issue',
  'certificate.list',
  'volunteer.record',
  'volunteer.certify',
  'facility.write',
  'facility.assess',
  'facility.standard',
  'facility.book',
  'facility.booker',
  'device.report',
  'entry.read',
  'demand.write',
  'linkage.write',
  'funding.write',
  'contract.write',
  'beneficiary.read',
  'beneficiary.write',
  'admission.propose',
  'admission.decide',
  'task.assign',
  'task.handle',
  'task.advance',
  'burden.write',
  'report.file',
  'report.handle',
  'report.advance',
  'report.reporter',
  'membership.write',
  'party.write',
  'party.supervision',
  'system.write',
  'sharing.write',
  'webhook.write',
  'export.write',
  'schema.propose',
];
const frontendRights: readonly RightCode[] = [
  'export.write',
  'incident.write',
  'incident.handle',
  'incident.dispose',
  'service-request.intake',
  'service-request.step',
  'sharing.write',
  'schema.propose',
];
const gridAppRights: readonly RightCode[] = ['incident.write', 'incident.handle', 'incident.dispose'];
const stewardRights: readonly RightCode[] = [
  'catalog.steward',
  'client.write',
  'ledger.read',
  'system.write',
  'sharing.write',
  'sharing.review',
  'schema.propose',
  'schema.publish',
];

/** On the user's own machine, at any port (RFC 8252). */
const DEMO_REDIRECTS = ['http://127.0.0.1/callback'];
/** A hundred of the dearest operations a minute: enough to play with, too little to copy a city unnoticed. */
const BUDGET_PER_MINUTE = 5_000_000;
/** Long enough for a trial; the keys are the hub's own, so a new token is one command away. */
const TOKEN_LIFETIME_SECONDS = 30 * 24 * 3_600;

/** The clients that exist in demo mode only: one of each kind, and one bound to a grid worker's posts. */
export function demoClients(area: DemoArea): ClientGrant[] {
  const base = { jurisdictionRule: 'DIVISIONS', costBudgetPerMinute: BUDGET_PER_MINUTE, active: true } as const;
  return [
    {
      ...base,
      clientId: clientIdOf('system'),
      name: '演示：公安局人口系统 Demo: population system of the public security bureau',
      kind: 'SYSTEM',
      departmentCode: 'public-security',
      jurisdictionCodes: [area.cityCode],
      rights: systemRights,
    },
    {
      ...base,
      clientId: clientIdOf('frontend'),
      name: '演示：民政局便民应用 Demo: citizen service app of the civil affairs bureau',
      kind: 'APPLICATION',
      departmentCode: 'civil-affairs',
      jurisdictionCodes: [area.countyCode],
      rights: frontendRights,
      redirectUris: DEMO_REDIRECTS,
    },
    {
      ...base,
      clientId: clientIdOf('steward'),
      name: '演示：数据局数据专员 Demo: data steward of the data authority',
      kind: 'STEWARD',
      departmentCode: 'data-authority',
      jurisdictionCodes: [area.cityCode],
      rights: stewardRights,
    },
    {
      ...base,
      clientId: GRID_APP_CLIENT_ID,
      name: '演示：网格员应用 Demo: app of the grid workers',
      kind: 'APPLICATION',
      departmentCode: 'political-legal',
      jurisdictionCodes: [],
      jurisdictionRule: 'GRID_POSTS',
      rights: gridAppRights,
      redirectUris: DEMO_REDIRECTS,
    },
    {
      ...base,
      clientId: RESIDENT_APP_CLIENT_ID,
      name: '演示：居民应用 Demo: app of the residents',
      kind: 'APPLICATION',
      departmentCode: 'data-authority',
      jurisdictionCodes: [],
      rights: ['own.submit', 'service-request.step'],
    },
  ];
}

export function isDemoRole(text: string | undefined): text is DemoRole {
  return demoRoles.some((role) => role === text);
}

/** A token of one of the three demo clients. */
export function issueDemoToken(key: SigningKey, role: DemoRole): Promise<string> {
  return issueToken(key, demoParties, { clientId: clientIdOf(role) }, TOKEN_LIFETIME_SECONDS);
}

/** A token of the grid workers' app, on behalf of one worker (a global id). */
export function issueGridAppToken(key: SigningKey, workerId: string): Promise<string> {
  return issueToken(key, demoParties, { clientId: GRID_APP_CLIENT_ID, workerId }, TOKEN_LIFETIME_SECONDS);
}

/** A token of the residents' app, on behalf of one person (a global id). */
export function issueResidentToken(key: SigningKey, personId: string): Promise<string> {
  return issueToken(key, demoParties, { clientId: RESIDENT_APP_CLIENT_ID, personId }, TOKEN_LIFETIME_SECONDS);
}

function clientIdOf(role: DemoRole): string {
  return `demo-${role}`;
}
