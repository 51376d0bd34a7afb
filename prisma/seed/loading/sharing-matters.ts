import type { PoolClient } from 'pg';
import { endOfDay } from '../../../subgraphs/kit/calendar/china-day.ts';
import { dueDate } from '../../../subgraphs/kit/calendar/deadline.ts';
import { type DeadlineRule, getRuleInForce } from '../../../subgraphs/kit/calendar/deadline-rule.ts';
import { builtInCalendar } from '../../../subgraphs/kit/calendar/working-calendar.ts';
import { type MatterHistory, type MatterParties, matterHistory, momentOf } from '../catalog/matter-history.ts';
import {
  type ExampleRequest,
  type ExampleSubmission,
  type ExampleTicket,
  readSharingExamples,
} from '../catalog/sharing-examples.ts';
import { REFERENCE_INSTANT } from '../reference-instant.ts';
import { exampleId } from '../services/example-ids.ts';
import { deterministicId } from './department-systems.ts';

interface Places {
  readonly city: string;
  readonly county: string;
  readonly township: string;
  readonly community: string;
  readonly grid: string;
  /** Persons of the first community, one for each ticket. */
  readonly persons: readonly string[];
}

/** Steps that the requesting side takes; the other ones are the provider's, and from mediation on the data authority's. */
const REQUESTER_EVENTS = new Set(['SUBMIT', 'SUPPLEMENT', 'WITHDRAW', 'ACCEPT_REFUSAL', 'DISPUTE', 'CONFIRM_DELIVERY']);

/**
 * Catalogue submissions, sharing requests with their grants, and verification tickets in every state, with the history
 * and the clocks that the rules would have written. Returns the rows by table.
 */
export async function loadSharingMatters(client: PoolClient): Promise<Record<string, number>> {
  const { requests, submissions, tickets } = readSharingExamples();
  const rules = await readRules(client);
  const places = await readPlaces(client, tickets.length);
  const provenanceId = deterministicId('provenance/sharing-matters');
  const histories: MatterHistory[] = [];
  const keep = (
    type: string,
    id: string,
    matter: ExampleRequest | ExampleSubmission | ExampleTicket,
    parties: MatterParties,
  ) => {
    histories.push(matterHistory({ type, id }, matter.steps, parties, rules));
    return { id, state: matter.steps.at(-1)?.[1], at: momentOf(matter.steps[0]?.[2] ?? '') };
  };
  const tables: Record<string, readonly object[]> = {
    sharing_request: requests.map((request) => ({
      ...requestColumns(request, places),
      ...within(
        keep('SharingRequest', exampleId(`sharing-request/${request.name}`), request, requestParties(request)),
        'submitted_at',
      ),
    })),
    sharing_grant: requests.flatMap((request) => grantRow(request, places, rules)),
    catalogue_submission: submissions.map((submission) => ({
      ...submissionColumns(submission),
      ...within(
        keep(
          'CatalogueSubmission',
          exampleId(`catalogue-submission/${submission.name}`),
          submission,
          submissionParties(submission),
        ),
        'submitted_at',
      ),
    })),
    verification_ticket: tickets.map((ticket, index) => ({
      ...ticketColumns(ticket, places.persons[index % places.persons.length] ?? '', places.city),
      ...within(
        keep('VerificationTicket', exampleId(`verification-ticket/${ticket.name}`), ticket, ticketParties(ticket)),
        'filed_at',
      ),
    })),
    matter_step: histories.flatMap(({ steps }) => steps),
    duty: histories.flatMap(({ duties }) => duties),
  };
  const counts: Record<string, number> = {};
  const total = Object.values(tables).reduce((sum, rows) => sum + rows.length, 0);
  const provenance = {
    id: provenanceId,
    kind: 'SEED',
    system_code: 'hub',
    dataset: 'sharing_matters',
    client_id: null,
    department: 'data-authority',
    recorded_at: REFERENCE_INSTANT,
    row_count: total,
  };
  for (const [table, rows] of Object.entries({ provenance: [provenance], ...tables })) {
    const given = table === 'provenance' ? rows : rows.map((row) => ({ ...row, provenance_id: provenanceId }));
    await client.query(
      `INSERT INTO catalog.${table} SELECT * FROM jsonb_populate_recordset(NULL::catalog.${table}, $1::jsonb)`,
      [JSON.stringify(given)],
    );
    counts[`catalog.${table}`] = rows.length;
  }
  return counts;
}

function within({ id, state, at }: { id: string; state: string | undefined; at: string }, column: string): object {
  return { id, state, [column]: at };
}

function requestParties({ requester, provider, attribute }: ExampleRequest): MatterParties {
  const clocks: Readonly<Record<string, readonly [rule: string, department: string]>> = {
    SUBMITTED: [
      attribute === 'UNCONDITIONAL' ? 'SHARING_ANSWER_UNCONDITIONAL' : 'SHARING_ANSWER_CONDITIONAL',
      provider,
    ],
    SUPPLEMENT_REQUIRED: ['SHARING_SUPPLEMENT', requester],
    APPROVED: ['SHARING_DELIVERY', provider],
    DISPUTE_NEGOTIATION: ['SHARING_DISPUTE_NEGOTIATION', provider],
    DISPUTE_MEDIATION: ['SHARING_DISPUTE_MEDIATION', 'data-authority'],
    DISPUTE_RULING: ['SHARING_DISPUTE_RULING', 'data-authority'],
  };
  return {
    actorOf: (event, from) => {
      if (from?.startsWith('DISPUTE_') && from !== 'DISPUTE_NEGOTIATION') return 'data-authority';
      return REQUESTER_EVENTS.has(event) || event === 'REFER' ? requester : provider;
    },
    dutyIn: (state) => dutyOf(clocks, state),
  };
}

function submissionParties({ department }: ExampleSubmission): MatterParties {
  const clocks: Readonly<Record<string, readonly [rule: string, department: string]>> = {
    SUBMITTED: ['CATALOGUE_REVIEW', 'data-authority'],
    RETURNED: ['CATALOGUE_CORRECTION', department],
    APPROVED: ['CATALOGUE_PUBLICATION', 'data-authority'],
  };
  return {
    actorOf: (event) => (['SUBMIT', 'RESUBMIT', 'WITHDRAW'].includes(event) ? department : 'data-authority'),
    dutyIn: (state) => dutyOf(clocks, state),
  };
}

function ticketParties({ requester, source }: ExampleTicket): MatterParties {
  const clocks: Readonly<Record<string, readonly [rule: string, department: string]>> = {
    FILED: ['VERIFICATION_ANSWER', source],
  };
  return {
    actorOf: (event) => (event === 'FILE' || event === 'WITHDRAW' ? requester : source),
    dutyIn: (state) => dutyOf(clocks, state),
  };
}

function dutyOf(clocks: Readonly<Record<string, readonly [rule: string, department: string]>>, state: string) {
  const clock = clocks[state];
  return clock === undefined ? undefined : { rule: clock[0], department: clock[1] };
}

function requestColumns(request: ExampleRequest, places: Places): object {
  return {
    requesting_department: request.requester,
    client_id: request.clientId,
    providing_department: request.provider,
    legal_basis_code: 'PIPL-13-3',
    basis_text: request.basis,
    scenario_code: request.scenario,
    purpose_text: request.purpose,
    coordinates: request.coordinates,
    division_codes: [places[request.area]],
    rows_text: request.rows ?? null,
    mode: request.mode ?? 'QUERY_INTERFACE',
    valid_from: request.validFrom,
    valid_until: request.validUntil,
    attribute: request.attribute ?? 'CONDITIONAL',
    supplemented: request.steps.some(([event]) => event === 'REQUEST_SUPPLEMENT'),
  };
}

/** The grant that an approved request led to. */
function grantRow(request: ExampleRequest, places: Places, rules: readonly DeadlineRule[]): object[] {
  const approved = request.steps.find(([, to]) => to === 'APPROVED');
  if (approved === undefined) return [];
  const [, , day] = approved;
  const { ended, validFrom, validUntil } = request;
  const until = endOfDay(validUntil);
  const firstMoment = new Date(`${validFrom}T00:00:00+08:00`);
  const approvedAt = new Date(momentOf(day));
  const endsAt = ended === undefined ? until : earlyEnd(ended, rules);
  return [
    {
      id: exampleId(`sharing-grant/${request.name}`),
      request_id: exampleId(`sharing-request/${request.name}`),
      client_id: request.clientId,
      requesting_department: request.requester,
      providing_department: request.provider,
      legal_basis_code: 'PIPL-13-3',
      scenario_code: request.scenario,
      coordinates: request.coordinates,
      division_codes: [places[request.area]],
      mode: request.mode ?? 'QUERY_INTERFACE',
      valid_from: firstMoment > approvedAt ? firstMoment : approvedAt,
      valid_until: until,
      ends_at: endsAt,
      end_notice_at: ended === undefined ? null : momentOf(ended.noticedOn),
      end_reason: ended?.reason ?? null,
      ended_by_department: ended === undefined ? null : request[ended.by],
      end_noted_at: endsAt <= new Date(REFERENCE_INSTANT) ? endsAt : null,
    },
  ];
}

/** Given back by its user at once; ended by its provider after the term of notice. */
function earlyEnd({ by, noticedOn }: NonNullable<ExampleRequest['ended']>, rules: readonly DeadlineRule[]): Date {
  if (by === 'requester') return new Date(momentOf(noticedOn));
  return endOfDay(dueDate(builtInCalendar, noticedOn, getRuleInForce(rules, 'SHARING_END_NOTICE', noticedOn)).dueOn);
}

function submissionColumns(submission: ExampleSubmission): object {
  return {
    kind: submission.kind,
    coordinate: submission.coordinate,
    item_name: submission.itemName,
    department_code: submission.department,
    source_department: submission.department,
    sharing: submission.sharing ?? 'CONDITIONAL',
    sharing_basis: null,
    grade: submission.grade,
    category: submission.category,
    update_cycle: 'DAILY',
    unit: null,
    mask: null,
    exception_ground: submission.exceptionGround ?? null,
  };
}

function ticketColumns(ticket: ExampleTicket, person: string, city: string): object {
  return {
    coordinate: ticket.coordinate,
    entity_id: `Person:${person}`,
    requesting_department: ticket.requester,
    source_department: ticket.source,
    division_codes: [city],
    description: ticket.description,
    answer: ticket.steps.find(([, to]) => to === 'CORRECTED' || to === 'CONFIRMED')?.[3] ?? null,
  };
}

async function readRules(client: PoolClient): Promise<DeadlineRule[]> {
  const { rows } = await client.query<DeadlineRule>(
    `SELECT code, title_zh AS "titleZh", title_en AS "titleEn", amount, unit, legal_basis AS "legalBasis",
            effective_from::text AS "effectiveFrom", basis_confirmed AS "basisConfirmed" FROM catalog.deadline_rule`,
  );
  return rows;
}

/** The first community that has people, as the demo's clients have it, and one of its grids. */
async function readPlaces(client: PoolClient, persons: number): Promise<Places> {
  const { rows } = await client.query<Places>(
    `SELECT c.city_code AS city, c.county_code AS county, c.township_code AS township, c.community_code AS community,
            (SELECT min(g.grid_code) FROM organizations.grid g WHERE g.community_code = c.community_code) AS grid,
            ARRAY(SELECT p.id FROM people.person p WHERE p.community_code = c.community_code ORDER BY p.id LIMIT $1) AS persons
       FROM organizations.committee c ORDER BY c.id LIMIT 1`,
    [persons],
  );
  const [places] = rows;
  if (places === undefined) throw new Error('the city has no community with people');
  return places;
}
