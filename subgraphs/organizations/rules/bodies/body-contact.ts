import type { Caller } from '../../../kit/caller/caller.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey } from '../../../kit/global-id.ts';
import { textFlaw } from '../plain-text.ts';
import { isPhone, normalisePhone } from './body-key.ts';

export interface ContactInput {
  readonly phone?: string | null | undefined;
  readonly address?: string | null | undefined;
  readonly estateId?: string | null | undefined;
}

/** Columns of what was given; what was not is left out, and stays as it is. */
export interface ContactColumns {
  phone?: string;
  addressText?: string;
  estateId?: string;
  estateName?: string;
}

/** What the gateway reads of an estate for the rule. */
export const ESTATE_FACTS = ['level', 'name', 'address'] as const;

/**
 * Telephone, address and estate of a body. An estate is a standard address of its level, whose name and, where none is
 * given, whose text the body takes over.
 */
export function contactOf(caller: Caller, { phone, address, estateId }: ContactInput): ContactColumns | Refusal {
  const columns: ContactColumns = {};
  if (phone != null) {
    const number = normalisePhone(phone);
    if (!isPhone(number)) return refuse('PHONE_INVALID', 'input.phone');
    columns.phone = number;
  }
  if (address != null) {
    const flaw = textFlaw(address, 'input.address', 3, 200);
    if (flaw !== undefined) return flaw;
    columns.addressText = address.trim();
  }
  if (estateId != null) {
    const key = findUuidKey('StandardAddress', estateId);
    const facts = caller.facts?.['input.estateId'];
    if (key === undefined || facts === undefined) return refuse('ADDRESS_NOT_FOUND', 'input.estateId');
    if (facts.level !== 'ESTATE') return refuse('ESTATE_UNFIT', 'input.estateId');
    columns.estateId = key;
    columns.estateName = String(facts.name);
    columns.addressText ??= String(facts.address);
  }
  return columns;
}
