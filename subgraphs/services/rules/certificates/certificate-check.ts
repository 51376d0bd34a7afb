import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace, type Place } from '../../../kit/store/place-scope.ts';
import {
  type CertificateCheckState,
  hasPartInCheck,
  insertCheck,
  lockCheck,
  updateCheck,
} from '../../store/certificates/certificate-check-rows.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { communityPlace } from '../community-place.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { startTerm, stopTerms } from '../terms/run-term.ts';
import { type CertificateCheckEvent, certificateCheckMachine } from './certificate-check-machine.ts';

export interface CheckWritten {
  readonly checkId: string;
}

export interface AskCertificateCheckInput {
  readonly certificateCode: string;
  readonly personId: string;
  readonly communityId: string;
  readonly statement: string;
  readonly idempotencyKey: string;
}

const CLOCK = 'CERTIFICATE_CHECK';

/**
 * Asks the department whose check has replaced a certificate to confirm a statement about a person: for what no register
 * of the graph answers, and where what it answers is contested.
 */
export function askCertificateCheck(
  call: ServicesCall,
  input: AskCertificateCheckInput,
): Promise<CheckWritten | Refusal> {
  const { store, caller, clock, calendar } = call;
  return writeServices(call, 'askCertificateCheck', 'certificate_check', input, async (transaction, provenanceId) => {
    const item = await transaction.certificateItem.findUnique({ where: { code: input.certificateCode } });
    if (item === null) return refuse('CERTIFICATE_NOT_LISTED', 'input.certificateCode');
    if (item.allowed) return refuse('CERTIFICATE_STILL_ISSUED', 'input.certificateCode', { code: item.code });
    const { substituteDepartmentCode: departmentCode } = item;
    if (departmentCode === null)
      return refuse('CERTIFICATE_NAME_PENDING', 'input.certificateCode', { code: item.code });
    const personId = findUuidKey('Person', input.personId);
    if (personId === undefined) return refuse('PERSON_NOT_FOUND', 'input.personId');
    const place = communityPlace(findCodeKey('Community', 12, input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const statement = plainText(input.statement, 'input.statement', 4, 200);
    if (isRefusal(statement)) return statement;
    const id = store.ids.next();
    const askedAt = clock.now();
    const subject = { entityType: 'CertificateCheck', id, place } as const;
    const { dueAt } = await startTerm(calendar, transaction, subject, {
      ...{ ruleCode: CLOCK, startedOn: dateInChina(askedAt) },
    });
    const row = { certificateItemId: item.id, personId, statement, departmentCode, askedAt, dueAt, provenanceId };
    const asked = await insertCheck(transaction, {
      ...{ ...row, id, state: certificateCheckMachine.initial, askerDepartmentCode: caller.departmentCode, ...place },
    });
    if (!asked) return refuse('CHECK_ALREADY_ASKED', 'input.certificateCode');
    await insertStep(transaction, {
      ...{ subjectId: id, event: 'ASK', from: null, to: certificateCheckMachine.initial, at: askedAt, provenanceId },
      actorDepartmentCode: caller.departmentCode,
    });
    return written(id, 'certificate-check.asked', place);
  });
}

export interface AnswerCertificateCheckInput {
  readonly checkId: string;
  readonly event: CertificateCheckEvent;
  readonly idempotencyKey: string;
}

/** Answers a check by yes or no; nothing else is said of the person. */
export function answerCertificateCheck(
  call: ServicesCall,
  input: AnswerCertificateCheckInput,
): Promise<CheckWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(
    call,
    'answerCertificateCheck',
    'certificate_check',
    input,
    async (transaction, provenanceId) => {
      const id = findUuidKey('CertificateCheck', input.checkId);
      const check = id === undefined ? null : await lockCheck(transaction, id);
      if (check === null || !coversPlace(caller, check) || !hasPartInCheck(caller, check)) {
        return refuse('CERTIFICATE_CHECK_NOT_FOUND', 'input.checkId');
      }
      const taken = certificateCheckMachine.take({
        ...{ event: input.event, state: check.state as CertificateCheckState, subject: check, caller },
        culprit: 'input.event',
      });
      if (isRefusal(taken)) return taken;
      const at = clock.now();
      await updateCheck(transaction, check.id, { state: taken.to, answeredAt: at });
      await stopTerms(transaction, check.id);
      await insertStep(transaction, {
        ...{ subjectId: check.id, ...taken, at, provenanceId, actorDepartmentCode: caller.departmentCode },
      });
      return written(check.id, 'certificate-check.answered', check);
    },
  );
}

/** Events do not say what was answered. */
function written(id: string, eventType: string, place: Place) {
  const answer = { checkId: globalId('CertificateCheck', id) };
  const event = { eventType, entityType: 'CertificateCheck', entityId: answer.checkId, payload: answer, place };
  return { answer, rowCount: 2, events: [event] };
}
