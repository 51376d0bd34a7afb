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
  ['ServiceGroup', seed.serviceGroups],
  ['ServiceRequestState', seed.requestStates],
  ['ServiceChannel', seed.serviceChannels],
  ['IncidentState', seed.incidentStates],
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

// Incidents may also come by channels and be of categories that the demo city does not happen to show.
test.each([
  ['IncidentCategory', seed.incidentCategories],
  ['IncidentChannel', seed.incidentChannels],
])('%s knows every value of the demo data', (name, values) => {
  const type = schema.getType(name);

  expect(isEnumType(type)).toBe(true);
  const known = (type as GraphQLEnumType).getValues().map((value): unknown => value.value);
  expect(values.filter((value) => !known.includes(value))).toEqual([]);
});
