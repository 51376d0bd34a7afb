import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { readText } from '../../../kit/names/text-reading.ts';
import { coversPlace, significantCode } from '../../../kit/store/place-scope.ts';
import { findUsccFlaw } from '../../../kit/uscc.ts';
import { isEstateTaken } from '../../store/bodies/body-writes.ts';
import { placeOfOrganization } from '../../store/bodies/engagement-writes.ts';
import type { OrganizationRow } from '../../store/bodies/organization-rows.ts';
import { dateColumn, dayOfColumn } from '../../store/organizations-transaction.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';
import { contactOf } from './body-contact.ts';

export interface RegisterOrganizationInput {
  readonly kind: OrganizationRow['kind'];
  readonly name: string;
  readonly divisionCode: string;
  readonly form?: OrganizationRow['form'] | undefined;
  readonly field?: OrganizationRow['field'] | undefined;
  readonly registration?: OrganizationRow['registration'] | undefined;
  readonly uscc?: string | null | undefined;
  readonly parentId?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly address?: string | null | undefined;
  readonly estateId?: string | null | undefined;
  readonly establishedOn: string;
  readonly idempotencyKey: string;
}

export interface OrganizationRegistered {
  readonly organizationId: string;
}

/** Bodies that a sub-district or town has, and nobody above or below. */
const OF_A_TOWNSHIP: ReadonlySet<OrganizationRow['kind']> = new Set(['SUBDISTRICT_OFFICE', 'SOCIAL_WORK_STATION']);

/**
 * Enters a body into the register. A social organization says its form, field and whether it is registered or filed; a
 * registered one has a credit code. An office and a social-work station are of a township, a unit is of an office, an
 * owners' committee of an estate. A code that does not fit is refused with the position that is wrong, one that
 * another body has with nothing about that body.
 */
export function registerOrganization(
  context: RuleContext,
  input: RegisterOrganizationInput,
): Promise<OrganizationRegistered | Refusal> {
  const { store, caller, clock } = context;
  const mutation = 'registerOrganization';
  return write(context, { mutation, dataset: 'organization', input }, async (transaction, provenanceId) => {
    const flaw = textFlaw(input.name, 'input.name', 2, 120);
    if (flaw !== undefined) return flaw;
    if (input.establishedOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.establishedOn');
    const division = significantCode(input.divisionCode);
    const places = division === undefined ? undefined : placesOf(division);
    if (places === undefined || !coversPlace(caller, placeOfOrganization(places))) {
      return refuse('DIVISION_NOT_FOUND', 'input.divisionCode');
    }
    const known = await transaction.division.findUnique({ where: { code: division ?? '' } });
    if (known === null) return refuse('DIVISION_NOT_FOUND', 'input.divisionCode');
    if (known.validTo !== null) {
      return refuse('DIVISION_ENDED', 'input.divisionCode', { validTo: dayOfColumn(known.validTo) });
    }
    if (OF_A_TOWNSHIP.has(input.kind) && known.level !== 'TOWNSHIP') {
      return refuse('BODY_OF_A_TOWNSHIP', 'input.divisionCode');
    }
    const social = input.kind === 'SOCIAL_ORGANIZATION';
    const missing = (['form', 'field', 'registration'] as const).find((name) => social !== (input[name] != null));
    if (missing !== undefined) {
      return refuse(social ? 'SOCIAL_ORGANIZATION_INCOMPLETE' : 'NOT_A_SOCIAL_ORGANIZATION', `input.${missing}`);
    }
    const uscc = input.uscc ?? null;
    if (uscc === null && input.registration === 'REGISTERED') return refuse('USCC_REQUIRED', 'input.uscc');
    if (uscc !== null) {
      const wrong = findUsccFlaw(uscc);
      if (wrong !== undefined) {
        const { position, reasonZh, reasonEn } = wrong;
        return refuse('USCC_INVALID', 'input.uscc', { position, reasonZh, reasonEn });
      }
      const other = await transaction.organization.findUnique({ where: { uscc } });
      if (other !== null) return refuse('USCC_TAKEN', 'input.uscc');
    }
    let parentId: string | null = null;
    if (input.parentId != null) {
      const key = findUuidKey('Organization', input.parentId);
      const parent = key === undefined ? null : await transaction.organization.findUnique({ where: { id: key } });
      if (parent === null || parent.dissolvedOn !== null) return refuse('ORGANIZATION_NOT_FOUND', 'input.parentId');
      if (input.kind === 'OFFICE_UNIT' && parent.kind !== 'SUBDISTRICT_OFFICE') {
        return refuse('UNIT_WITHOUT_OFFICE', 'input.parentId');
      }
      parentId = parent.id;
    }
    if (input.kind === 'OFFICE_UNIT' && parentId === null) return refuse('UNIT_WITHOUT_OFFICE', 'input.parentId');
    if (input.kind === 'OWNERS_COMMITTEE' && input.estateId == null) return refuse('ESTATE_REQUIRED', 'input.estateId');
    const contact = contactOf(caller, input);
    if (isRefusal(contact)) return contact;
    if (await isEstateTaken(transaction, input.kind, contact.estateId)) {
      return refuse('ESTATE_HAS_OWNERS_COMMITTEE', 'input.estateId');
    }
    const reading = readText(input.name);
    const id = store.ids.next();
    await transaction.organization.create({
      data: {
        id,
        kind: input.kind,
        name: input.name,
        form: input.form ?? null,
        field: input.field ?? null,
        registration: input.registration ?? null,
        uscc,
        parentId,
        ...contact,
        namePinyin: reading.pinyin,
        nameInitials: reading.initials,
        establishedOn: dateColumn(input.establishedOn),
        ...places,
        provenanceId,
      },
    });
    const answer = { organizationId: globalId('Organization', id) };
    const event = {
      eventType: 'organization.registered',
      entityType: 'Organization',
      entityId: answer.organizationId,
      payload: { ...answer, kind: input.kind },
      place: placeOfOrganization(places),
    };
    return { answer, rowCount: 1, events: [event] };
  });
}

/** The place columns of a division's code, city to community. */
function placesOf(code: string) {
  if (![4, 6, 9, 12].includes(code.length)) return undefined;
  const cut = (digits: number) => (code.length >= digits ? code.slice(0, digits) : null);
  return { cityCode: code.slice(0, 4), countyCode: cut(6), townshipCode: cut(9), communityCode: cut(12) };
}
