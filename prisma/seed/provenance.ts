import type { DepartmentCode } from '../../subgraphs/kit/codes/departments.ts';
import { instantText } from './chance/calendar-day.ts';
import { Random } from './chance/random.ts';
import { RowIds } from './chance/row-ids.ts';
import { REFERENCE_MILLISECONDS } from './reference-instant.ts';
import type { CityTable, ProvenanceRow, RowSet } from './rows.ts';
import type { SourceSystemCode } from './vocabulary.ts';

/** The block of ids kept for provenance, apart from those of the city (0) and of its communities (1 and up). */
export const PROVENANCE_ID_BLOCK = 8191;

type Source = readonly [system: SourceSystemCode, department: DepartmentCode];

/** Which system of which department each seeded table's rows come from. */
export const tableSources = {
  'people.person': ['population-register', 'public-security'],
  'people.household': ['population-register', 'public-security'],
  'people.residence': ['population-register', 'public-security'],
  'people.dwelling': ['housing-register', 'housing'],
  'organizations.division': ['division-list', 'statistics'],
  'organizations.community': ['civil-affairs-committees', 'civil-affairs'],
  'organizations.committee': ['civil-affairs-committees', 'civil-affairs'],
  'organizations.community_worker': ['civil-affairs-committees', 'civil-affairs'],
  'organizations.grid': ['grid-platform', 'political-legal'],
  'organizations.micro_grid': ['grid-platform', 'political-legal'],
  'organizations.grid_assignment': ['grid-platform', 'political-legal'],
  'services.facility': ['facility-ledger', 'civil-affairs'],
  'services.service_item': ['service-matters', 'data-authority'],
  'services.incident': ['grid-platform', 'political-legal'],
  'services.incident_transition': ['grid-platform', 'political-legal'],
  'party.party_organization': ['party-building', 'party-organization'],
  'party.party_member': ['party-building', 'party-organization'],
  'party.membership': ['party-building', 'party-organization'],
  'organizations.organization_rule': ['civil-affairs-workforce', 'civil-affairs'],
  'organizations.training_category': ['civil-affairs-workforce', 'civil-affairs'],
  'organizations.training_course': ['civil-affairs-workforce', 'civil-affairs'],
  'organizations.recruitment': ['civil-affairs-workforce', 'civil-affairs'],
  'organizations.certificate': ['civil-affairs-workforce', 'civil-affairs'],
  'organizations.social_worker_registration': ['civil-affairs-workforce', 'civil-affairs'],
  'organizations.training_attendance': ['civil-affairs-workforce', 'civil-affairs'],
  'organizations.service_record': ['civil-affairs-workforce', 'civil-affairs'],
  'organizations.worker_record': ['civil-affairs-workforce', 'civil-affairs'],
  'organizations.post': ['civil-affairs-workforce', 'civil-affairs'],
  'organizations.organization': ['civil-affairs-bodies', 'civil-affairs'],
  'organizations.organization_change': ['civil-affairs-bodies', 'civil-affairs'],
  'organizations.engagement': ['civil-affairs-bodies', 'civil-affairs'],
  'organizations.fund': ['civil-affairs-bodies', 'civil-affairs'],
  'organizations.fund_entry': ['civil-affairs-bodies', 'civil-affairs'],
  'party.party_rule': ['party-building', 'party-organization'],
  'party.party_engagement': ['party-building', 'party-organization'],
  'party.party_meeting': ['party-building', 'party-organization'],
  'party.post_claim': ['party-building', 'party-organization'],
  'party.list_entry': ['party-building', 'party-organization'],
  'party.volunteer_station': ['party-building', 'party-organization'],
  'party.supervision_finding': ['discipline-supervision', 'discipline-inspection'],
  'organizations.election': ['civil-affairs-committees', 'civil-affairs'],
  'organizations.election_candidate': ['civil-affairs-committees', 'civil-affairs'],
  'catalog.loaded_city': ['hub', 'data-authority'],
  'people.care_tag': ['care-register', 'civil-affairs'],
  'people.care_visit': ['care-register', 'civil-affairs'],
  'people.elder_alert': ['zhaoyuan-smart-community-5', 'civil-affairs'],
  'organizations.policy_document': ['civil-affairs-bodies', 'civil-affairs'],
  'organizations.policy_provision': ['civil-affairs-bodies', 'civil-affairs'],
  'organizations.programme': ['civil-affairs-bodies', 'civil-affairs'],
  'organizations.designation': ['civil-affairs-bodies', 'civil-affairs'],
  'organizations.experience_event': ['civil-affairs-bodies', 'civil-affairs'],
  'organizations.indicator': ['civil-affairs-bodies', 'civil-affairs'],
  'organizations.indicator_target': ['civil-affairs-bodies', 'civil-affairs'],
  'organizations.indicator_score': ['civil-affairs-bodies', 'civil-affairs'],
  'organizations.division_change': ['division-list', 'statistics'],
  'people.standard_address': ['population-register', 'public-security'],
  'people.population_release': ['population-register', 'statistics'],
  'organizations.indicator_report': ['civil-affairs-bodies', 'civil-affairs'],
  'people.identity_candidate': ['hub', 'data-authority'],
} as const satisfies Record<string, Source>;

/** A table whose rows name their batch, or what the loader makes of others: the note of the city, the first release, likely doubles. */
export type SourcedTable = keyof typeof tableSources;

/** Pairs of records that the loader makes likely doubles of. */
export const LIKELY_DOUBLES = 3;

/** Rows that the loader makes of others, whatever the city. */
const MADE_OF_OTHERS: Readonly<Partial<Record<SourcedTable, number>>> = {
  'catalog.loaded_city': 1,
  'people.population_release': 1,
  'people.identity_candidate': LIKELY_DOUBLES,
};

const ids = new RowIds(new Random('yiyun-1/provenance'), PROVENANCE_ID_BLOCK);

/** The batch that each table's seed rows point to through `provenance_id`: the same ids in every city. */
export const provenanceIds = Object.fromEntries(
  Object.keys(tableSources).map((table) => [table, ids.next()]),
) as Record<SourcedTable, string>;

/** One provenance row per dataset, with the rows counted so far; yielded last. */
export function provenanceRows(counts: Readonly<Partial<Record<CityTable, number>>>): RowSet {
  const rows: Record<'people' | 'organizations' | 'services' | 'party' | 'catalog', ProvenanceRow[]> = {
    people: [],
    organizations: [],
    services: [],
    party: [],
    catalog: [],
  };
  for (const [table, [systemCode, department]] of Object.entries(tableSources) as [SourcedTable, Source][]) {
    const [schema, dataset] = table.split('.') as [keyof typeof rows, string];
    rows[schema].push({
      id: provenanceIds[table],
      kind: 'SEED',
      systemCode,
      dataset,
      clientId: null,
      department,
      recordedAt: instantText(REFERENCE_MILLISECONDS),
      rowCount: MADE_OF_OTHERS[table] ?? counts[table as CityTable] ?? 0,
    });
  }
  return {
    'people.provenance': rows.people,
    'organizations.provenance': rows.organizations,
    'services.provenance': rows.services,
    'party.provenance': rows.party,
    'catalog.provenance': rows.catalog,
  };
}
