import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace, type Place } from '../../../kit/store/place-scope.ts';
import { countBelow, type LockedAddress, lockAddress } from '../../store/addresses/address-writes.ts';
import type { AddressLevel } from '../../store/addresses/standard-address-rows.ts';
import type { PeopleTransaction } from '../../store/residence-writes.ts';
import { dateColumn, type RuleContext, write } from '../people-write.ts';

/** Which level hangs below which. */
const ABOVE: Record<AddressLevel, AddressLevel | null> = { ESTATE: null, BUILDING: 'ESTATE', STAIRWELL: 'BUILDING' };
/** Names of parts are short; control characters and blanks at the ends are typing errors. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{P} ]{0,58}[\p{L}\p{N}\p{P}]?$/u;

export interface AddressChanged {
  readonly addressId: string;
}

export interface RegisterAddressInput {
  readonly level: AddressLevel;
  readonly parentId?: string | null | undefined;
  readonly gridId?: string | null | undefined;
  readonly name: string;
  readonly validFrom: string;
  readonly idempotencyKey: string;
}

/**
 * Enters an estate of a grid's community, a building of an estate or a stairwell of a building. A name is live once
 * below its parent; the database says the same. The whole text follows from the parts above it.
 */
export function registerAddress(context: RuleContext, input: RegisterAddressInput): Promise<AddressChanged | Refusal> {
  const { store, caller, clock } = context;
  const request = { mutation: 'registerAddress', dataset: 'standard_address', input };
  return write(context, request, async (transaction, provenanceId) => {
    if (!NAME.test(input.name)) return refuse('TEXT_INVALID', 'input.name', { min: 1, max: 60 });
    if (input.validFrom > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.validFrom');
    const above = ABOVE[input.level];
    if ((above === null) !== (input.parentId == null)) return refuse('ADDRESS_LEVEL_UNFIT', 'input.parentId');
    const parent = input.parentId == null ? null : await liveAddress(transaction, caller, input.parentId);
    if (input.parentId != null && parent === null) return refuse('ADDRESS_NOT_FOUND', 'input.parentId');
    if (parent !== null && parent.level !== above) return refuse('ADDRESS_LEVEL_UNFIT', 'input.level');
    const gridCode = findCodeKey('Grid', 15, input.gridId ?? undefined) ?? parent?.gridCode;
    // A building stands in one grid; an estate may lie in several, and names one of its community's.
    if (gridCode === undefined || (parent !== null && !gridCode.startsWith(parent.communityCode))) {
      return refuse('ADDRESS_GRID_UNFIT', 'input.gridId');
    }
    const place: Place = parent ?? placeOfGrid(gridCode);
    if (!coversPlace(caller, { ...place, gridCode })) return refuse('GRID_NOT_FOUND', 'input.gridId');
    const { cityCode, countyCode, townshipCode, communityCode } = place;
    const twin = await transaction.standardAddress.count({
      where: { parentId: parent?.id ?? null, communityCode, name: input.name, validTo: null },
    });
    if (twin > 0) return refuse('ADDRESS_EXISTS', 'input.name');
    const id = store.ids.next();
    await transaction.standardAddress.create({
      data: {
        id,
        level: input.level,
        parentId: parent?.id ?? null,
        name: input.name,
        addressText: `${parent?.addressText ?? ''}${input.name}`,
        validFrom: dateColumn(input.validFrom),
        cityCode,
        countyCode,
        townshipCode,
        communityCode,
        gridCode: input.level === 'ESTATE' ? null : gridCode,
        provenanceId,
      },
    });
    return changed('address.registered', globalId('StandardAddress', id), { ...place, gridCode });
  });
}

export interface RetireAddressInput {
  readonly addressId: string;
  readonly validTo: string;
  readonly idempotencyKey: string;
}

/** Ends an address that nothing hangs below any more; it stays on record. */
export function retireAddress(context: RuleContext, input: RetireAddressInput): Promise<AddressChanged | Refusal> {
  const { caller, clock } = context;
  const request = { mutation: 'retireAddress', dataset: 'standard_address', input };
  return write(context, request, async (transaction, provenanceId) => {
    if (input.validTo > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.validTo');
    const address = await findAddress(transaction, caller, input.addressId);
    if (address === null) return refuse('ADDRESS_NOT_FOUND', 'input.addressId');
    if (address.validTo !== null) return refuse('ADDRESS_RETIRED', 'input.addressId');
    if (address.validFrom !== null && address.validFrom >= input.validTo) {
      return refuse('DATE_BEFORE_CURRENT', 'input.validTo');
    }
    const { addresses, inhabited } = await countBelow(transaction, address.id);
    if (addresses + inhabited > 0) return refuse('ADDRESS_IN_USE', 'input.addressId', { addresses, inhabited });
    await transaction.standardAddress.update({
      where: { id: address.id },
      data: { validTo: dateColumn(input.validTo), provenanceId },
    });
    return changed('address.retired', input.addressId, address);
  });
}

/** The address of a global id in the caller's area, locked. */
export async function findAddress(
  transaction: PeopleTransaction,
  caller: RuleContext['caller'],
  addressId: string,
): Promise<LockedAddress | null> {
  const key = findUuidKey('StandardAddress', addressId);
  const address = key === undefined ? null : await lockAddress(transaction, key);
  return address !== null && coversPlace(caller, address) ? address : null;
}

/** The same, as long as it is in use. */
export async function liveAddress(
  transaction: PeopleTransaction,
  caller: RuleContext['caller'],
  addressId: string,
): Promise<LockedAddress | null> {
  const address = await findAddress(transaction, caller, addressId);
  return address?.validTo === null ? address : null;
}

export function placeOfGrid(gridCode: string): Place {
  const cut = (digits: number) => gridCode.slice(0, digits);
  return { cityCode: cut(4), countyCode: cut(6), townshipCode: cut(9), communityCode: cut(12), gridCode };
}

function changed(eventType: string, addressId: string, place: Place) {
  const answer = { addressId };
  const event = { eventType, entityType: 'StandardAddress', entityId: addressId, payload: answer, place };
  return { answer, rowCount: 1, events: [event] };
}
