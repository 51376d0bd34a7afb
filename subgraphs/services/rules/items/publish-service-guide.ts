import { dateInChina } from '../../../kit/clock.ts';
import { isDepartmentCode } from '../../../kit/codes/departments.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import type { GuideMaterial } from '../../store/items/guide-material.ts';
import { insertGuide, readNewestGuideDay } from '../../store/items/service-guide-rows.ts';
import { lockRow } from '../../store/services-transaction.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';

export interface PublishServiceGuideInput {
  readonly itemCode: string;
  readonly effectiveFrom: string;
  readonly conditions: string;
  readonly materials: readonly {
    readonly code: string;
    readonly name: string;
    readonly necessity: GuideMaterial['necessity'];
    readonly sharedBy?: string | null | undefined;
    readonly reusable?: boolean | null | undefined;
  }[];
  readonly steps: readonly string[];
  readonly fee: string;
  readonly legalBasis: string;
  readonly idempotencyKey: string;
}

const MAX_MATERIALS = 30;
const MAX_STEPS = 20;

/**
 * Publishes the next version of an item's guide, from a day on that lies behind that of every earlier version. Only the
 * department in charge of the item may; requests that have begun keep the version that they began under.
 */
export function publishServiceGuide(
  call: ServicesCall,
  input: PublishServiceGuideInput,
): Promise<{ readonly itemId: string; readonly version: number } | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'publishServiceGuide', 'service_guide', input, async (transaction, provenanceId) => {
    if (!(await lockRow(transaction, 'service_item', input.itemCode, 'item_code'))) {
      return refuse('SERVICE_ITEM_NOT_FOUND', 'input.itemCode');
    }
    const item = await transaction.serviceItem.findUniqueOrThrow({ where: { itemCode: input.itemCode } });
    if (item.departmentCode !== caller.departmentCode) return refuse('SERVICE_ITEM_NOT_YOURS', 'input.itemCode');
    const itemId = item.id;
    if (input.effectiveFrom < dateInChina(clock.now())) return refuse('DATE_IN_PAST', 'input.effectiveFrom');
    const newest = await readNewestGuideDay(transaction, itemId);
    if (newest !== null && input.effectiveFrom <= newest) return refuse('DATE_BEFORE_CURRENT', 'input.effectiveFrom');
    const texts = checkTexts(input);
    if (isRefusal(texts)) return texts;
    const materials = checkMaterials(input.materials);
    if (isRefusal(materials)) return materials;
    const version = await insertGuide(transaction, {
      ...{ id: store.ids.next(), itemId, effectiveFrom: input.effectiveFrom, ...texts, materials },
      ...{ basisConfirmed: false, provenanceId },
    });
    const answer = { itemId: globalId('ServiceItem', itemId), version };
    const event = { eventType: 'service-guide.published', entityType: 'ServiceItem', entityId: answer.itemId };
    return { answer, rowCount: 1, events: [{ ...event, payload: answer, place: undefined }] };
  });
}

function checkTexts({ conditions, steps, fee, legalBasis }: PublishServiceGuideInput) {
  const max = MAX_STEPS;
  if (steps.length === 0 || steps.length > max) return refuse('NUMBER_OUT_OF_RANGE', 'input.steps', { min: 1, max });
  const checked = {
    conditions: plainText(conditions, 'input.conditions', 2, 1000),
    fee: plainText(fee, 'input.fee', 2, 100),
    legalBasis: plainText(legalBasis, 'input.legalBasis', 4, 300),
  };
  for (const text of Object.values(checked)) if (isRefusal(text)) return text;
  const plainSteps: string[] = [];
  for (const [index, step] of steps.entries()) {
    const text = plainText(step, `input.steps.${index}`, 2, 100);
    if (isRefusal(text)) return text;
    plainSteps.push(text);
  }
  // No refusal is among them, see above.
  return { ...(checked as { conditions: string; fee: string; legalBasis: string }), steps: plainSteps };
}

function checkMaterials(given: PublishServiceGuideInput['materials']): GuideMaterial[] | Refusal {
  if (given.length > MAX_MATERIALS) {
    return refuse('NUMBER_OUT_OF_RANGE', 'input.materials', { min: 0, max: MAX_MATERIALS });
  }
  const materials: GuideMaterial[] = [];
  for (const [index, { code, name, necessity, sharedBy = null, reusable }] of given.entries()) {
    const culprit = `input.materials.${index}`;
    if (!/^[A-Z][A-Z0-9_]{1,39}$/.test(code) || materials.some((known) => known.code === code)) {
      return refuse('MATERIAL_CODE_INVALID', `${culprit}.code`);
    }
    const plainName = plainText(name, `${culprit}.name`, 2, 60);
    if (isRefusal(plainName)) return plainName;
    if (sharedBy !== null && !isDepartmentCode(sharedBy)) return refuse('DEPARTMENT_UNKNOWN', `${culprit}.sharedBy`);
    materials.push({ code, name: plainName, necessity, sharedBy, reusable: reusable ?? false });
  }
  return materials;
}
