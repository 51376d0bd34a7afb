import { departments, isDepartmentCode } from '../../../kit/codes/departments.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { insertIssuedCertificate } from '../../store/certificates/certificate-rows.ts';
import { communityPlace } from '../community-place.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { shortNumber } from '../short-number.ts';

export interface IssueCertificateInput {
  readonly certificateCode: string;
  readonly personId: string;
  readonly communityId: string;
  readonly purpose: string;
  readonly idempotencyKey: string;
}

/**
 * Issues a stamped certificate that the list allows. One that was removed is refused with the department whose check
 * takes its place (民发〔2020〕20号); one whose name the city has not filled in yet (待补) cannot be issued either.
 */
export function issueCertificate(
  call: ServicesCall,
  input: IssueCertificateInput,
): Promise<{ readonly certificateId: string } | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'issueCertificate', 'issued_certificate', input, async (transaction, provenanceId) => {
    const item = await transaction.certificateItem.findUnique({ where: { code: input.certificateCode } });
    if (item === null) return refuse('CERTIFICATE_NOT_LISTED', 'input.certificateCode');
    if (!item.allowed) return refuse('CERTIFICATE_REMOVED', 'input.certificateCode', substituteOf(item));
    if (!item.named) return refuse('CERTIFICATE_NAME_PENDING', 'input.certificateCode', { code: item.code });
    const personId = findUuidKey('Person', input.personId);
    if (personId === undefined) return refuse('PERSON_NOT_FOUND', 'input.personId');
    const place = communityPlace(findCodeKey('Community', 12, input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const purpose = plainText(input.purpose, 'input.purpose', 2, 200);
    if (isRefusal(purpose)) return purpose;
    const id = store.ids.next();
    const issuedAt = clock.now();
    await insertIssuedCertificate(transaction, {
      ...{ id, certificateItemId: item.id, personId, purpose, issuedAt, provenanceId },
      certificateNumber: shortNumber('ZM', id, issuedAt, place.countyCode),
      issuerDepartmentCode: caller.departmentCode,
      ...place,
    });
    const answer = { certificateId: globalId('IssuedCertificate', id) };
    const event = {
      ...{ eventType: 'certificate.issued', entityType: 'IssuedCertificate', entityId: answer.certificateId },
      payload: { ...answer, certificateCode: item.code },
    };
    return { answer, rowCount: 1, events: [{ ...event, place }] };
  });
}

function substituteOf(item: {
  readonly name: string;
  readonly substituteCheckCode: string | null;
  readonly substituteDepartmentCode: string | null;
}) {
  const code = item.substituteDepartmentCode ?? '';
  const department = isDepartmentCode(code) ? departments[code] : { zh: '待补', en: 'not named yet' };
  const check = item.substituteCheckCode;
  return {
    ...{ name: item.name, departmentZh: department.zh, departmentEn: department.en },
    checkZh: check === null ? '' : `（核查代码 ${check}）`,
    checkEn: check === null ? '' : ` (check ${check})`,
  };
}
