import type { CityHub, HubRole } from '../../../kit/city-hub.ts';

/** What every payload of a matter may be. */
const REFUSALS = `... on Refusal { code culprit messageZh messageEn }
  ... on TransitionRefusal { allowed { event missing } }`;

export const SUBMIT_REQUEST = `mutation ($input: SubmitSharingRequestInput!) { submitSharingRequest(input: $input) {
  __typename
  ... on SubmitSharingRequestSuccess { request { id state attribute providingDepartment { code } dutyOf { code }
    deadline { dueOn ruleCode workingDaysLeft certainty } } }
  ... on Refusal { code culprit }
  ... on IncompleteRefusal { gaps { culprit messageZh messageEn } } } }`;

export const ADVANCE_REQUEST = `mutation ($input: AdvanceSharingRequestInput!) { advanceSharingRequest(input: $input) {
  __typename
  ... on AdvanceSharingRequestSuccess { request { id state dutyOf { code } deadline { dueOn ruleCode overdue }
    grant { id state divisionCodes coordinates } steps { event fromState toState note actorDepartment { code } } } }
  ${REFUSALS} } }`;

export const END_GRANT = `mutation ($input: EndSharingGrantInput!) { endSharingGrant(input: $input) {
  __typename ... on EndSharingGrantSuccess { grant { state endsAt endReason endedBy { code } } } ... on Refusal { code culprit } } }`;

export const SUBMIT_ENTRY = `mutation ($input: SubmitCatalogueEntryInput!) { submitCatalogueEntry(input: $input) {
  __typename
  ... on SubmitCatalogueEntrySuccess { submission { id state department { code } deadline { dueOn ruleCode } } }
  ... on Refusal { code culprit messageZh messageEn } } }`;

export const ADVANCE_ENTRY = `mutation ($input: AdvanceCatalogueSubmissionInput!) { advanceCatalogueSubmission(input: $input) {
  __typename
  ... on AdvanceCatalogueSubmissionSuccess { submission { id state sharing deadline { ruleCode } steps { event } } }
  ${REFUSALS} } }`;

export const FILE_TICKET = `mutation ($input: FileVerificationTicketInput!) { fileVerificationTicket(input: $input) {
  __typename
  ... on FileVerificationTicketSuccess { ticket { id state sourceDepartment { code } deadline { dueOn ruleCode } } }
  ... on Refusal { code culprit } } }`;

export const ADVANCE_TICKET = `mutation ($input: AdvanceVerificationTicketInput!) { advanceVerificationTicket(input: $input) {
  __typename
  ... on AdvanceVerificationTicketSuccess { ticket { id state answer deadline { dueOn } steps { event } } }
  ${REFUSALS} } }`;

let keys = 0;

/** Runs a mutation with one input and a key of its own; returns the one payload. */
export async function carry<Payload = Record<string, unknown>>(
  hub: CityHub,
  role: HubRole,
  mutation: string,
  input: object,
  headers?: Record<string, string>,
): Promise<Payload> {
  keys += 1;
  const variables = { input: { idempotencyKey: `matter-${keys}-${process.pid}`, ...input } };
  const { data, errors } = await hub.ask(role, mutation, variables, headers);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return Object.values(data as Record<string, Payload>)[0] as Payload;
}

/** Rows that matters leave behind, by table. */
export async function matterRows(hub: CityHub): Promise<Record<string, number>> {
  const tables = [
    'catalogue_submission',
    'catalogue_version',
    'collection_exception',
    'sharing_request',
    'sharing_grant',
    'verification_ticket',
    'duty',
    'matter_step',
    'outbox',
    'provenance',
    'idempotency',
  ];
  const { rows } = await hub.pool.query<Record<string, number>>(
    `SELECT ${tables.map((table) => `(SELECT count(*)::int FROM catalog.${table}) AS ${table}`).join(', ')}`,
  );
  return rows[0] as Record<string, number>;
}

/** A complete request of the civil affairs bureau for birth dates, by its demo client, within its county. */
export async function birthDateRequest(hub: CityHub, divisionCodes?: readonly string[]) {
  const { rows } = await hub.pool.query<{ countyCode: string }>(
    'SELECT county_code AS "countyCode" FROM organizations.committee ORDER BY id LIMIT 1',
  );
  return {
    legalBasisCode: 'PIPL-13-3',
    basisText: '《社会救助暂行办法》规定的核对职责',
    scenarioCode: 'service-handling',
    purposeText: '核对申请人年龄',
    coordinates: ['Person.birthDate'],
    divisionCodes: divisionCodes ?? [rows[0]?.countyCode],
    mode: 'QUERY_INTERFACE',
    validUntil: '2026-12-31',
  };
}
