import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { dateColumn, dayOfColumn } from '../../store/organizations-transaction.ts';
import { isCertified, lockCertificate, showHighestCertificate } from '../../store/workforce/certificate-writes.ts';
import { findLiveRegistration } from '../../store/workforce/registration-writes.ts';
import type { CertificateRow } from '../../store/workforce/worker-file-rows.ts';
import { lockWorker } from '../../store/workforce/worker-locks.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';
import { fileColumns, lockWorkerInArea } from './worker-in-area.ts';

export interface CertificateChanged {
  readonly certificateId: string;
}

export interface RecordWorkerCertificateInput {
  readonly workerId: string;
  readonly level: CertificateRow['level'];
  readonly certificateNumber: string;
  readonly passedYear: number;
  readonly idempotencyKey: string;
}

/** The first examination was held in 2008: general knowledge, earlier years are taken for typing errors. */
const FIRST_YEAR = 2008;

/**
 * Records that a worker gained a certificate: a number is given once, a person has one valid certificate of a level. The
 * worker shows the highest.
 */
export function recordWorkerCertificate(
  context: RuleContext,
  input: RecordWorkerCertificateInput,
): Promise<CertificateChanged | Refusal> {
  const { store, caller, clock } = context;
  const request = { mutation: 'recordWorkerCertificate', dataset: 'certificate', input };
  return write(context, request, async (transaction, provenanceId) => {
    const worker = await lockWorkerInArea(transaction, caller, input.workerId);
    if (isRefusal(worker)) return worker;
    const today = dateInChina(clock.now());
    if (worker.leftOn !== null && worker.leftOn <= today) return refuse('WORKER_LEFT', 'input.workerId');
    const { certificateNumber, level, passedYear } = input;
    if (!/^[A-Za-z0-9-]{6,40}$/.test(certificateNumber))
      return refuse('CERTIFICATE_INVALID', 'input.certificateNumber');
    if (passedYear < FIRST_YEAR || passedYear > Number(today.slice(0, 4))) {
      return refuse('CERTIFICATE_INVALID', 'input.passedYear');
    }
    if (await isCertified(transaction, worker.personId, level, certificateNumber)) {
      return refuse('CERTIFICATE_EXISTS', 'input.certificateNumber');
    }
    const id = store.ids.next();
    const holderName = worker.name;
    await transaction.certificate.create({
      data: { id, ...fileColumns(worker), holderName, level, certificateNumber, passedYear, provenanceId },
    });
    const shown = await showHighestCertificate(transaction, worker.personId, provenanceId);
    const answer = { certificateId: globalId('Certificate', id) };
    const event = {
      eventType: 'certificate.recorded',
      entityType: 'Certificate',
      entityId: answer.certificateId,
      payload: { ...answer, workerId: input.workerId, level },
      place: worker,
    };
    return { answer, rowCount: 1 + shown, events: [event] };
  });
}

export interface RevokeWorkerCertificateInput {
  readonly certificateId: string;
  readonly revokedOn: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** Revokes a certificate. A live registration that it carries ends on the day; the worker shows what is left. */
export function revokeWorkerCertificate(
  context: RuleContext,
  input: RevokeWorkerCertificateInput,
): Promise<CertificateChanged | Refusal> {
  const { caller, clock } = context;
  const request = { mutation: 'revokeWorkerCertificate', dataset: 'certificate', input };
  return write(context, request, async (transaction, provenanceId) => {
    const flaw = textFlaw(input.reason, 'input.reason', 2, 80);
    if (flaw !== undefined) return flaw;
    const { revokedOn } = input;
    if (revokedOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.revokedOn');
    const key = findUuidKey('Certificate', input.certificateId);
    const known = key === undefined ? null : await transaction.certificate.findUnique({ where: { id: key } });
    if (known === null || !coversPlace(caller, known)) return refuse('CERTIFICATE_OUTSIDE_AREA', 'input.certificateId');
    // The person first, as everything that changes a worker's file does.
    if (known.workerId !== null) await lockWorker(transaction, known.workerId);
    const certificate = await lockCertificate(transaction, known.id);
    if (certificate === null) return refuse('CERTIFICATE_OUTSIDE_AREA', 'input.certificateId');
    if (certificate.revokedOn !== null) {
      return refuse('CERTIFICATE_REVOKED', 'input.certificateId', { revokedOn: certificate.revokedOn });
    }
    const registration = await findLiveRegistration(transaction, certificate.personId);
    const carried = registration?.certificateId === certificate.id ? registration : null;
    const since = carried === null ? `${certificate.passedYear}-01-01` : dayOfColumn(carried.registeredOn);
    if (revokedOn < since) return refuse('DATE_BEFORE_CURRENT', 'input.revokedOn');
    await transaction.certificate.update({
      where: { id: certificate.id },
      data: { revokedOn: dateColumn(revokedOn), revokeReason: input.reason, provenanceId },
    });
    if (carried !== null) {
      const expiresOn = dayOfColumn(carried.expiresOn);
      const endedOn = dateColumn(expiresOn < revokedOn ? expiresOn : revokedOn);
      await transaction.socialWorkerRegistration.update({ where: { id: carried.id }, data: { endedOn, provenanceId } });
    }
    const shown = await showHighestCertificate(transaction, certificate.personId, provenanceId);
    const answer = { certificateId: input.certificateId };
    const endedRegistrationId = carried === null ? null : globalId('SocialWorkerRegistration', carried.id);
    const event = {
      eventType: 'certificate.revoked',
      entityType: 'Certificate',
      entityId: input.certificateId,
      payload: { ...answer, revokedOn, endedRegistrationId },
      place: certificate,
    };
    return { answer, rowCount: 1 + shown + (carried === null ? 0 : 1), events: [event] };
  });
}
