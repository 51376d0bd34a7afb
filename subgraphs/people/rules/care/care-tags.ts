import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import type { CareTagKind, CareVisitRow } from '../../store/care/care-rows.ts';
import { birthDateOf, lockCareTag, ruleOn } from '../../store/care/care-writes.ts';
import { lockPerson, type PeopleTransaction } from '../../store/residence-writes.ts';
import { ageInYears } from '../age.ts';
import { dateColumn, type RuleContext, write } from '../people-write.ts';
import { careKinds } from './care-kinds.ts';
import { noteFlaw } from './plain-note.ts';

export interface CareTagChanged {
  readonly careTagId: string;
}

export interface RecordCareTagInput {
  readonly personId: string;
  readonly kind: CareTagKind;
  readonly validFrom: string;
  readonly idempotencyKey: string;
}

/** Whether the caller may write tags of a kind: restricted ones need the right to read them, too. */
export type MayWriteKind = (restricted: boolean) => void;

/**
 * Tags a person who lives in the caller's area. A kind is live once per person; the database says the same. Ages are
 * those of the law on the day from which the tag holds.
 */
export function recordCareTag(
  context: RuleContext,
  input: RecordCareTagInput,
  assertMayWrite: MayWriteKind,
): Promise<CareTagChanged | Refusal> {
  const { store, caller, clock } = context;
  const { restricted } = careKinds[input.kind];
  assertMayWrite(restricted);
  return write(
    context,
    { mutation: 'recordCareTag', dataset: 'care_tag', input },
    async (transaction, provenanceId) => {
      if (input.validFrom > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.validFrom');
      const key = findUuidKey('Person', input.personId);
      const person = key === undefined ? null : await lockPerson(transaction, key);
      if (person === null || !coversPlace(caller, person)) return refuse('PERSON_NOT_FOUND', 'input.personId');
      const flaw = await ageFlaw(transaction, person.id, input);
      if (flaw !== undefined) return flaw;
      const live = await transaction.careTag.count({
        where: {
          personId: person.id,
          kind: input.kind,
          OR: [{ validTo: null }, { validTo: { gt: dateColumn(input.validFrom) } }],
        },
      });
      if (live > 0) return refuse('CARE_TAG_EXISTS', 'input.kind');
      const id = store.ids.next();
      const { cityCode, countyCode, townshipCode, communityCode, gridCode } = person;
      await transaction.careTag.create({
        data: {
          id,
          personId: person.id,
          kind: input.kind,
          restricted,
          validFrom: dateColumn(input.validFrom),
          cityCode,
          countyCode,
          townshipCode,
          communityCode,
          gridCode,
          provenanceId,
        },
      });
      const answer = { careTagId: globalId('CareTag', id) };
      // Who listens must not learn from the feed who carries which tag.
      const event = {
        eventType: 'care-tag.recorded',
        entityType: 'CareTag',
        entityId: answer.careTagId,
        payload: answer,
        place: person,
      };
      return { answer, rowCount: 1, events: [event] };
    },
  );
}

async function ageFlaw(
  transaction: PeopleTransaction,
  personId: string,
  { kind, validFrom }: RecordCareTagInput,
): Promise<Refusal | undefined> {
  const { fromAge, belowAge } = careKinds[kind];
  const rule = fromAge ?? belowAge;
  if (rule === undefined) return undefined;
  const years = await ruleOn(transaction, rule, validFrom);
  const age = ageInYears(await birthDateOf(transaction, personId), validFrom);
  const fits = fromAge === undefined ? age < years : age >= years;
  if (fits) return undefined;
  return fromAge === undefined
    ? refuse('CARE_TAG_TOO_OLD', 'input.kind', { years })
    : refuse('CARE_TAG_TOO_YOUNG', 'input.kind', { years });
}

export interface EndCareTagInput {
  readonly careTagId: string;
  readonly validTo: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** Ends a live tag; what it was stays on record. */
export function endCareTag(
  context: RuleContext,
  input: EndCareTagInput,
  assertMayWrite: MayWriteKind,
): Promise<CareTagChanged | Refusal> {
  const { caller, clock } = context;
  return write(context, { mutation: 'endCareTag', dataset: 'care_tag', input }, async (transaction, provenanceId) => {
    const flaw = noteFlaw(input.reason, 'input.reason', 2, 80);
    if (flaw !== undefined) return flaw;
    if (input.validTo > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.validTo');
    const tag = await lockLiveTag(transaction, caller, input.careTagId, assertMayWrite);
    if (isRefusal(tag)) return tag;
    if (dateColumn(input.validTo) <= tag.validFrom) return refuse('DATE_BEFORE_CURRENT', 'input.validTo');
    await transaction.careTag.update({
      where: { id: tag.id },
      data: { validTo: dateColumn(input.validTo), endReason: input.reason, provenanceId },
    });
    const answer = { careTagId: input.careTagId };
    const event = {
      eventType: 'care-tag.ended',
      entityType: 'CareTag',
      entityId: input.careTagId,
      payload: answer,
      place: tag,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}

/** The tag that a mutation names, locked, when it holds and the caller may write its kind. */
async function lockLiveTag(
  transaction: PeopleTransaction,
  caller: RuleContext['caller'],
  careTagId: string,
  assertMayWrite: MayWriteKind,
) {
  const key = findUuidKey('CareTag', careTagId);
  const tag = key === undefined ? null : await lockCareTag(transaction, key);
  if (tag === null || !coversPlace(caller, tag)) return refuse('CARE_TAG_NOT_FOUND', 'input.careTagId');
  assertMayWrite(tag.restricted);
  return tag.validTo === null ? tag : refuse('CARE_TAG_ENDED', 'input.careTagId');
}

export interface RecordCareVisitInput {
  readonly careTagId: string;
  readonly visitedOn: string;
  readonly mode: CareVisitRow['mode'];
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Records a visit to somebody with a live tag, between its first day and today. */
export function recordCareVisit(
  context: RuleContext,
  input: RecordCareVisitInput,
  assertMayWrite: MayWriteKind,
): Promise<CareTagChanged | Refusal> {
  const { store, caller, clock } = context;
  return write(
    context,
    { mutation: 'recordCareVisit', dataset: 'care_visit', input },
    async (transaction, provenanceId) => {
      if (input.note != null) {
        const flaw = noteFlaw(input.note, 'input.note', 1, 400);
        if (flaw !== undefined) return flaw;
      }
      if (input.visitedOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.visitedOn');
      const tag = await lockLiveTag(transaction, caller, input.careTagId, assertMayWrite);
      if (isRefusal(tag)) return tag;
      if (dateColumn(input.visitedOn) < tag.validFrom) return refuse('DATE_BEFORE_CURRENT', 'input.visitedOn');
      const { cityCode, countyCode, townshipCode, communityCode, gridCode } = tag;
      const id = store.ids.next();
      await transaction.careVisit.create({
        data: {
          id,
          careTagId: tag.id,
          restricted: tag.restricted,
          visitedOn: dateColumn(input.visitedOn),
          mode: input.mode,
          note: input.note ?? null,
          cityCode,
          countyCode,
          townshipCode,
          communityCode,
          gridCode,
          provenanceId,
        },
      });
      const answer = { careTagId: input.careTagId };
      const event = {
        eventType: 'care.visited',
        entityType: 'CareTag',
        entityId: input.careTagId,
        payload: answer,
        place: tag,
      };
      return { answer, rowCount: 1, events: [event] };
    },
  );
}
