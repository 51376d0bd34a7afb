import { ESTATE_FACTS } from '../../rules/bodies/body-contact.ts';
import type { builder } from '../builder.ts';

type InputFields = Parameters<NonNullable<Parameters<typeof builder.inputType>[1]['fields']>>[0];

/** Telephone, address and estate, as the inputs of registering and changing a body share them. */
export function contactFields(t: InputFields) {
  return {
    phone: t.string({ description: '电话 5 to 15 digits, with or without hyphens.' }),
    address: t.string({ description: '地址 3 to 200 characters; that of the estate when left out.' }),
    estateId: t.id({
      description: '小区 The estate that the body is about, a standard address of that level.',
      references: { type: 'StandardAddress', refusal: 'ADDRESS_NOT_FOUND', facts: ESTATE_FACTS },
    }),
  };
}
