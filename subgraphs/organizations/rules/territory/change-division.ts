import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { statCodeOf } from '../../../kit/store/division-filter.ts';
import { coversPlace, type Place } from '../../../kit/store/place-scope.ts';
import { dateColumn } from '../../store/organizations-transaction.ts';
import type { DivisionChangeRow } from '../../store/territory/division-change-rows.ts';
import { createVillage, lockDivisions } from '../../store/territory/division-writes.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';
import { passOnGrids } from './pass-on-grids.ts';

export interface ChangeDivisionInput {
  readonly kind: DivisionChangeRow['kind'];
  readonly fromCode: string;
  readonly toCode: string;
  readonly toName?: string | null | undefined;
  readonly gridIds?: readonly string[] | null | undefined;
  readonly effectiveOn: string;
  readonly idempotencyKey: string;
}

export interface DivisionChanged {
  readonly fromId: string;
  readonly toId: string;
}

/**
 * 撤并 — a village or community gives its place to another of the list (MERGED), or to one that begins on the day
 * (CONVERTED, RENAMED), or a new one is split off from it (SPLIT). What ends stays on record with its successor, and the
 * tree as on a day before still has it. Its grids go on under the code of what took its place, with their posts; of a
 * split those that it names. Residents follow where they are registered: see `followDivisionChange`.
 */
export function changeDivision(context: RuleContext, input: ChangeDivisionInput): Promise<DivisionChanged | Refusal> {
  const { store, caller, clock } = context;
  const request = { mutation: 'changeDivision', dataset: 'division_change', input };
  return write(context, request, async (transaction, provenanceId) => {
    const { kind, fromCode, toCode, effectiveOn } = input;
    if (effectiveOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.effectiveOn');
    if (!/^\d{12}$/.test(fromCode) || fromCode.endsWith('000')) return refuse('DIVISION_NOT_FOUND', 'input.fromCode');
    if (!/^\d{12}$/.test(toCode) || toCode.endsWith('000')) return refuse('DIVISION_CODE_UNFIT', 'input.toCode');
    if (fromCode === toCode) return refuse('DIVISION_CODE_UNFIT', 'input.toCode');
    const locked = await lockDivisions(transaction, [fromCode, toCode]);
    const from = locked.find(({ code }) => code === fromCode);
    const to = locked.find(({ code }) => code === toCode);
    if (from === undefined || !coversPlace(caller, placeOf(fromCode)) || !coversPlace(caller, placeOf(toCode))) {
      return refuse(
        'DIVISION_NOT_FOUND',
        from === undefined || !coversPlace(caller, placeOf(fromCode)) ? 'input.fromCode' : 'input.toCode',
      );
    }
    if (from.validTo !== null) return refuse('DIVISION_ENDED', 'input.fromCode', { validTo: from.validTo });
    if (from.validFrom !== null && from.validFrom >= effectiveOn) {
      return refuse('DATE_BEFORE_CURRENT', 'input.effectiveOn');
    }
    if (kind === 'MERGED') {
      if (to === undefined) return refuse('DIVISION_NOT_FOUND', 'input.toCode');
      if (to.validTo !== null) return refuse('DIVISION_ENDED', 'input.toCode', { validTo: to.validTo });
      if (input.toName != null) return refuse('DIVISION_NAME_UNFIT', 'input.toName');
    } else {
      if (to !== undefined) return refuse('DIVISION_CODE_TAKEN', 'input.toCode');
      if (!toCode.startsWith(fromCode.slice(0, 6))) return refuse('DIVISION_CODE_UNFIT', 'input.toCode');
      if (input.toName == null) return refuse('DIVISION_NAME_UNFIT', 'input.toName');
      const flaw = textFlaw(input.toName, 'input.toName', 2, 60);
      if (flaw !== undefined) return flaw;
    }
    if ((kind === 'SPLIT') !== (input.gridIds != null)) return refuse('DIVISION_GRIDS_UNFIT', 'input.gridIds');
    if (to === undefined) {
      await createVillage(transaction, {
        code: toCode,
        name: input.toName ?? '',
        from,
        converted: kind === 'CONVERTED',
        validFrom: dateColumn(effectiveOn),
        provenanceId,
      });
    }
    const passed = await passOnGrids(context, transaction, {
      fromCode,
      toCode,
      gridIds: input.gridIds ?? null,
      effectiveOn,
      provenanceId,
    });
    if (isRefusal(passed)) return passed;
    if (kind !== 'SPLIT') {
      const ended = { validTo: dateColumn(effectiveOn), provenanceId };
      await transaction.division.update({ where: { code: fromCode }, data: ended });
      await transaction.community.updateMany({ where: { statCode: fromCode }, data: ended });
    }
    await transaction.divisionChange.create({
      data: {
        id: store.ids.next(),
        fromCode,
        fromName: from.name,
        toCode,
        kind,
        effectiveOn: dateColumn(effectiveOn),
        confirmed: true,
        provenanceId,
      },
    });
    const answer = {
      fromId: globalId('Division', statCodeOf(fromCode)),
      toId: globalId('Division', statCodeOf(toCode)),
    };
    const events = [fromCode, toCode].map((code) => ({
      eventType: 'division.changed',
      entityType: 'Division',
      entityId: globalId('Division', statCodeOf(code)),
      payload: { ...answer, kind, effectiveOn },
      place: placeOf(code),
    }));
    return { answer, rowCount: (kind === 'SPLIT' ? 2 : 3) + passed.rowCount, events: [...events, ...passed.events] };
  });
}

function placeOf(code: string): Place {
  return {
    cityCode: code.slice(0, 4),
    countyCode: code.slice(0, 6),
    townshipCode: code.slice(0, 9),
    communityCode: code,
  };
}
