import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversCode } from '../../../kit/store/place-scope.ts';
import { findStandard, insertStandard, type NewStandardPart } from '../../store/facilities/assessment-writes.ts';
import type { FacilityKind } from '../../store/facilities/facility-rows.ts';
import type { StandardKind } from '../../store/facilities/standard-rows.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';

export interface RegisterStandardInput {
  readonly cityCode: string;
  readonly kind: StandardKind;
  readonly facilityKind: FacilityKind;
  readonly title: string;
  readonly issuer?: string | null | undefined;
  readonly publishedOn?: string | null | undefined;
  readonly documentReference?: string | null | undefined;
  readonly basedOnStandardId?: string | null | undefined;
  /** Null where the source does not name it: 待补. */
  readonly aspects?: readonly { readonly name?: string | null | undefined }[] | null | undefined;
  readonly clauses?:
    | readonly {
        readonly name?: string | null | undefined;
        readonly aspect?: number | null | undefined;
        readonly byAreaFloor: boolean;
      }[]
    | null
    | undefined;
  readonly idempotencyKey: string;
}

const MAX_ASPECTS = 50;
const MAX_CLAUSES = 300;
/** Where a document lies in the city's object store; never an address. */
const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9/._-]{2,199}$/;

/**
 * 登记标准 — enters a measure, a local standard or a manual of a city with its aspects and clauses; what the paper does not
 * name yet has no name. Facilities are assessed against it from then on.
 */
export function registerStandard(
  call: ServicesCall,
  input: RegisterStandardInput,
): Promise<{ standardId: string } | Refusal> {
  const { store, caller } = call;
  return writeServices(
    call,
    'registerFacilityStandard',
    'facility-standard',
    input,
    async (transaction, provenanceId) => {
      const { cityCode, kind, facilityKind } = input;
      if (!/^\d{4}$/.test(cityCode) || !coversCode(caller, cityCode)) return refuse('CITY_NOT_YOURS', 'input.cityCode');
      const title = plainText(input.title, 'input.title', 2, 120);
      if (isRefusal(title)) return title;
      const issuer = input.issuer == null ? null : plainText(input.issuer, 'input.issuer', 2, 60);
      if (isRefusal(issuer)) return issuer;
      const documentReference = input.documentReference ?? null;
      if (documentReference !== null && (!REFERENCE.test(documentReference) || documentReference.includes('..'))) {
        return refuse('ATTACHMENT_INVALID', 'input.documentReference');
      }
      const basedOnId =
        input.basedOnStandardId == null ? null : findUuidKey('FacilityStandard', input.basedOnStandardId);
      const basedOn = basedOnId == null ? null : await findStandard(transaction, basedOnId);
      if (basedOnId !== null && basedOn?.cityCode !== cityCode)
        return refuse('STANDARD_NOT_FOUND', 'input.basedOnStandardId');
      const { aspects = null, clauses = null } = input;
      const parts = partsOf(call, aspects ?? [], clauses ?? []);
      if (isRefusal(parts)) return parts;
      const id = store.ids.next();
      const publishedOn = input.publishedOn ?? null;
      await insertStandard(
        transaction,
        {
          ...{ id, cityCode, kind, facilityKind, title, issuer, publishedOn, documentReference, provenanceId },
          basedOnId: basedOn?.id ?? null,
        },
        parts,
      );
      const answer = { standardId: globalId('FacilityStandard', id) };
      const event = { eventType: 'facilityStandard.registered', entityType: 'FacilityStandard' };
      const payload = { ...answer, kind, facilityKind, clauses: clauses?.length ?? 0 };
      return {
        ...{ answer, rowCount: 1 + parts.length },
        events: [{ ...event, entityId: answer.standardId, payload, place: undefined }],
      };
    },
  );
}

function partsOf(
  { store }: ServicesCall,
  aspects: NonNullable<RegisterStandardInput['aspects']>,
  clauses: NonNullable<RegisterStandardInput['clauses']>,
): NewStandardPart[] | Refusal {
  if (aspects.length > MAX_ASPECTS) return refuse('NUMBER_OUT_OF_RANGE', 'input.aspects', { min: 0, max: MAX_ASPECTS });
  if (clauses.length > MAX_CLAUSES) return refuse('NUMBER_OUT_OF_RANGE', 'input.clauses', { min: 0, max: MAX_CLAUSES });
  const parts: NewStandardPart[] = [];
  for (const [index, aspect] of aspects.entries()) {
    const name = aspect.name == null ? null : plainText(aspect.name, `input.aspects.${index}.name`, 2, 60);
    if (isRefusal(name)) return name;
    parts.push({ id: store.ids.next(), kind: 'ASPECT', ordinal: index + 1, aspectId: null, name, ruleCode: null });
  }
  for (const [index, clause] of clauses.entries()) {
    const name = clause.name == null ? null : plainText(clause.name, `input.clauses.${index}.name`, 2, 200);
    if (isRefusal(name)) return name;
    const aspectId = clause.aspect == null ? null : parts[clause.aspect - 1]?.id;
    if (aspectId === undefined || (clause.aspect ?? 1) > aspects.length) {
      return refuse('NUMBER_OUT_OF_RANGE', `input.clauses.${index}.aspect`, { min: 1, max: aspects.length });
    }
    const ruleCode = clause.byAreaFloor ? 'AREA_FLOOR' : null;
    parts.push({ id: store.ids.next(), kind: 'CLAUSE', ordinal: index + 1, aspectId, name, ruleCode });
  }
  return parts;
}
