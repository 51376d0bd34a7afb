import { departmentName } from '../../../kit/codes/departments.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import type { CatalogTransaction } from '../../store/department-system-rows.ts';
import { findSource, hasException } from '../../store/register/register-writes.ts';
import type { CatalogueCard, SubmissionKind } from '../../store/register/submission-rows.ts';
import { textFault } from '../matters/text-fault.ts';

/** The card as a department states it; its source is the department itself. */
export interface CatalogueCardInput extends Pick<CatalogueCard, 'sharing' | 'grade' | 'category' | 'updateCycle'> {
  readonly sharingBasis?: string | null | undefined;
  readonly unit?: string | null | undefined;
  readonly mask?: string | null | undefined;
  /** 涉密: secrets are no government data. */
  readonly secrecy?: 'NONE' | 'WORK_SECRET' | 'STATE_SECRET' | null | undefined;
}

/** What is wrong with a stated card; undefined when it is sound. */
export function cardFault(card: CatalogueCardInput): Refusal | undefined {
  const { secrecy, sharing, sharingBasis, unit, mask, grade } = card;
  if (secrecy != null && secrecy !== 'NONE') return refuse('STATE_SECRET_REFUSED', 'input.card.secrecy');
  if (sharing === 'NOT_SHARED' && !sharingBasis?.trim())
    return refuse('NOT_SHARED_NEEDS_BASIS', 'input.card.sharingBasis');
  if (sharing === 'UNCONDITIONAL' && sharingBasis?.trim()) {
    return refuse('BASIS_ONLY_FOR_NOT_SHARED', 'input.card.sharingBasis');
  }
  if (!Number.isInteger(grade) || grade < 1 || grade > 4) return refuse('GRADE_INVALID', 'input.card.grade');
  return (
    textFault('input.card.sharingBasis', sharingBasis, { max: 300, required: false }) ??
    textFault('input.card.unit', unit, { min: 1, max: 40, required: false }) ??
    textFault('input.card.mask', mask, { min: 1, max: 40, required: false })
  );
}

/** Whether a department may submit this kind for an item: one source per item, changed by its source alone. */
export async function sourceFault(
  transaction: CatalogTransaction,
  { kind, coordinate, departmentCode }: { kind: SubmissionKind; coordinate: string; departmentCode: string },
): Promise<Refusal | undefined> {
  const source = await findSource(transaction, coordinate);
  if (source === null) {
    return kind === 'REGISTER' ? undefined : refuse('ITEM_HAS_NO_SOURCE', 'input.kind');
  }
  const name = departmentName(source);
  const values = { coordinate, sourceZh: name.zh, sourceEn: name.en };
  if (source === departmentCode) {
    return kind === 'CHANGE' ? undefined : refuse('SOURCE_SUBMITS_CHANGES', 'input.kind');
  }
  if (kind === 'REGISTER') return refuse('SECOND_COLLECTOR', 'input.coordinate', values);
  if (kind === 'CHANGE') return refuse('NOT_THE_SOURCE', 'input.coordinate', values);
  return (await hasException(transaction, coordinate, departmentCode))
    ? refuse('EXCEPTION_RECORDED', 'input.kind')
    : undefined;
}

/** The card as it is kept. */
export function keptCard(departmentCode: string, card: CatalogueCardInput): CatalogueCard {
  return {
    sourceDepartment: departmentCode,
    sharing: card.sharing,
    sharingBasis: card.sharingBasis?.trim() || null,
    grade: card.grade,
    category: card.category,
    updateCycle: card.updateCycle,
    unit: card.unit?.trim() || null,
    mask: card.mask?.trim() || null,
  };
}
