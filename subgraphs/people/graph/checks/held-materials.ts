import { builder } from '../builder.ts';
import { Person } from '../entities.ts';

/** 未说明 in GB/T 2261.2. */
const NOT_STATED = '90';

builder.objectField(Person, 'heldMaterials', (t) =>
  t.stringList({
    description:
      '登记在库的材料 Codes of the papers whose content the registers hold, so that nobody brings them: ID_CARD, HOUSEHOLD_REGISTER, RESIDENCE_RECORD, MARITAL_STATUS. That they are held, not what they say.',
    card: { grade: 2, derivedFrom: 'whether the record is there' },
    resolve: ({ householdId, communityCode, maritalStatusCode }) => [
      'ID_CARD',
      ...(householdId === null ? [] : ['HOUSEHOLD_REGISTER']),
      ...(communityCode === '' ? [] : ['RESIDENCE_RECORD']),
      ...(maritalStatusCode === NOT_STATED ? [] : ['MARITAL_STATUS']),
    ],
  }),
);
