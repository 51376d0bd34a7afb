import { type GraphQLEnumType, isEnumType } from 'graphql';
import { expect, test } from 'vitest';
import * as seed from '../../../prisma/seed/vocabulary.ts';
import { services } from '../../../subgraphs/services/index.ts';

const schema = services.buildSchema();

test.each([
  ['FacilityKind', seed.facilityKinds],
  ['FacilityTier', seed.facilityTiers],
  ['FacilityStage', seed.facilityStages],
  ['ServiceItemType', seed.serviceItemTypes],
  ['ServiceReach', seed.serviceReaches],
  ['ServiceMode', seed.serviceModes],
  ['IncidentCategory', seed.incidentCategories],
  ['IncidentState', seed.incidentStates],
  ['IncidentChannel', seed.incidentChannels],
  ['IncidentSeverity', seed.incidentSeverities],
])('%s has exactly the values of the demo data', (name, values) => {
  const type = schema.getType(name);

  expect(isEnumType(type)).toBe(true);
  expect(
    (type as GraphQLEnumType)
      .getValues()
      .map((value) => value.value)
      .sort(),
  ).toEqual([...values].sort());
});
