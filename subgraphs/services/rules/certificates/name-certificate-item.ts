import { isDepartmentCode } from '../../../kit/codes/departments.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { lockRow } from '../../store/services-transaction.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';

export interface NameCertificateItemInput {
  readonly certificateCode: string;
  readonly name: string;
  readonly legalBasis: string;
  readonly substituteDepartmentCode?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Fills in what stands as 待补 in the list of certificates: a name with its basis, once; a removed one's department, too. */
export function nameCertificateItem(
  call: ServicesCall,
  input: NameCertificateItemInput,
): Promise<{ readonly itemId: string } | Refusal> {
  return writeServices(call, 'nameCertificateItem', 'certificate_item', input, async (transaction, provenanceId) => {
    if (!(await lockRow(transaction, 'certificate_item', input.certificateCode, 'code'))) {
      return refuse('CERTIFICATE_NOT_LISTED', 'input.certificateCode');
    }
    const item = await transaction.certificateItem.findUniqueOrThrow({ where: { code: input.certificateCode } });
    if (item.named) return refuse('CERTIFICATE_ALREADY_NAMED', 'input.certificateCode', { name: item.name });
    const name = plainText(input.name, 'input.name', 2, 60);
    if (isRefusal(name)) return name;
    const legalBasis = plainText(input.legalBasis, 'input.legalBasis', 4, 200);
    if (isRefusal(legalBasis)) return legalBasis;
    const substitute = input.substituteDepartmentCode ?? null;
    // What is still issued is replaced by nobody's check; what is not must be.
    if (item.allowed ? substitute !== null : substitute === null || !isDepartmentCode(substitute)) {
      return refuse('DEPARTMENT_UNKNOWN', 'input.substituteDepartmentCode');
    }
    await transaction.certificateItem.update({
      where: { id: item.id },
      data: { name, named: true, legalBasis, basisConfirmed: true, substituteDepartmentCode: substitute, provenanceId },
    });
    const answer = { itemId: globalId('CertificateItem', item.id) };
    const event = {
      ...{ eventType: 'certificate-item.named', entityType: 'CertificateItem', entityId: answer.itemId },
      payload: { ...answer, certificateCode: item.code },
    };
    return { answer, rowCount: 1, events: [{ ...event, place: undefined }] };
  });
}
