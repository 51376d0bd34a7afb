import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey } from '../../../kit/global-id.ts';
import { readText } from '../../../kit/names/text-reading.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import { isEstateTaken, type LockedBody, lastChangeOf, lockBody, sumBalances } from '../../store/bodies/body-writes.ts';
import type { BodyItem } from '../../store/bodies/organization-change-rows.ts';
import { dateColumn, dayOfColumn, type OrganizationsTransaction } from '../../store/organizations-transaction.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';
import { type ContactInput, contactOf } from './body-contact.ts';
import { endRelations } from './end-relations.ts';

export interface OrganizationChanged {
  readonly organizationId: string;
}

interface Difference {
  readonly item: BodyItem;
  readonly formerValue: string | null;
  readonly value: string | null;
}

export interface ChangeOrganizationInput extends ContactInput {
  readonly organizationId: string;
  readonly name?: string | null | undefined;
  readonly changedOn: string;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * Changes what the register says of a body: name, telephone, address, estate. What is not given stays. Each item that
 * differs is kept with what it was before and from which day; a day never lies before an item's last change.
 */
export function changeOrganization(
  context: RuleContext,
  input: ChangeOrganizationInput,
): Promise<OrganizationChanged | Refusal> {
  const { caller } = context;
  const request = { mutation: 'changeOrganization', dataset: 'organization', input };
  return write(context, request, async (transaction, provenanceId) => {
    const body = await bodyOf(context, transaction, input.organizationId, input.changedOn, 'input.changedOn');
    if (isRefusal(body)) return body;
    const flaw =
      (input.name == null ? undefined : textFlaw(input.name, 'input.name', 2, 120)) ??
      (input.note == null ? undefined : textFlaw(input.note, 'input.note', 2, 120));
    if (flaw !== undefined) return flaw;
    const contact = contactOf(caller, input);
    if (isRefusal(contact)) return contact;
    const differences = [
      difference('NAME', body.name, input.name ?? undefined),
      difference('PHONE', body.phone, contact.phone),
      difference('ADDRESS', body.addressText, contact.addressText),
      difference('ESTATE', body.estateId, contact.estateId),
    ].filter((found) => found !== undefined);
    if (differences.length === 0) return refuse('ORGANIZATION_UNCHANGED', 'input');
    const moves = differences.some(({ item }) => item === 'ESTATE');
    if (moves && (await isEstateTaken(transaction, body.kind, contact.estateId))) {
      return refuse('ESTATE_HAS_OWNERS_COMMITTEE', 'input.estateId');
    }
    const items = differences.map(({ item }) => item);
    const last = await lastChangeOf(transaction, body.id, items);
    if (last !== null && dayOfColumn(last) > input.changedOn) return refuse('DATE_BEFORE_CURRENT', 'input.changedOn');
    const reading = input.name == null ? undefined : readText(input.name);
    await transaction.organization.update({
      where: { id: body.id },
      data: {
        ...contact,
        ...(reading === undefined || input.name == null
          ? {}
          : { name: input.name, namePinyin: reading.pinyin, nameInitials: reading.initials }),
        provenanceId,
      },
    });
    await keep(context, transaction, body, differences, {
      on: input.changedOn,
      note: input.note ?? null,
      provenanceId,
    });
    const answer = { organizationId: input.organizationId };
    return {
      answer,
      rowCount: 1 + differences.length,
      events: [event('organization.changed', body, { ...answer, items })],
    };
  });
}

export interface RatePropertyServiceInput {
  readonly organizationId: string;
  readonly rating: number;
  readonly ratedOn: string;
  readonly basis: string;
  readonly idempotencyKey: string;
}

/** Rates a property service with one to five stars, on what ground; former ratings stay on record with their days. */
export function ratePropertyService(
  context: RuleContext,
  input: RatePropertyServiceInput,
): Promise<OrganizationChanged | Refusal> {
  const request = { mutation: 'ratePropertyService', dataset: 'organization', input };
  return write(context, request, async (transaction, provenanceId) => {
    const body = await bodyOf(context, transaction, input.organizationId, input.ratedOn, 'input.ratedOn');
    if (isRefusal(body)) return body;
    const flaw = textFlaw(input.basis, 'input.basis', 2, 120);
    if (flaw !== undefined) return flaw;
    if (body.kind !== 'PROPERTY_SERVICE') return refuse('RATING_INVALID', 'input.organizationId');
    if (input.rating < 1 || input.rating > 5) return refuse('RATING_INVALID', 'input.rating');
    const last = await lastChangeOf(transaction, body.id, ['RATING']);
    if (last !== null && dayOfColumn(last) >= input.ratedOn) return refuse('DATE_BEFORE_CURRENT', 'input.ratedOn');
    await transaction.organization.update({ where: { id: body.id }, data: { rating: input.rating, provenanceId } });
    const formerValue = body.rating === null ? null : String(body.rating);
    const rated: Difference = { item: 'RATING', formerValue, value: String(input.rating) };
    await keep(context, transaction, body, [rated], { on: input.ratedOn, note: input.basis, provenanceId });
    const answer = { organizationId: input.organizationId };
    return { answer, rowCount: 2, events: [event('organization.rated', body, { ...answer, rating: input.rating })] };
  });
}

export interface DissolveOrganizationInput {
  readonly organizationId: string;
  readonly dissolvedOn: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/**
 * Dissolves a body: from the day on it is no more, and every relation that it stood in ends with it. Its units are
 * dissolved and its funds settled before.
 */
export function dissolveOrganization(
  context: RuleContext,
  input: DissolveOrganizationInput,
): Promise<OrganizationChanged | Refusal> {
  const request = { mutation: 'dissolveOrganization', dataset: 'organization', input };
  return write(context, request, async (transaction, provenanceId) => {
    const body = await bodyOf(context, transaction, input.organizationId, input.dissolvedOn, 'input.dissolvedOn');
    if (isRefusal(body)) return body;
    const flaw = textFlaw(input.reason, 'input.reason', 2, 80);
    if (flaw !== undefined) return flaw;
    if (body.establishedOn === input.dissolvedOn) return refuse('DATE_BEFORE_CURRENT', 'input.dissolvedOn');
    const units = await transaction.organization.count({ where: { parentId: body.id, dissolvedOn: null } });
    if (units > 0) return refuse('ORGANIZATION_HAS_UNITS', 'input.organizationId', { units });
    const balance = await sumBalances(transaction, body.id);
    if (balance > 0) return refuse('ORGANIZATION_HAS_FUNDS', 'input.organizationId', { balance });
    const end = { day: input.dissolvedOn, culprit: 'input.dissolvedOn', reason: '机构注销', provenanceId };
    const ended = await endRelations(transaction, { type: 'ORGANIZATION', key: body.id, place: body }, end);
    if (isRefusal(ended)) return ended;
    await transaction.organization.update({
      where: { id: body.id },
      data: { dissolvedOn: dateColumn(input.dissolvedOn), provenanceId },
    });
    const dissolved: Difference = { item: 'DISSOLUTION', formerValue: null, value: input.dissolvedOn };
    await keep(context, transaction, body, [dissolved], { on: input.dissolvedOn, note: input.reason, provenanceId });
    const answer = { organizationId: input.organizationId };
    return {
      answer,
      rowCount: 2 + ended.length,
      events: [event('organization.dissolved', body, { ...answer, dissolvedOn: input.dissolvedOn }), ...ended],
    };
  });
}

/** The live body, locked, of the caller's area, on a day of its life that is not to come. */
async function bodyOf(
  { caller, clock }: RuleContext,
  transaction: OrganizationsTransaction,
  organizationId: string,
  day: string,
  culprit: string,
): Promise<LockedBody | Refusal> {
  const key = findUuidKey('Organization', organizationId);
  const body = key === undefined ? null : await lockBody(transaction, key);
  if (body === null || !coversPlace(caller, body)) return refuse('ORGANIZATION_OUTSIDE_AREA', 'input.organizationId');
  if (day > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', culprit);
  if (body.establishedOn !== null && day < body.establishedOn) return refuse('DATE_BEFORE_CURRENT', culprit);
  return body;
}

function difference(item: BodyItem, formerValue: string | null, value: string | undefined): Difference | undefined {
  return value === undefined || value === formerValue ? undefined : { item, formerValue, value };
}

function keep(
  { store }: RuleContext,
  transaction: OrganizationsTransaction,
  body: LockedBody,
  differences: readonly Difference[],
  { on, note, provenanceId }: { readonly on: string; readonly note: string | null; readonly provenanceId: string },
) {
  return transaction.organizationChange.createMany({
    data: differences.map((found) => ({
      id: store.ids.next(),
      organizationId: body.id,
      ...found,
      changedOn: dateColumn(on),
      note,
      provenanceId,
    })),
  });
}

function event(
  eventType: string,
  body: LockedBody,
  payload: OrganizationChanged & Readonly<Record<string, unknown>>,
): ChangeEvent {
  return { eventType, entityType: 'Organization', entityId: payload.organizationId, payload, place: body };
}
