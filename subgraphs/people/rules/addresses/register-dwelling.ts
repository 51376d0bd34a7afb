import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { namesDownTo } from '../../store/addresses/address-writes.ts';
import type { DwellingRow } from '../../store/dwelling-rows.ts';
import { lockDwelling } from '../../store/residence-writes.ts';
import { type RuleContext, write } from '../people-write.ts';
import { liveAddress, placeOfGrid } from './address-register.ts';

export interface DwellingChanged {
  readonly dwellingId: string;
}

const LARGEST_SQUARE_METRES = 10_000;

export interface RegisterDwellingInput {
  readonly addressId: string;
  readonly microGridId: string;
  readonly building?: string | null | undefined;
  readonly room: string;
  readonly areaSquareMetres: number;
  readonly usage: DwellingRow['usage'];
  readonly idempotencyKey: string;
}

/**
 * Enters a dwelling below its standard address: a room of a stairwell or a building, or a house of a hamlet, which says
 * its own number. One number is there once; the database says the same.
 */
export function registerDwelling(
  context: RuleContext,
  input: RegisterDwellingInput,
): Promise<DwellingChanged | Refusal> {
  const { store, caller } = context;
  const request = { mutation: 'registerDwelling', dataset: 'dwelling', input };
  return write(context, request, async (transaction, provenanceId) => {
    if (!/^[\p{L}\p{N}-]{1,20}$/u.test(input.room)) return refuse('TEXT_INVALID', 'input.room', { min: 1, max: 20 });
    const flaw = areaFlaw(input.areaSquareMetres);
    if (flaw !== undefined) return flaw;
    const address = await liveAddress(transaction, caller, input.addressId);
    if (address === null) return refuse('ADDRESS_NOT_FOUND', 'input.addressId');
    const house = address.level === 'ESTATE';
    if (house !== (input.building != null)) return refuse('ADDRESS_LEVEL_UNFIT', 'input.building');
    if (input.building != null && !/^[\p{L}\p{N}-]{1,20}$/u.test(input.building)) {
      return refuse('TEXT_INVALID', 'input.building', { min: 1, max: 20 });
    }
    const microGridCode = findCodeKey('MicroGrid', 18, input.microGridId);
    const gridCode = microGridCode?.slice(0, 15) ?? '';
    if (microGridCode === undefined || !gridCode.startsWith(address.gridCode ?? address.communityCode)) {
      return refuse('ADDRESS_GRID_UNFIT', 'input.microGridId');
    }
    const place = placeOfGrid(gridCode);
    if (!coversPlace(caller, place)) return refuse('GRID_NOT_FOUND', 'input.microGridId');
    const [estate, ...below] = await namesDownTo(transaction, address.id);
    const building = input.building ?? below[0] ?? '';
    const twin = await transaction.dwelling.count({ where: { addressId: address.id, building, room: input.room } });
    if (twin > 0) return refuse('DWELLING_EXISTS', 'input.room');
    const id = store.ids.next();
    const { cityCode, countyCode, townshipCode, communityCode } = place;
    await transaction.dwelling.create({
      data: {
        id,
        addressId: address.id,
        estateName: estate ?? '',
        addressText: `${address.addressText}${house ? building : `${input.room}室`}`,
        building,
        unit: below[1] ?? null,
        room: input.room,
        areaSquareMetres: input.areaSquareMetres,
        usage: input.usage,
        cityCode,
        countyCode,
        townshipCode,
        communityCode,
        gridCode,
        microGridCode,
        provenanceId,
      },
    });
    const answer = { dwellingId: globalId('Dwelling', id) };
    const event = {
      eventType: 'dwelling.registered',
      entityType: 'Dwelling',
      entityId: answer.dwellingId,
      payload: answer,
      place,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}

export interface ChangeDwellingInput {
  readonly dwellingId: string;
  readonly usage?: DwellingRow['usage'] | null | undefined;
  readonly areaSquareMetres?: number | null | undefined;
  readonly idempotencyKey: string;
}

/** Changes what a dwelling is used for or how large it is. One that is said to be empty has nobody left in it. */
export function changeDwelling(context: RuleContext, input: ChangeDwellingInput): Promise<DwellingChanged | Refusal> {
  const { caller } = context;
  const request = { mutation: 'changeDwelling', dataset: 'dwelling', input };
  return write(context, request, async (transaction, provenanceId) => {
    const { usage, areaSquareMetres } = input;
    if (usage == null && areaSquareMetres == null) return refuse('NOTHING_TO_CHANGE', 'input');
    const flaw = areaSquareMetres == null ? undefined : areaFlaw(areaSquareMetres);
    if (flaw !== undefined) return flaw;
    const key = findUuidKey('Dwelling', input.dwellingId);
    const dwelling = key === undefined ? null : await lockDwelling(transaction, key);
    if (dwelling === null || !coversPlace(caller, dwelling)) return refuse('DWELLING_NOT_FOUND', 'input.dwellingId');
    if (usage === 'VACANT') {
      const living = await transaction.residence.count({
        where: { dwellingId: dwelling.id, validTo: null, kind: { not: 'REGISTERED' } },
      });
      if (living > 0) return refuse('DWELLING_INHABITED', 'input.usage');
    }
    await transaction.dwelling.update({
      where: { id: dwelling.id },
      data: {
        ...(usage == null ? {} : { usage }),
        ...(areaSquareMetres == null ? {} : { areaSquareMetres }),
        provenanceId,
      },
    });
    const answer = { dwellingId: input.dwellingId };
    const event = {
      eventType: 'dwelling.changed',
      entityType: 'Dwelling',
      entityId: input.dwellingId,
      payload: answer,
      place: dwelling,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}

function areaFlaw(squareMetres: number): Refusal | undefined {
  return squareMetres > 0 && squareMetres <= LARGEST_SQUARE_METRES
    ? undefined
    : refuse('DWELLING_AREA_INVALID', 'input.areaSquareMetres', { max: LARGEST_SQUARE_METRES });
}
