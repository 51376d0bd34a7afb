import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type AttackHub, expectRefused, openAttackHub } from './attack-hub.ts';

const PERSON = 'Person:019f1641-3500-7000-a000-0acbc518a266';
const BORN = '1985-08-25';
const REPORT = (
  key: string,
) => `mutation { reportIncident(input: { category: HAZARD, title: "楼道堆物", severity: GENERAL,
  channel: GRID_WORKER, gridId: "Grid:330402007024001", idempotencyKey: "${key}" }) { __typename } }`;
let attack: AttackHub;
beforeAll(async () => {
  attack = await openAttackHub();
});
afterAll(() => attack?.[Symbol.asyncDispose]());

/** Pages, cursors and the like of one list. */
async function cursorOf(role: 'system' | 'frontend', list: string): Promise<string> {
  const { data } = await attack.ask(role, `{ ${list} { pageInfo { endCursor } } }`);
  const [page] = Object.values(data as Record<string, { pageInfo: { endCursor: string } }>);
  return String(page?.pageInfo.endCursor);
}

describe('a cursor opens its own list only:', () => {
  test.each([
    ['another list', 'persons(first: 2)', 'incidents(first: 2, after: "%")'],
    ['the same list in another order', 'persons(first: 2)', 'persons(first: 2, sort: BIRTH_DATE, after: "%")'],
    ['the same list under another filter', 'grids(first: 2)', 'communities(first: 2, after: "%")'],
  ])('given to %s', async (_what, from, to) => {
    const cursor = await cursorOf('system', from);
    expect(cursor.length).toBeGreaterThan(20);
    const outcome = await attack.ask('system', `{ list: ${to.replace('%', cursor)} { nodes { __typename } } }`);
    expect(outcome.codes).toEqual(['CURSOR_INVALID']);
    expect(outcome.text).not.toContain('"nodes":[{');
    expect(outcome.ledger.filter((decision) => decision !== 'READ')).toEqual([]);
  });

  test('it says nothing of the row that it stands behind', async () => {
    const { data } = await attack.ask(
      'system',
      '{ persons(first: 1, sort: BIRTH_DATE) { nodes { id } pageInfo { endCursor } } }',
    );
    const { nodes, pageInfo } = (data as { persons: { nodes: { id: string }[]; pageInfo: { endCursor: string } } })
      .persons;
    const bytes = Buffer.from(pageInfo.endCursor, 'base64url').toString('latin1');
    expect(bytes).not.toContain(nodes[0]?.id.slice('Person:'.length));
    expect(bytes).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  });
});

describe('neither errors nor nulls tell what a value is:', () => {
  test('a refused field is refused alike where it has a value and where it has none', async () => {
    const { rows } = await attack.hub.pool.query<{ id: string; phoned: boolean }>(
      `SELECT DISTINCT ON (phone_sealed IS NULL) id, phone_sealed IS NOT NULL AS phoned FROM people.person
        ORDER BY phone_sealed IS NULL, id`,
    );
    const texts = await Promise.all(
      rows.map(
        async ({ id }) =>
          (
            await attack.ask('frontend', 'query ($id: ID!) { person(id: $id) { birthDate partyMembership { id } } }', {
              id: `Person:${id}`,
            })
          ).text,
      ),
    );
    expect(new Set(texts.map((text) => text.replaceAll(/"reference":"\w+"/g, ''))).size).toBe(1);
  });

  test('who is a party member and who is none answer alike without the right', async () => {
    const { rows } = await attack.hub.pool.query<{ id: string }>(
      `(SELECT person_id AS id FROM party.party_member LIMIT 1) UNION ALL
       (SELECT p.id FROM people.person p WHERE NOT EXISTS (SELECT FROM party.party_member m WHERE m.person_id = p.id) LIMIT 1)`,
    );
    const ask = async (id: string | undefined) =>
      (
        await attack.ask(
          'frontend',
          'query ($id: ID!) { node(id: $id) { ... on Person { partyMembership { joinedOn } } } }',
          { id: `Person:${id}` },
        )
      ).text;
    expect(await ask(rows[0]?.id)).toBe(await ask(rows[1]?.id));
  });

  test('a mutation without the right answers alike for a row that exists and one that does not', async () => {
    const ask = async (id: string) => {
      const outcome = await attack.ask(
        'frontend',
        'mutation ($i: EndCareTagInput!) { endCareTag(input: $i) { __typename } }',
        {
          i: { careTagId: id, validTo: '2026-06-30', reason: '不再符合', idempotencyKey: 'attack-no-right-1' },
        },
      );
      expect(outcome.ledger).toEqual(['REFUSED']);
      return outcome.text;
    };
    const { rows } = await attack.hub.pool.query<{ id: string }>('SELECT id FROM people.care_tag LIMIT 1');
    expect(await ask(`CareTag:${rows[0]?.id}`)).toBe(await ask('CareTag:01900000-0000-7000-8000-00000000ffff'));
  });
});

describe('what is written under a refused request', () => {
  test('is nothing, and the access log shows the attempt as refused and never as done', async () => {
    const { text, codes, ledger } = await attack.ask('steward', REPORT('attack-not-mine'));
    expect(codes).toEqual(['FIELD_RIGHT_MISSING']);
    expect(text).not.toContain('Incident:');
    expect(ledger).toEqual(['REFUSED']);
    await attack.hub.catalog.recordWrites(() => true);
    const { rows } = await attack.hub.pool.query(
      `SELECT count(*)::int AS done FROM catalog.access_line
        WHERE line->>'decision' = 'WRITTEN' AND client_id = 'demo-steward'`,
    );
    expect(rows).toEqual([{ done: 0 }]);
  });

  test('half of a mutation is not run before the other half is refused', async () => {
    const both = `mutation { a: reportIncident(input: { category: HAZARD, title: "楼道堆物", severity: GENERAL, channel: GRID_WORKER,
        gridId: "Grid:330402007024001", idempotencyKey: "attack-half-a" }) { __typename }
      b: changeClient(input: { clientId: "demo-system", rights: [], idempotencyKey: "attack-half-b" }) { __typename } }`;
    const outcome = await attack.ask('system', both);
    expect([outcome.data, outcome.codes, outcome.ledger, outcome.statements]).toEqual([
      null,
      ['FIELD_RIGHT_MISSING'],
      ['REFUSED'],
      0,
    ]);
  });
});

test('the field that names whose a row is cannot be asked for, guessed at by suggestions, or found through an interface', async () => {
  for (const query of [
    `{ person(id: "${PERSON}") { residences { accessSubject } } }`,
    '{ node(id: "Residence:x") { ... on Residence { accessSubject } } }',
    '{ node(id: "Residence:x") { accessSubject } }',
    '{ r: __type(name: "Residence") { fields { name } } node(id: "x") { ... on Residence { accessSubjec } } }',
  ]) {
    const outcome = await attack.ask('system', query);
    expectRefused(outcome, 'DOCUMENT_INVALID');
    expect(outcome.text).not.toMatch(/Did you mean[^"]*accessSubject/);
  }
  // A client may call its own field so, and gets that.
  const aliased = await attack.ask('system', `{ person(id: "${PERSON}") { accessSubject: birthDate } }`);
  expect(aliased.data).toEqual({ person: { accessSubject: BORN } });
});

describe('other doors lead to the same guard:', () => {
  test('a subscription to a protected field without the right is told of the gap, not of the value', async () => {
    const response = await attack.hub.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${await attack.hub.tokenOf('frontend')}`,
        'x-yiyun-missing-rights': 'refuse',
      },
      payload: JSON.stringify({
        query: 'subscription { changed { entity { ... on Person { birthDate } } } }',
      }),
    });
    expect(response.body).toContain('FIELD_RIGHT_MISSING');
    expect(response.body).not.toMatch(/\d{4}-\d{2}-\d{2}"/);
  });

  test('REST answers no more than the graph', async () => {
    const outcome = await attack.send({
      method: 'GET',
      url: `/rest/household-dossier?personId=${encodeURIComponent(PERSON)}`,
      headers: { authorization: `Bearer ${await attack.hub.tokenOf('frontend')}`, ...attack.hub.purpose },
    });
    expect(outcome.text).not.toContain(BORN);
    expect(outcome.ledger).not.toContain('UNMASKED');
  });

  test('a file that somebody else exported, and one that does not exist, are the same nothing', async () => {
    const urls = ['/exports/01900000-0000-7000-8000-00000000ffff', '/exports/..%2f..%2fetc%2fpasswd', '/exports/'];
    for (const url of urls) {
      const outcome = await attack.send({
        method: 'GET',
        url,
        headers: { authorization: `Bearer ${await attack.hub.tokenOf('system')}` },
      });
      expect([url, outcome.status, outcome.ledger]).toEqual([url, 404, []]);
    }
  });

  test('an import without the right takes nothing in', async () => {
    const outcome = await attack.send({
      method: 'POST',
      url: '/ingest/people',
      headers: { 'content-type': 'text/csv', authorization: `Bearer ${await attack.hub.tokenOf('frontend')}` },
      payload: 'citizenId,name\n330499198508251234,沈浩\n',
    });
    expect([outcome.status, outcome.codes, outcome.ledger]).toEqual([403, ['FIELD_RIGHT_MISSING'], []]);
    expect(outcome.text).not.toContain('沈浩');
  });
});

test('neither traces nor metrics hold a person’s data', async () => {
  const { data } = await attack.ask('system', `{ person(id: "${PERSON}") { name citizenId birthDate } }`);
  const { person } = data as { person: Record<string, string> };
  await attack.ask('system', 'query ($c: String!) { personByCitizenId(citizenId: $c) { name } }', {
    c: person.citizenId,
  });
  const metrics = await attack.hub.app.inject({
    url: '/metrics',
    headers: { authorization: `Bearer ${await attack.hub.tokenOf('steward')}` },
  });
  const kept = `${metrics.body}\n${attack.hub.log.join('')}`;
  for (const value of Object.values(person)) expect(kept).not.toContain(value);
  expect(kept).not.toContain(PERSON.slice('Person:'.length));
});

test('a token outlives no suspension: the next second it is refused, and nothing of its requests is in the log', async () => {
  const { pool } = attack.hub;
  await pool.query("UPDATE catalog.client SET active = false, version = version + 1 WHERE id = 'demo-frontend'");
  await vi.waitFor(
    async () => {
      const outcome = await attack.ask('frontend', '{ loadedCity { city } }');
      expect([outcome.status, outcome.codes, outcome.ledger]).toEqual([401, ['CLIENT_UNKNOWN'], []]);
    },
    { timeout: 5_000 },
  );
  await pool.query("UPDATE catalog.client SET active = true, version = version + 1 WHERE id = 'demo-frontend'");
});
