import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { dateColumn, dayOfColumn } from '../../store/organizations-transaction.ts';
import type { PolicyDocumentRow, ProvisionKind } from '../../store/registers/policy-rows.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';
import { lockCity } from './city-of-register.ts';

export interface PolicyDocumentChanged {
  readonly documentId: string;
}

export interface IssuePolicyDocumentInput {
  readonly cityCode: string;
  readonly title: string;
  readonly kind: PolicyDocumentRow['kind'];
  readonly theme: PolicyDocumentRow['theme'];
  readonly issuer: string;
  readonly issuedOn: string;
  readonly inForce: boolean;
  readonly parentId?: string | null | undefined;
  readonly provisions?:
    | readonly { readonly kind: ProvisionKind; readonly name?: string | null | undefined }[]
    | null
    | undefined;
  readonly idempotencyKey: string;
}

const MOST_PROVISIONS = 100;

/** Enters a paper into the city's tree of papers, with what it enumerates in its order; a name not yet given is 待补. */
export function issuePolicyDocument(
  context: RuleContext,
  input: IssuePolicyDocumentInput,
): Promise<PolicyDocumentChanged | Refusal> {
  const { store, caller, clock } = context;
  const request = { mutation: 'issuePolicyDocument', dataset: 'policy_document', input };
  return write(context, request, async (transaction, provenanceId) => {
    const provisions = input.provisions ?? [];
    const flaw =
      textFlaw(input.title, 'input.title', 2, 120) ??
      textFlaw(input.issuer, 'input.issuer', 2, 120) ??
      provisions
        .map(({ name }, index) => (name == null ? undefined : textFlaw(name, `input.provisions.${index}.name`, 1, 120)))
        .find((found) => found !== undefined);
    if (flaw !== undefined) return flaw;
    if (provisions.length > MOST_PROVISIONS) {
      return refuse('TEXT_INVALID', 'input.provisions', { min: 0, max: MOST_PROVISIONS });
    }
    if (input.inForce && input.issuedOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.issuedOn');
    const city = await lockCity(transaction, caller, input.cityCode);
    if (isRefusal(city)) return city;
    const cityCode = city.code;
    let parentId: string | null = null;
    if (input.parentId != null) {
      const key = findUuidKey('PolicyDocument', input.parentId);
      const parent = key === undefined ? null : await transaction.policyDocument.findUnique({ where: { id: key } });
      if (parent === null || parent.cityCode !== cityCode) return refuse('POLICY_NOT_FOUND', 'input.parentId');
      if (parent.repealedOn !== null) return repealed(parent.repealedOn, 'input.parentId');
      parentId = parent.id;
    }
    const twin = await transaction.policyDocument.count({ where: { cityCode, title: input.title, repealedOn: null } });
    if (twin > 0) return refuse('POLICY_EXISTS', 'input.title');
    const last = await transaction.policyDocument.aggregate({ where: { cityCode }, _max: { ordinal: true } });
    const id = store.ids.next();
    const { title, kind, theme, issuer } = input;
    await transaction.policyDocument.create({
      data: {
        id,
        title,
        kind,
        theme,
        issuer,
        issuedOn: dateColumn(input.issuedOn),
        state: input.inForce ? 'IN_FORCE' : 'PLANNED',
        parentId,
        ordinal: (last._max.ordinal ?? 0) + 1,
        cityCode,
        provenanceId,
      },
    });
    const numbers = new Map<ProvisionKind, number>();
    await transaction.policyProvision.createMany({
      data: provisions.map((provision) => {
        const ordinal = (numbers.get(provision.kind) ?? 0) + 1;
        numbers.set(provision.kind, ordinal);
        const { kind: provisionKind, name } = provision;
        return {
          id: store.ids.next(),
          documentId: id,
          kind: provisionKind,
          ordinal,
          name: name ?? null,
          cityCode,
          provenanceId,
        };
      }),
    });
    const answer = { documentId: globalId('PolicyDocument', id) };
    const event = {
      eventType: 'policy.issued',
      entityType: 'PolicyDocument',
      entityId: answer.documentId,
      payload: { ...answer, kind, theme },
      place: city.place,
    };
    return { answer, rowCount: 1 + provisions.length, events: [event] };
  });
}

export interface RepealPolicyDocumentInput {
  readonly documentId: string;
  readonly repealedOn: string;
  readonly idempotencyKey: string;
}

/** Repeals a paper that no other live one carries out; it stays on record. */
export function repealPolicyDocument(
  context: RuleContext,
  input: RepealPolicyDocumentInput,
): Promise<PolicyDocumentChanged | Refusal> {
  const { caller, clock } = context;
  const request = { mutation: 'repealPolicyDocument', dataset: 'policy_document', input };
  return write(context, request, async (transaction, provenanceId) => {
    if (input.repealedOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.repealedOn');
    const key = findUuidKey('PolicyDocument', input.documentId);
    const known = key === undefined ? null : await transaction.policyDocument.findUnique({ where: { id: key } });
    const city = known === null ? null : await lockCity(transaction, caller, known.cityCode);
    if (known === null || city === null || isRefusal(city)) return refuse('POLICY_NOT_FOUND', 'input.documentId');
    // Read again under the city's lock.
    const document = await transaction.policyDocument.findUniqueOrThrow({ where: { id: known.id } });
    if (document.repealedOn !== null) return repealed(document.repealedOn, 'input.documentId');
    if (document.issuedOn !== null && dayOfColumn(document.issuedOn) >= input.repealedOn) {
      return refuse('DATE_BEFORE_CURRENT', 'input.repealedOn');
    }
    const children = await transaction.policyDocument.count({ where: { parentId: document.id, repealedOn: null } });
    if (children > 0) return refuse('POLICY_HAS_CHILDREN', 'input.documentId', { children });
    await transaction.policyDocument.update({
      where: { id: document.id },
      data: { repealedOn: dateColumn(input.repealedOn), provenanceId },
    });
    const answer = { documentId: input.documentId };
    const event = {
      eventType: 'policy.repealed',
      entityType: 'PolicyDocument',
      entityId: input.documentId,
      payload: { ...answer, repealedOn: input.repealedOn },
      place: city.place,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}

function repealed(on: Date, culprit: string): Refusal {
  return refuse('POLICY_REPEALED', culprit, { repealedOn: dayOfColumn(on) });
}
