import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { findRule } from '../../store/organization-rule-rows.ts';
import { dateColumn, dayOfColumn } from '../../store/organizations-transaction.ts';
import { findCertificate, findLiveRegistration, sumHoursOfPeriod } from '../../store/workforce/registration-writes.ts';
import { addYears } from '../add-years.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { fileColumns, lockWorkerInArea } from './worker-in-area.ts';

export interface RegisterSocialWorkerInput {
  readonly workerId: string;
  readonly certificateNumber: string;
  readonly registeredOn: string;
  readonly idempotencyKey: string;
}

export interface SocialWorkerRegistered {
  readonly registrationId: string;
  readonly workerId: string;
  readonly endedRegistrationId: string | null;
}

/**
 * Registers a certified worker under the real name for one period, or renews a registration that has run out. A person
 * has one live registration; renewal demands the hours of continuing education of the period that ended. Period and
 * hours are versioned rules.
 */
export function registerSocialWorker(
  context: RuleContext,
  input: RegisterSocialWorkerInput,
): Promise<SocialWorkerRegistered | Refusal> {
  const { store, caller, clock } = context;
  const mutation = 'registerSocialWorker';
  return write(
    context,
    { mutation, dataset: 'social_worker_registration', input },
    async (transaction, provenanceId) => {
      const worker = await lockWorkerInArea(transaction, caller, input.workerId);
      if (isRefusal(worker)) return worker;
      const { registeredOn } = input;
      if (registeredOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.registeredOn');
      if (worker.leftOn !== null && worker.leftOn <= registeredOn) return refuse('WORKER_LEFT', 'input.workerId');
      const certificate = await findCertificate(transaction, worker.personId, input.certificateNumber);
      if (certificate === null) return refuse('CERTIFICATE_NOT_FOUND', 'input.certificateNumber');
      if (certificate.revokedOn !== null) {
        const revokedOn = dayOfColumn(certificate.revokedOn);
        return refuse('CERTIFICATE_REVOKED', 'input.certificateNumber', { revokedOn });
      }
      if (registeredOn.slice(0, 4) < String(certificate.passedYear)) {
        return refuse('REGISTRATION_BEFORE_CERTIFICATE', 'input.registeredOn', { year: certificate.passedYear });
      }
      const live = await findLiveRegistration(transaction, worker.personId);
      if (live !== null) {
        const expiresOn = dayOfColumn(live.expiresOn);
        if (registeredOn < expiresOn) return refuse('REGISTRATION_LIVE', 'input.workerId', { expiresOn });
        const required = await findRule(transaction, 'CONTINUING_EDUCATION_HOURS', live.level, registeredOn);
        if (required === undefined) return ruleMissing('CONTINUING_EDUCATION_HOURS');
        const hours = await sumHoursOfPeriod(transaction, live.id);
        if (hours < required.numerator) {
          return refuse('CONTINUING_EDUCATION_SHORT', 'input.workerId', { hours, required: required.numerator });
        }
        await transaction.socialWorkerRegistration.update({
          where: { id: live.id },
          data: { endedOn: live.expiresOn, provenanceId },
        });
      }
      const years = await findRule(transaction, 'REGISTRATION_YEARS', '', registeredOn);
      if (years === undefined) return ruleMissing('REGISTRATION_YEARS');
      const id = store.ids.next();
      await transaction.socialWorkerRegistration.create({
        data: {
          id,
          ...fileColumns(worker),
          certificateId: certificate.id,
          holderName: worker.name,
          level: certificate.level,
          registeredOn: dateColumn(registeredOn),
          expiresOn: dateColumn(addYears(registeredOn, years.numerator)),
          provenanceId,
        },
      });
      const answer = {
        registrationId: globalId('SocialWorkerRegistration', id),
        workerId: input.workerId,
        endedRegistrationId: live === null ? null : globalId('SocialWorkerRegistration', live.id),
      };
      const event = {
        eventType: live === null ? 'registration.opened' : 'registration.renewed',
        entityType: 'SocialWorkerRegistration',
        entityId: answer.registrationId,
        payload: answer,
        place: worker,
      };
      return { answer, rowCount: live === null ? 1 : 2, events: [event] };
    },
  );
}

function ruleMissing(rule: string): Refusal {
  return refuse('RULE_NOT_CONFIGURED', 'input', { rule });
}
