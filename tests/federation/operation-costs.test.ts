import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readExamples } from '../../gateway/operations/examples.ts';
import { describeGraph } from '../../gateway/plan/live-contract.ts';
import { REFERENCE_INSTANT } from '../../prisma/seed/reference-instant.ts';
import { type DemoCity, demoCities } from '../../prisma/seed/vocabulary.ts';
import { fixedClock } from '../../subgraphs/kit/clock.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { openCatalogPort } from '../../subgraphs/registry.ts';
import { cityDatabase, TEST_KEYS } from '../kit/city-database.ts';
import { openTestGraph } from '../kit/test-graph.ts';

/**
 * Prepared statements per subgraph of every example operation, whatever the number of rows: one per subgraph and level
 * of a plan step. (The writes of a mutation go through Prisma and are not counted here, only its reads.) An operation that gets dearer changes this table, and says so in review.
 */
const STATEMENTS: Record<string, Record<string, number>> = {
  'announced-removals': { catalog: 2 },
  'acknowledge-removal': { catalog: 1 },
  'graph-contracts': { catalog: 1 },
  'define-graph-contract': {},
  'external-subgraphs': { catalog: 1 },
  'admit-subgraph': {},
  'steward-field-knowledge': { catalog: 14 },
  'steward-graph-versions': { catalog: 4 },
  'steward-schema-proposals': { catalog: 4 },
  'propose-schema-change': { catalog: 3 },
  'announce-recruitment': { organizations: 4 },
  activities: { services: 2 },
  'admin-table': { organizations: 1 },
  dictionary: { catalog: 3 },
  'division-cascade': { organizations: 3 },
  'operation-manifests': { catalog: 1 },
  'admission-list': { services: 3 },
  'assembly-rules': { services: 1 },
  'assign-task': { organizations: 1, services: 4 },
  beneficiaries: { people: 1, services: 3 },
  'clear-burden-item': { services: 1 },
  'close-demand-project': { services: 4 },
  'committee-scale': { organizations: 1, people: 2 },
  'withheld-small-counts': { organizations: 2, people: 1 },
  'community-burden': { organizations: 1, services: 5 },
  'demand-projects': { organizations: 1, services: 13 },
  'export-incidents': { catalog: 1 },
  'file-report': { organizations: 1, services: 5 },
  'formalism-reports': { services: 3 },
  'funding-shares': { services: 2 },
  'hold-joint-conference': { services: 2 },
  linkages: { organizations: 2, services: 9 },
  'name-work-list': { services: 1 },
  'propose-admission-change': {},
  'purchased-projects': { organizations: 1, services: 8 },
  'sign-contract': { organizations: 2, services: 2 },
  // Six steps, each read anew: the incident, its rules, and with the first its history.
  'advance-incident': { services: 15 },
  'advance-inspection': { services: 2 },
  alerts: { services: 3 },
  'bench-court': { services: 2 },
  'appoint-legal-adviser': { organizations: 2 },
  'bodies-of-a-community': { organizations: 9 },
  'certify-election': { organizations: 3 },
  'change-facility': { services: 2 },
  'register-facility-standard': { services: 2 },
  'change-organization': { organizations: 4, people: 2 },
  'dissolve-organization': { organizations: 2 },
  'evaluate-community': { organizations: 5 },
  'issue-policy-document': { organizations: 2 },
  'open-programme': { organizations: 1 },
  'open-training-course': { organizations: 1 },
  'organization-search': { organizations: 5, people: 2 },
  'record-departure': { organizations: 3 },
  'record-worker-certificate': { organizations: 1 },
  'revoke-worker-certificate': { organizations: 1 },
  'all-factor-grid': { organizations: 4, people: 2, services: 2 },
  'territory-as-of': { organizations: 3 },
  'population-by-sex-and-age': { organizations: 1, people: 2 },
  'estates-of-a-community': { organizations: 2, people: 6 },
  'elections-of-a-community': { organizations: 6, people: 1 },
  'self-nomination': { people: 1, organizations: 3 },
  'book-fund-entry': { organizations: 2 },
  'access-log': { catalog: 1 },
  'cast-vote': { people: 1, services: 2 },
  'case-by-code': { organizations: 1, services: 2 },
  'change-residence': { people: 3 },
  // The feed reads on its own, and what it holds hangs on transactions of other databases of the same server.
  changes: {},
  'community-at-a-glance': { catalog: 1, organizations: 5, party: 2, people: 2, services: 4 },
  'create-post': { organizations: 2 },
  'data-cards': { catalog: 2 },
  'data-chain': { catalog: 7 },
  deliberations: { services: 5 },
  'department-sources': { catalog: 1 },
  'describe-scenario': { catalog: 3 },
  disclosures: { organizations: 1, services: 2 },
  'book-facility': { services: 2 },
  'estate-devices': { people: 1, services: 4 },
  'facilities-by-kind': { services: 5 },
  'facilities-of-a-city': { organizations: 1, services: 2 },
  'facility-coverage': { organizations: 2, services: 2 },
  'facility-ledger': { services: 3 },
  'facility-life': { services: 4 },
  'service-circle': { organizations: 1, services: 8 },
  'where-to-handle': { services: 2 },
  'field-origin': { catalog: 3 },
  'file-covenant': { services: 3 },
  'functional-zone': { organizations: 3 },
  funds: { organizations: 2 },
  'grid-chief-change': { organizations: 3 },
  'household-dossier': { organizations: 3, party: 1, people: 5, services: 1 },
  'import-receipts': { people: 3, organizations: 2 },
  'store-source-mapping': { catalog: 3 },
  'merge-persons': { people: 8 },
  'identity-candidates': { people: 1 },
  'incident-board': { services: 4 },
  'incident-queue': { organizations: 3, services: 1 },
  'incubators-and-alliances': { organizations: 4 },
  'leading-groups': { organizations: 2 },
  'legal-adviser-coverage': { organizations: 4 },
  'open-deliberation': { organizations: 1 },
  'joint-inspection': { organizations: 1, services: 2 },
  'operations-in-use': { catalog: 2 },
  // The same in a city of five million: what is read is kept, place by place.
  'overview-city': { organizations: 5, party: 1, people: 1, services: 1 },
  'overview-community': { organizations: 6, party: 1, people: 1, services: 1 },
  'overview-district': { organizations: 6, party: 1, people: 1, services: 1 },
  'overview-grid': { organizations: 4, party: 1, people: 1, services: 1 },
  'overview-township': { organizations: 6, party: 1, people: 1, services: 1 },
  'platform-modules': { catalog: 2 },
  purposes: {},
  'record-attendance': { organizations: 2 },
  'record-decision': { services: 2 },
  'recruitments-and-careers': { organizations: 6 },
  'register-organization': { organizations: 2 },
  // The demo's volunteer has no points: refused, and nothing but the volunteer is read.
  'redeem-points': { people: 1 },
  'register-social-worker': { organizations: 3 },
  'register-system': { catalog: 1 },
  'registrations-running-out': { organizations: 3 },
  'report-incident': { organizations: 2, services: 3 },
  'report-synchronisation': { catalog: 2 },
  scenarios: { catalog: 3 },
  'service-items': { services: 1 },
  // Three steps, each read anew: the request, its guide and what may be done with it.
  'advance-request': { services: 9 },
  'certificate-list': { services: 3 },
  'certificate-check': { organizations: 1, people: 1, services: 4 },
  'department-check': { people: 1 },
  'issue-certificate': { organizations: 1, people: 1, services: 3 },
  'items-by-group': { services: 4 },
  'order-service': { organizations: 3, people: 1, services: 2 },
  // The applicant and what two registers hold of him; the community and the worker; the request and its materials.
  'pre-accept': { organizations: 2, party: 1, people: 1, services: 2 },
  'rate-request': { services: 2 },
  'legal-aid': { organizations: 1, services: 3 },
  'service-guide': { services: 2 },
  'service-windows': { organizations: 2, services: 2 },
  workbench: { services: 6 },
  'service-requests': { services: 4 },
  'start-agency': { organizations: 2, services: 3 },
  'submit-request': { organizations: 1, party: 1, people: 1, services: 3 },
  'set-worker-grade': { organizations: 2 },
  'social-organizations': { organizations: 4 },
  'system-health': { catalog: 1 },
  'systems-by-family': { catalog: 3 },
  'training-matrix': { organizations: 1 },
  'transfer-membership': { party: 4 },
  'worker-files': { organizations: 12 },
  'worker-pay': { organizations: 4 },
  'appoint-first-secretary': { organizations: 2, party: 1 },
  'cadre-links': { organizations: 1, party: 2 },
  'claim-list-entry': { party: 1 },
  'claim-post': { organizations: 2, party: 1 },
  'double-reports': { organizations: 1, party: 3 },
  'governance-frame': { organizations: 2, party: 4 },
  'pairing-agreements': { organizations: 1, party: 2 },
  'end-post-claim': { party: 1 },
  // Two organizations, each read anew; the second one with its rules and members.
  'establish-party-organization': { party: 7 },
  'member-categories': { organizations: 1, party: 5 },
  'register-party-applicant': { organizations: 1, party: 2, people: 1 },
  'renew-party-term': { party: 1 },
  'party-life': { organizations: 1, party: 7 },
  'party-tree': { organizations: 2, party: 4 },
  'post-claims': { organizations: 1, party: 2 },
  'raise-call-out': { organizations: 1, party: 1 },
  'record-party-meeting': { party: 1 },
  'rectify-finding': { party: 1 },
  'report-to-community': { organizations: 2, party: 1 },
  'sign-pairing': { organizations: 2, party: 1 },
  'stairwell-groups': { party: 2 },
  'supervision-findings': { party: 2 },
  'three-lists': { organizations: 1, party: 1 },
  'volunteer-ranking': { organizations: 1, services: 3 },
  'volunteer-stations': { party: 8 },
  'person-dossier': { organizations: 5, party: 1, people: 8, services: 2 },
  'care-and-aftercare': { people: 8 },
  'record-care': { people: 3 },
  'indicator-board': { catalog: 1, organizations: 2, party: 1, services: 1 },
  'person-search': { organizations: 1, people: 10 },
  'vision-event': { organizations: 1, services: 4 },
  'answer-sharing-request': { catalog: 8 },
  'decide-dispute': { catalog: 8 },
  // Run here by a department that has no part in the request: nothing but its lock is asked.
  'dispute-refusal': {},
  'end-sharing-grant': { catalog: 1 },
  'field-access': { catalog: 6 },
  'file-verification': { people: 1 },
  'review-catalogue-entry': { catalog: 9 },
  'sharing-clocks': { catalog: 7 },
  'sharing-grants': { catalog: 3 },
  'sharing-request': {},
  'spring-festival-clock': { catalog: 3 },
  'steward-figures': { catalog: 1 },
  'submit-catalogue-entry': { catalog: 2 },
  'verification-tickets': { catalog: 6 },
  // Asked of the city whose rows they are about.
  'career-system': { organizations: 2 },
  'designate-community': {},
  'designations-and-brands': { organizations: 8 },
  'division-history': { organizations: 6 },
  'division-path-without-township': { organizations: 2, people: 1 },
  'elder-alerts': {},
  'facility-standards': { services: 3 },
  'facility-upgrades': { services: 2 },
  'forums-and-visits': { organizations: 3 },
  'four-lists': { services: 1 },
  'office-and-units': { organizations: 2 },
  'policy-documents': { organizations: 2 },
  'rated-campaigns': { organizations: 5 },
  'record-experience-event': {},
  'seasonal-residents': { organizations: 1, people: 2 },
  'targets-and-work-lines': { organizations: 9, services: 2 },
  'training-of-a-city': { organizations: 4 },
  'venture-grants': { services: 2 },
};

/** Requests to subgraphs of the operations that cross most of them: each more is a wait more. */
const FETCHES: Record<string, number> = {
  'community-at-a-glance': 5,
  'household-dossier': 4,
  'incident-queue': 2,
  'person-dossier': 4,
  'person-search': 3,
};

const examples = readExamples(join(projectRoot, 'schema', 'operations'));
const HOME: DemoCity = 'jiaxing';

/** What each operation of a city costs there. */
async function costsIn(city: DemoCity) {
  await using database = await cityDatabase(city);
  await using graph = await openTestGraph({ pool: database.pool });
  const catalog = openCatalogPort({
    pool: database.pool,
    clock: fixedClock(REFERENCE_INSTANT),
    ids: uuidSource,
    keys: TEST_KEYS,
  });
  await catalog.publishGraph(describeGraph(graph.graph, examples));
  await catalog.close();
  const costs: Record<string, Record<string, number>> = {};
  const fetchesOf: Record<string, number> = {};
  for (const { name, city: own = HOME, document, variables } of examples) {
    if (own !== city) continue;
    const { errors, statements, fetches } = await graph.run(document, variables);
    expect(errors, name).toBeUndefined();
    if (name in FETCHES) fetchesOf[name] = fetches;
    costs[name] = name === 'changes' ? {} : statements;
  }
  return { costs, fetchesOf };
}

test('every example operation costs the statements and fetches that it is known to cost', async () => {
  const cities = new Set(examples.map(({ city }) => city ?? HOME));
  expect([...cities].toSorted()).toEqual([...demoCities].toSorted());
  const found: Record<string, Record<string, number>> = {};
  for (const city of demoCities) {
    const { costs, fetchesOf } = await costsIn(city);
    Object.assign(found, costs);
    if (city === HOME) expect(fetchesOf).toEqual(FETCHES);
  }
  expect(found).toEqual(STATEMENTS);
}, 120_000);
