import { expect, test } from 'vitest';
import { openCityHub } from '../kit/city-hub.ts';

const PERSON = 'Person:019f1641-3500-7000-a000-0acbc518a266';
const DOSSIER = `query ($id: ID!) {
  person(id: $id) { ...identity community { name } partyMembership { organization { name } } }
}
fragment identity on Person { name birthDate }`;
// Masked is what is asked for: in clear, the name would be missing as well.
const REFUSE = { 'x-yiyun-missing-rights': 'refuse', 'x-yiyun-unmask': '' };

test('by default the permitted part comes, masked where a mask is declared, with a typed gap for each refused field', async () => {
  await using hub = await openCityHub();
  const { data, errors } = await hub.ask('frontend', DOSSIER, { id: PERSON });
  expect(data).toEqual({
    person: { name: '沈*', birthDate: null, community: { name: '百福弄社区' }, partyMembership: null },
  });
  expect(errors.map(({ path, extensions }) => [path?.join('.'), extensions?.code, extensions?.right]).sort()).toEqual([
    ['person.birthDate', 'FIELD_RIGHT_MISSING', 'person.identity'],
    ['person.partyMembership', 'FIELD_RIGHT_MISSING', 'party.membership'],
  ]);
});

test('a client that wants all or nothing is told of every missing right before anything is read', async () => {
  await using hub = await openCityHub();
  const { data, errors, statements } = await hub.ask('frontend', DOSSIER, { id: PERSON }, REFUSE);
  expect(data).toBeNull();
  expect(errors.map(({ extensions }) => [extensions?.coordinate, extensions?.right, extensions?.department])).toEqual([
    ['PartyMember.organization', 'party.membership', 'party-organization'],
    ['Person.birthDate', 'person.identity', 'public-security'],
    ['Person.partyMembership', 'party.membership', 'party-organization'],
  ]);
  expect(statements).toEqual({});
});

test('with the rights the same request is answered whole', async () => {
  await using hub = await openCityHub();
  const { data, errors } = await hub.ask('system', DOSSIER, { id: PERSON }, { ...REFUSE, 'x-yiyun-unmask': 'true' });
  expect(errors).toEqual([]);
  expect(data).toMatchObject({ person: { name: '沈浩', birthDate: '1985-08-25' } });
});

test('a mutation that lacks one right runs none of its fields', async () => {
  await using hub = await openCityHub();
  const { data, errors } = await hub.ask(
    'frontend',
    `mutation {
      reportIncident(input: { category: HAZARD, title: "楼道堆物", severity: GENERAL, channel: GRID_WORKER,
        gridId: "Grid:330402007024001", idempotencyKey: "half-a-mutation" }) { __typename }
      registerSystem(input: { code: "half", name: "半个", departmentCode: "civil-affairs", tier: SYSTEM,
        idempotencyKey: "half-a-mutation" }) { __typename }
    }`,
  );
  expect(data).toBeNull();
  expect(errors.map(({ extensions }) => extensions?.coordinate)).toEqual(['Mutation.registerSystem']);
  const { rows } = await hub.pool.query('SELECT count(*)::int AS events FROM services.outbox');
  expect(rows).toEqual([{ events: 0 }]);
});
