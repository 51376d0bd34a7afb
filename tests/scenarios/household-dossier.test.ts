import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { operationDocument } from '../kit/operation-document.ts';

interface Member {
  readonly name: string | null;
  readonly citizenId: string | null;
  readonly ageYears: number;
  readonly partyMembership: { readonly category: string; readonly organization: { readonly name: string } } | null;
}
interface Dossier {
  readonly household: {
    readonly householdNumber: string;
    readonly dwelling: { readonly address: string };
    readonly members: { readonly totalCount: number; readonly nodes: readonly Member[] };
  };
}

let hub: CityHub;
let household: { id: string; size: number; member: string };
beforeAll(async () => {
  hub = await openCityHub();
  // A household with a party member, of grown-ups only: a child's row demands a right of its own.
  const { rows } = await hub.pool.query<typeof household>(
    `SELECT h.id, count(p.id)::int AS size, min(m.person_id::text) AS member
       FROM people.household h JOIN people.person p ON p.household_id = h.id
       LEFT JOIN party.party_member m ON m.person_id = p.id
      GROUP BY h.id HAVING count(m.id) = 1 AND min(p.birth_date) > '1940-01-01' AND max(p.birth_date) < '1995-01-01'
         AND count(p.id) > 1
      ORDER BY h.id LIMIT 1`,
  );
  household = rows[0] as typeof household; // the demo community has thousands of households
});
afterAll(() => hub[Symbol.asyncDispose]());

const dossier = async (role: 'system' | 'frontend', headers: Record<string, string> = {}) => {
  const answer = await hub.ask(
    role,
    operationDocument('household-dossier'),
    { id: `Household:${household.id}` },
    headers,
  );
  return { ...answer, dossier: (answer.data as Dossier).household };
};

const LOG = `query ($subject: ID!) { accessLog(filter: { subjectIds: [$subject] }, first: 20) {
  nodes { clientId departmentName scenarioCode legalBasisCode operationName decision givenCoordinates unmaskedCoordinates }
} }`;
interface Log {
  accessLog: {
    nodes: {
      clientId: string;
      scenarioCode: string | null;
      operationName: string;
      decision: string;
      givenCoordinates: string[];
      unmaskedCoordinates: string[];
    }[];
  };
}

test('scenario 2: a dossier over people, organizations, party and services is masked, or in clear with right and purpose, and the log tells the two apart', async () => {
  const subject = `Person:${household.member}`;
  const masked = await dossier('frontend', { 'x-yiyun-unmask': 'false' });
  const clear = await dossier('system', { 'x-yiyun-unmask': 'true' });

  expect(masked.dossier.members.totalCount).toBe(household.size);
  for (const { name, citizenId } of masked.dossier.members.nodes) {
    expect(name).toMatch(/^.\*+$/);
    expect(citizenId === null || citizenId.includes('*')).toBe(true);
  }
  expect(masked.dossier.dwelling.address).toContain('*');
  // Membership is not masked but refused, by name and with the way out.
  expect(masked.dossier.members.nodes.map(({ partyMembership }) => partyMembership)).toEqual(
    Array.from({ length: household.size }, () => null),
  );
  expect(new Set(masked.errors.map(({ extensions }) => extensions?.code))).toEqual(new Set(['FIELD_RIGHT_MISSING']));

  expect(clear.errors).toEqual([]);
  expect(masked.dossier.householdNumber).toBe('***');
  expect(clear.dossier.householdNumber).toMatch(/^330402\d+$/);
  expect(clear.dossier.dwelling.address).not.toContain('*');
  for (const { name, citizenId } of clear.dossier.members.nodes) {
    expect(name).not.toContain('*');
    expect(citizenId).toMatch(/^330499\d{11}[\dX]$/);
  }
  expect(clear.dossier.members.nodes.filter(({ partyMembership }) => partyMembership !== null)).toHaveLength(1);
  expect(clear.dossier.members.nodes.map(({ ageYears }) => ageYears)).toEqual(
    masked.dossier.members.nodes.map(({ ageYears }) => ageYears),
  );

  const log = await hub.ask('steward', LOG, { subject });
  expect(log.errors).toEqual([]);
  const lines = (log.data as Log).accessLog.nodes.filter(({ operationName }) => operationName === 'HouseholdDossier');
  const of = (clientId: string) => lines.filter((line) => line.clientId === clientId);
  const unmasked = of('demo-system').flatMap(({ unmaskedCoordinates }) => unmaskedCoordinates);
  expect(unmasked).toEqual(expect.arrayContaining(['Person.citizenId', 'Person.name']));
  expect(of('demo-frontend').flatMap(({ unmaskedCoordinates }) => unmaskedCoordinates)).toEqual([]);
  expect(of('demo-frontend').flatMap(({ givenCoordinates }) => givenCoordinates)).not.toContain('PartyMember.category');
  expect(of('demo-frontend').length).toBeGreaterThan(0);
  for (const line of lines) expect(line.scenarioCode).toBe('service-handling');
});
