import { findUuidKey } from '../../kit/global-id.ts';
import { defineConnection } from '../../kit/graph/connection.ts';
import { entityLoader } from '../../kit/graph/entity-loader.ts';
import { multiPlaceRows, placeRows, REFERENCE_ROWS } from '../../kit/graph/row-scope.ts';
import { findRowsById } from '../../kit/store/entity-table.ts';
import { type StandardAddressRow, standardAddressTable } from '../store/addresses/standard-address-rows.ts';
import { type CareTagRow, type CareVisitRow, careTags } from '../store/care/care-rows.ts';
import { type ElderAlertRow, elderAlerts } from '../store/care/elder-alert-rows.ts';
import { type DwellingRow, findDwellings } from '../store/dwelling-rows.ts';
import { findHouseholds, type HouseholdRow } from '../store/household-rows.ts';
import type { PeopleStore } from '../store/people-store.ts';
import { findPersons, type PersonRow } from '../store/person-rows.ts';
import { findResidences, type ResidenceRow } from '../store/residence-rows.ts';
import { type PopulationReleaseRow, populationReleaseTable } from '../store/statistics/release-rows.ts';
import { builder, PageInfo } from './builder.ts';

/**
 * The entities of this subgraph, their loaders and their lists. They point to each other in circles; here each is only
 * named, and its own file says what it has.
 */
export const Person = builder.objectRef<PersonRow>('Person');
export const Household = builder.objectRef<HouseholdRow>('Household');
export const Dwelling = builder.objectRef<DwellingRow>('Dwelling');
export const Residence = builder.objectRef<ResidenceRow>('Residence');
export const StandardAddress = builder.objectRef<StandardAddressRow>('StandardAddress');

export const PopulationRelease = builder.objectRef<PopulationReleaseRow>('PopulationRelease');

export const CareTag = builder.objectRef<CareTagRow>('CareTag');
export const CareVisit = builder.objectRef<CareVisitRow>('CareVisit');
export const ElderAlert = builder.objectRef<ElderAlertRow>('ElderAlert');

export const CareTagConnection = defineConnection(builder, 'CareTag', CareTag, PageInfo);
export const ElderAlertConnection = defineConnection(builder, 'ElderAlert', ElderAlert, PageInfo);
export const PersonConnection = defineConnection(builder, 'Person', Person, PageInfo);
export const DwellingConnection = defineConnection(builder, 'Dwelling', Dwelling, PageInfo);
export const StandardAddressConnection = defineConnection(builder, 'StandardAddress', StandardAddress, PageInfo);
export const HouseholdConnection = defineConnection(builder, 'Household', Household, PageInfo);

export const personLoader = entityLoader<PersonRow, PeopleStore>(
  'Person',
  multiPlaceRows('people.person', ['', 'registered_']),
  (id) => findUuidKey('Person', id),
  (keys, context, wanted) => findPersons(context.store, keys, context.caller, context.trace, wanted),
);

export const householdLoader = entityLoader<HouseholdRow, PeopleStore>(
  'Household',
  placeRows('people.household'),
  (id) => findUuidKey('Household', id),
  (keys, context, wanted) => findHouseholds(context.store, keys, context.caller, context.trace, wanted),
);

export const dwellingLoader = entityLoader<DwellingRow, PeopleStore>(
  'Dwelling',
  placeRows('people.dwelling'),
  (id) => findUuidKey('Dwelling', id),
  (keys, context) => findDwellings(context.store, keys, context.caller, context.trace),
);

export const residenceLoader = entityLoader<ResidenceRow, PeopleStore>(
  'Residence',
  placeRows('people.residence'),
  (id) => findUuidKey('Residence', id),
  (keys, context) => findResidences(context.store, keys, context.caller, context.trace),
);

export const elderAlertLoader = entityLoader<ElderAlertRow, PeopleStore>(
  'ElderAlert',
  placeRows('people.elder_alert'),
  (id) => findUuidKey('ElderAlert', id),
  (keys, context) => findRowsById(context.store, elderAlerts, keys, context.caller, context.trace),
);

export const careTagLoader = entityLoader<CareTagRow, PeopleStore>(
  'CareTag',
  placeRows('people.care_tag'),
  (id) => findUuidKey('CareTag', id),
  (keys, context) => findRowsById(context.store, careTags, keys, context.caller, context.trace),
);

export const standardAddressLoader = entityLoader<StandardAddressRow, PeopleStore>(
  'StandardAddress',
  REFERENCE_ROWS,
  (id) => findUuidKey('StandardAddress', id),
  (keys, context) => findRowsById(context.store, standardAddressTable, keys, context.caller, context.trace),
);

export const populationReleaseLoader = entityLoader<PopulationReleaseRow, PeopleStore>(
  'PopulationRelease',
  REFERENCE_ROWS,
  (id) => findUuidKey('PopulationRelease', id),
  (keys, context) => findRowsById(context.store, populationReleaseTable, keys, context.caller, context.trace),
);
