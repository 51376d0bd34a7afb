import { beforeAll, expect, test } from 'vitest';
import { serviceItemList } from '../../prisma/seed/services/service-item-list.ts';
import { incidentStates } from '../../prisma/seed/vocabulary.ts';
import { CollectedCity, groupBy } from './collected-city.ts';

const REFERENCE = '2026-06-30T02:00:00.000Z';
let city: CollectedCity;
beforeAll(() => {
  city = new CollectedCity({ city: 'jiaxing', scale: 0.01 });
});

test('transitions follow the order of states without a gap, their times increase, and the last is the state', () => {
  const transitions = groupBy([...city.rows('services.incident_transition')], ({ incidentId }) => incidentId);
  const incidents = city.rows('services.incident');
  expect(transitions.size).toBe(incidents.length);
  for (const incident of incidents) {
    const steps = transitions.get(incident.id) ?? [];
    expect(steps.map(({ toState }) => toState)).toEqual(incidentStates.slice(0, steps.length));
    expect(steps.map(({ ordinal }) => ordinal)).toEqual(steps.map((_, index) => index + 1));
    expect(steps.map(({ fromState }) => fromState)).toEqual([null, ...incidentStates.slice(0, steps.length - 1)]);
    expect(steps[0]?.at).toBe(incident.reportedAt);
    expect(steps.at(-1)?.toState).toBe(incident.state);
    for (let i = 1; i < steps.length; i++) expect((steps[i]?.at ?? '') > (steps[i - 1]?.at ?? '')).toBe(true);
    expect((steps.at(-1)?.at ?? '9') <= REFERENCE).toBe(true);
    expect(incident.closedAt).toBe(incident.state === 'CLOSED' ? steps.at(-1)?.at : null);
    expect(incident.handlerDepartmentCode === null).toBe(steps.length < 4);
    expect(incident.dueAt === null).toBe(steps.length < 2);
  }
});

test('91.2 % are closed, some of the rest are overdue, all are of the last year', () => {
  const incidents = city.rows('services.incident');
  const closed = incidents.filter(({ state }) => state === 'CLOSED').length / incidents.length;
  expect(closed).toBeGreaterThan(0.9);
  expect(closed).toBeLessThan(0.925);
  const overdue = incidents.filter(({ closedAt, dueAt }) => closedAt === null && dueAt !== null && dueAt < REFERENCE);
  expect(overdue.length).toBeGreaterThan(50);
  expect(incidents.every(({ reportedAt }) => reportedAt > '2025-06-29' && reportedAt < REFERENCE)).toBe(true);
});

test('numbers are unique and titles name nobody', () => {
  const incidents = city.rows('services.incident');
  expect(new Set(incidents.map(({ incidentNumber }) => incidentNumber)).size).toBe(incidents.length);
  expect(incidents.every(({ incidentNumber }) => /^SJ\d{8}330\d{3}\d{5}$/.test(incidentNumber))).toBe(true);
  const people = new Set(city.rows('people.person').map(({ id }) => id));
  for (const { reporterPersonId, channel } of incidents) {
    if (reporterPersonId !== null) expect(people.has(reporterPersonId)).toBe(true);
    if (channel === 'VISION') expect(reporterPersonId).toBeNull();
  }
});

test('about sixty service items promise no more days than the law allows', () => {
  expect(serviceItemList.length).toBeGreaterThanOrEqual(60);
  for (const [, , , , modes, promised, legal] of serviceItemList) {
    expect(promised).toBeLessThanOrEqual(legal);
    expect(modes.length).toBeGreaterThan(0);
  }
  expect(new Set(serviceItemList.map(([name]) => name)).size).toBe(serviceItemList.length);
});
