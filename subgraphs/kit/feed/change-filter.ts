import type { Caller } from '../caller/caller.ts';
import { graphProblem } from '../codes/problems.ts';
import type { RightCode } from '../codes/rights.ts';
import { tierOf } from '../store/place-scope.ts';
import type { FeedEvent } from './feed-event.ts';

/** Which changes a reader wants; what is not given is not narrowed. */
export interface ChangeFilter {
  /** Types of entities (`Incident`) or of events (`incident.reported`). */
  readonly types?: readonly string[] | null | undefined;
  /** Codes of 4, 6, 9, 12 or 15 digits, each with all that lies in it. */
  readonly divisions?: readonly string[] | null | undefined;
  /** Global ids. */
  readonly ids?: readonly string[] | null | undefined;
}

export type ChangeTest = (event: FeedEvent) => boolean;

const MAX_VALUES = 200;

/** What follows from other changes; told only to who asks for it by its type, or each of them would be told twice. */
const DERIVED: ReadonlySet<string> = new Set(['PlaceOverview']);

/** Throws FILTER_INVALID for a filter that could match nothing by its form. */
export function compileFilter({ types, divisions, ids }: ChangeFilter): ChangeTest {
  const tests: ChangeTest[] = [];
  if (types != null) {
    const wanted = new Set(checked('types', types, (type) => /^[A-Za-z][\w.-]{1,79}$/.test(type)));
    tests.push((event) => wanted.has(event.entityType) || wanted.has(event.eventType));
  } else tests.push((event) => !DERIVED.has(event.entityType));
  if (divisions != null) {
    const codes = checked('divisions', divisions, (code) => /^\d+$/.test(code) && tierOf(code) !== undefined);
    tests.push((event) => {
      const { divisionCode } = event;
      return divisionCode !== null && codes.some((code) => divisionCode.startsWith(code));
    });
  }
  if (ids != null) {
    const wanted = new Set(checked('ids', ids, (id) => /^[A-Za-z]\w*:.{1,200}$/.test(id)));
    tests.push((event) => wanted.has(event.entityId));
  }
  return (event) => tests.every((test) => test(event));
}

function checked(filter: string, values: readonly string[], isValid: (value: string) => boolean): readonly string[] {
  if (values.length > MAX_VALUES) {
    const [reasonZh, reasonEn] = [`最多 ${MAX_VALUES} 个`, `${MAX_VALUES} at most`];
    throw graphProblem('FILTER_INVALID', { filter, reasonZh, reasonEn });
  }
  const at = values.findIndex((value) => !isValid(value));
  if (at === -1) return values;
  const [reasonZh, reasonEn] = [`第 ${at + 1} 个的格式不对`, `number ${at + 1} is malformed`];
  throw graphProblem('FILTER_INVALID', { filter, reasonZh, reasonEn });
}

/** Whether a reader is told of an event. */
export type ReaderTest = (caller: Caller, event: FeedEvent) => boolean;

/** What a reader wants, of what he may learn. */
export function changesFor(filter: ChangeFilter): ReaderTest {
  const wanted = compileFilter(filter);
  return (caller, event) => mayLearnOf(caller, event) && wanted(event);
}

/** All that happens to one thing: for whoever holds its code, wherever it lies. */
export function changesOf(entityId: string): ReaderTest {
  return (_caller, event) => event.entityId === entityId;
}

/** Kinds of events whose very existence is told to holders of a right only. */
const RIGHT_OF_TYPE: ReadonlyMap<string, RightCode> = new Map<string, RightCode>([
  ['PartyMember', 'party.membership'],
  ['PostClaim', 'party.membership'],
  ['SupervisionFinding', 'party.supervision'],
  ['VolunteerRegistration', 'volunteer.record'],
  ['PointsAccount', 'volunteer.record'],
  ['FormalismReport', 'report.file'],
  ['Client', 'catalog.steward'],
  ['Webhook', 'catalog.steward'],
  ['Export', 'catalog.steward'],
  ['CatalogueSubmission', 'sharing.write'],
  ['SharingRequest', 'sharing.write'],
  ['SharingGrant', 'sharing.write'],
  ['VerificationTicket', 'sharing.write'],
]);

/** Kinds of events that are of no place, and everybody's affair. What is neither here nor there is of a place. */
const OF_NO_PLACE: ReadonlySet<string> = new Set([
  'DepartmentSystem',
  'DataField',
  'Scenario',
  'WorkingCalendarYear',
  'Organization',
  'Committee',
  'PartyOrganization',
  'AdmissionItem',
  'Funding',
  'WorkList',
  'FacilityStandard',
  'ServiceItem',
  'CertificateItem',
]);

/**
 * Whether the caller may learn of an event: it happened in his area, and he holds the right that its kind demands.
 * What it was about he reads through the graph, field by field under his rights.
 */
export function mayLearnOf(caller: Caller, event: FeedEvent): boolean {
  return mayLearnOfKind(caller, event.entityType, event.divisionCode);
}

/** The same, of what is known of an event that the feed may keep no more. */
export function mayLearnOfKind(caller: Caller, entityType: string, division: string | null): boolean {
  if (caller.kind === 'HUB') return true;
  const right = RIGHT_OF_TYPE.get(entityType);
  if (right !== undefined && !caller.rights.has(right)) return false;
  if (division === null) return right !== undefined || OF_NO_PLACE.has(entityType);
  return caller.jurisdiction.some((code) => {
    if (tierOf(code) === undefined) return false;
    // What is known of the whole community is shown to the holder of one of its grids.
    return division.startsWith(code.length === 15 && division.length === 12 ? code.slice(0, 12) : code);
  });
}
