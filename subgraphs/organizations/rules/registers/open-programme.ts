import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import type { ProgrammeRow } from '../../store/registers/programme-rows.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';
import { lockCity } from './city-of-register.ts';

export interface OpenProgrammeInput {
  readonly cityCode: string;
  readonly code: string;
  readonly name: string;
  readonly kind: ProgrammeRow['kind'];
  readonly level?: ProgrammeRow['level'] | undefined;
  readonly idempotencyKey: string;
}

export interface ProgrammeOpened {
  readonly programmeId: string;
}

/** A code of a register: capitals, digits, dots and underscores. */
export const REGISTER_CODE = /^[A-Z0-9][A-Z0-9._]{1,39}$/;

/** Opens a programme of a city, whose name is the city's own; its code is given once. */
export function openProgramme(context: RuleContext, input: OpenProgrammeInput): Promise<ProgrammeOpened | Refusal> {
  const { store, caller } = context;
  const request = { mutation: 'openProgramme', dataset: 'programme', input };
  return write(context, request, async (transaction, provenanceId) => {
    const { code, name, kind } = input;
    if (!REGISTER_CODE.test(code)) return refuse('CODE_INVALID', 'input.code');
    const flaw = textFlaw(name, 'input.name', 2, 80);
    if (flaw !== undefined) return flaw;
    const city = await lockCity(transaction, caller, input.cityCode);
    if (isRefusal(city)) return city;
    const twin = await transaction.programme.count({ where: { cityCode: city.code, code } });
    if (twin > 0) return refuse('PROGRAMME_EXISTS', 'input.code');
    const id = store.ids.next();
    await transaction.programme.create({
      data: { id, code, name, kind, level: input.level ?? null, cityCode: city.code, provenanceId },
    });
    const answer = { programmeId: globalId('Programme', id) };
    const event = {
      eventType: 'programme.opened',
      entityType: 'Programme',
      entityId: answer.programmeId,
      payload: { ...answer, code, kind },
      place: city.place,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}
