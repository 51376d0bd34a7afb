import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CityHub, type HubRole, openCityHub } from '../../kit/city-hub.ts';
import { operationDocument, operationVariables } from '../../kit/operation-document.ts';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
type Data = any;

async function ask(name: string, variables = operationVariables(name), role: HubRole = 'system'): Promise<Data> {
  const { data, errors } = await hub.ask(role, operationDocument(name), variables);
  expect(errors).toEqual([]);
  return data;
}
const rows = async (text: string, values: unknown[] = []) => (await hub.pool.query(text, values)).rows;
const state = () =>
  rows(`SELECT (SELECT count(*)::int FROM party.party_engagement) AS engagements,
               (SELECT json_agg(e ORDER BY id) FROM party.list_entry e) AS entries,
               (SELECT count(*)::int FROM party.outbox) AS events,
               (SELECT count(*)::int FROM party.idempotency) AS keys,
               (SELECT count(*)::int FROM party.provenance) AS batches`);
const COMMUNITY = 'Community:330402007024';

test('S04, J05: one core with its grand committee, committees and units in one request', async () => {
  const { community } = await ask('governance-frame', undefined, 'frontend');
  expect(community.core.name).toContain('百福弄社区');
  expect(community.grandCommittee.totalCount).toBe(2);
  expect(community.grandCommittee.nodes.every(({ unitName }: Data) => unitName !== null)).toBe(true);
  expect(community.units.totalCount).toBe(2);
  expect(community.pairings.nodes).toHaveLength(1);
});

test('J06: pairing agreements say when they run out, and those that do by a day are found', async () => {
  const { all } = await ask('pairing-agreements');
  const { expiring } = await ask('pairing-agreements', { divisionCode: '3304', expiresBy: '2026-07-01' });
  expect(all.totalCount).toBe(1);
  expect(expiring.totalCount).toBe(0);
  const [{ expiresOn }] = all.nodes;
  const by = async (day: string) =>
    (await ask('pairing-agreements', { divisionCode: '3304', expiresBy: day })).expiring.totalCount;
  const dayBefore = new Date(Date.parse(expiresOn) - 86_400_000).toISOString().slice(0, 10);
  expect([await by(dayBefore), await by(expiresOn)]).toEqual([0, 1]);
});

test('S17, S18: linked cadres with their visits; a first secretary can be seconded once', async () => {
  const before = await ask('cadre-links');
  expect(before.linked.totalCount).toBe(1);
  expect(before.firstSecretaries.totalCount).toBe(0);
  const { beginPartyEngagement } = await ask('appoint-first-secretary');
  expect(beginPartyEngagement.engagement).toMatchObject({ kind: 'FIRST_SECRETARY', holderName: '示例干部' });

  const frozen = await state();
  const { input } = operationVariables('appoint-first-secretary') as Data;
  const second = await ask('appoint-first-secretary', {
    input: { ...input, holderName: '另一干部', idempotencyKey: 'second-secretary' },
  });
  expect(second.beginPartyEngagement).toMatchObject({
    code: 'FIRST_SECRETARY_IN_OFFICE',
    culprit: 'input.communityId',
  });
  expect(await state()).toEqual(frozen);

  const visit = await hub.ask(
    'system',
    `mutation ($input: EndPartyEngagementInput!) { recordCadreVisit(input: $input) {
      ... on PartyEngagementSuccess { engagement { visitCount lastVisitedOn } } ... on Refusal { code } } }`,
    { input: { engagementId: beginPartyEngagement.engagement.id, on: '2026-06-20', idempotencyKey: 'visit-one-day' } },
  );
  expect(visit.data).toEqual({ recordCadreVisit: { engagement: { visitCount: 1, lastVisitedOn: '2026-06-20' } } });
  const end = await hub.ask(
    'system',
    `mutation ($input: EndPartyEngagementInput!) { endPartyEngagement(input: $input) {
      ... on PartyEngagementSuccess { engagement { validTo } } ... on Refusal { code } } }`,
    { input: { engagementId: beginPartyEngagement.engagement.id, on: '2026-06-30', idempotencyKey: 'end-the-term' } },
  );
  expect(end.data).toEqual({ endPartyEngagement: { engagement: { validTo: '2026-06-30' } } });
  expect((await ask('cadre-links')).firstSecretaries.totalCount).toBe(0);
});

const PAIR = (operationVariables('sign-pairing') as Data).input;
test.each([
  ['without an expiry', { expiresOn: null }, 'EXPIRY_REQUIRED', 'input.expiresOn'],
  ['that expires before it begins', { expiresOn: '2026-05-01' }, 'EXPIRY_BEFORE_START', 'input.expiresOn'],
  ['that begins in the future', { from: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.from'],
  [
    'of a community that is not there',
    { communityId: 'Community:330402007999' },
    'COMMUNITY_NOT_FOUND',
    'input.communityId',
  ],
  ['of no unit', { unitName: ' ' }, 'TEXT_INVALID', 'input.unitName'],
  ['of a cadre without a name', { kind: 'CADRE_LINK' }, 'HOLDER_NAME_REQUIRED', 'input.holderName'],
])('J06: an agreement %s is refused and nothing is written', async (_case, change, code, culprit) => {
  const before = await state();
  const { beginPartyEngagement } = await ask('sign-pairing', {
    input: { ...PAIR, ...change, idempotencyKey: `pair-${code}` },
  });
  expect(beginPartyEngagement).toMatchObject({ code, culprit });
  expect(await state()).toEqual(before);
});

test('J06: the same agreement is not signed twice while it is live', async () => {
  expect((await ask('sign-pairing')).beginPartyEngagement.engagement.expiresOn).toBe('2029-06-01');
  const before = await state();
  const again = await ask('sign-pairing', { input: { ...PAIR, idempotencyKey: 'pair-again' } });
  expect(again.beginPartyEngagement.code).toBe('ENGAGEMENT_IS_LIVE');
  expect(await state()).toEqual(before);
});

test('scenario 9: units and members are counted apart; whoever reports twice, or fifty times at once, counts once', async () => {
  const { community: before } = await ask('double-reports');
  const [member] = await rows(
    `SELECT id FROM party.party_member m WHERE NOT EXISTS
       (SELECT FROM party.party_engagement e WHERE e.member_id = m.id) ORDER BY id LIMIT 1`,
  );
  const report = (who: object, key: string) =>
    ask('report-to-community', {
      input: { communityId: COMMUNITY, reportedOn: '2026-06-15', ...who, idempotencyKey: key },
    });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => report({ unitName: '市第一医院' }, `unit-report-${index}`)),
  );
  const told = answers.map(({ reportToCommunity }) => reportToCommunity);
  expect(told.every(({ kind }) => kind === 'UNIT_REPORT')).toBe(true);
  expect(told.filter(({ alreadyReported }) => !alreadyReported)).toHaveLength(1);

  for (const key of ['member-report-1', 'member-report-2']) await report({ memberId: `PartyMember:${member.id}` }, key);
  const { community: after } = await ask('double-reports');
  expect(after.unitReports.totalCount).toBe(before.unitReports.totalCount + 1);
  expect(after.memberReports.totalCount).toBe(before.memberReports.totalCount + 1);
});

test.each([
  ['of nobody', {}, 'REPORT_OF_UNIT_OR_MEMBER', 'input.unitName'],
  ['of both', { unitName: '单位', memberId: 'PartyMember:x' }, 'REPORT_OF_UNIT_OR_MEMBER', 'input.unitName'],
  ['of an unknown member', { memberId: 'PartyMember:x' }, 'MEMBER_NOT_FOUND', 'input.memberId'],
])('Y21: a report %s is refused and nothing is written', async (_case, who, code, culprit) => {
  const before = await state();
  const { reportToCommunity } = await ask('report-to-community', {
    input: {
      communityId: COMMUNITY,
      reportedOn: '2026-06-15',
      ...who,
      idempotencyKey: `report-${_case}`.replaceAll(' ', '-'),
    },
  });
  expect(reportToCommunity).toMatchObject({ code, culprit });
  expect(await state()).toEqual(before);
});

test('Y21: who reported as a member stays hidden without the right to memberships', async () => {
  const { data, errors } = await hub.ask(
    'frontend',
    operationDocument('double-reports'),
    operationVariables('double-reports'),
  );
  expect((data as Data).community.memberReports).toBeNull();
  expect((data as Data).community.unitReports.totalCount).toBeGreaterThan(0);
  expect(errors.every(({ extensions }) => extensions?.code === 'FIELD_RIGHT_MISSING')).toBe(true);
});

test('scenario 5: of 200 claims of one entry at once exactly one wins, and both sides see who', async () => {
  const { community } = await ask('three-lists');
  const entry = community.listEntries.nodes.find(({ kind }: Data) => kind === 'PROJECT');
  expect(entry.state).toBe('OPEN');
  const answers: Data[] = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      ask('claim-list-entry', {
        input: { entryId: entry.id, claimedBy: `共建单位${index}`, idempotencyKey: `claim-entry-${index}` },
      }),
    ),
  );
  const winners = answers.filter(({ claimListEntry }) => claimListEntry.__typename === 'ListEntrySuccess');
  const losers = answers.filter(({ claimListEntry }) => claimListEntry.code !== undefined);
  expect(winners).toHaveLength(1);
  expect(new Set(losers.map(({ claimListEntry }) => claimListEntry.code))).toEqual(new Set(['LIST_ENTRY_CLAIMED']));
  expect(losers).toHaveLength(199);

  for (const role of ['system', 'frontend'] as const) {
    const seen = (await ask('three-lists', undefined, role)).community.listEntries.nodes;
    expect(seen.find(({ id }: Data) => id === entry.id)).toMatchObject({
      state: 'CLAIMED',
      claimedBy: winners[0]?.claimListEntry.entry.claimedBy,
    });
  }
  const events = await rows("SELECT 1 FROM party.outbox WHERE event_type = 'list_entry.claimed' AND entity_id = $1", [
    entry.id,
  ]);
  expect(events).toHaveLength(1);
});

test('J07: an entry is done only when it was claimed, and never claimed by its owner', async () => {
  const published = await ask('raise-call-out', {
    input: {
      kind: 'DEMAND',
      communityId: COMMUNITY,
      title: '社区书屋',
      ownerName: '百福弄社区',
      idempotencyKey: 'publish-demand',
    },
  });
  expect(published.publishListEntry.entry).toMatchObject({ kind: 'DEMAND', state: 'OPEN', mode: null });
  const [{ id }] = await rows("SELECT id FROM party.list_entry WHERE title = '社区书屋'");
  const entryId = `ListEntry:${id}`;
  const fulfil = (key: string) =>
    hub.ask(
      'system',
      `mutation ($input: FulfilListEntryInput!) { fulfilListEntry(input: $input) {
        ... on ListEntrySuccess { entry { state } } ... on Refusal { code } } }`,
      { input: { entryId, idempotencyKey: key } },
    );
  const before = await state();
  expect((await fulfil('fulfil-early')).data).toEqual({ fulfilListEntry: { code: 'LIST_ENTRY_NOT_CLAIMED' } });
  const own = await ask('claim-list-entry', {
    input: { entryId, claimedBy: '百福弄社区', idempotencyKey: 'claim-own' },
  });
  expect(own.claimListEntry.code).toBe('LIST_ENTRY_IS_OWN');
  expect(await state()).toEqual(before);
  await ask('claim-list-entry', { input: { entryId, claimedBy: '市图书馆', idempotencyKey: 'claim-library' } });
  expect((await fulfil('fulfil-now')).data).toEqual({ fulfilListEntry: { entry: { state: 'FULFILLED' } } });
});

test('Y22: a community calls out in one of three modes; without a mode it is refused', async () => {
  const { publishListEntry } = await ask('raise-call-out');
  expect(publishListEntry.entry).toMatchObject({ kind: 'CALL_OUT', mode: 'ALLIANCE', state: 'OPEN' });
  const before = await state();
  const { input } = operationVariables('raise-call-out') as Data;
  const refused = await ask('raise-call-out', { input: { ...input, mode: null, idempotencyKey: 'call-without-mode' } });
  expect(refused.publishListEntry).toMatchObject({ code: 'SERVICE_MODE_REQUIRED', culprit: 'input.mode' });
  expect(await state()).toEqual(before);
  const [event] = await rows("SELECT community_code FROM party.outbox WHERE event_type = 'call_out.raised'");
  expect(event).toEqual({ community_code: '330402007024' });
});

test('J49, Y23: one centre, a general station per county, a sub-station per township, points and teams below', async () => {
  const data = await ask('volunteer-stations', undefined, 'frontend');
  expect(data.centre.totalCount).toBe(1);
  expect(data.generalStations.totalCount).toBe(7);
  expect(data.centre.nodes[0].children.totalCount).toBe(7);
  expect(data.subStations.totalCount).toBe(72);
  expect(data.servicePoints.totalCount).toBe(1);
  expect(data.teams.nodes[0]).toMatchObject({ parent: { level: 'SERVICE_POINT' } });
  expect(data.teams.nodes[0].partyOrganization.name).toContain('百福弄社区');
});

test('a client without the right to party work changes nothing', async () => {
  const before = await state();
  for (const name of ['sign-pairing', 'report-to-community', 'claim-list-entry', 'raise-call-out']) {
    const { data, errors } = await hub.ask('frontend', operationDocument(name), operationVariables(name));
    expect(data).toBeNull();
    expect(errors[0]?.extensions?.code).toBe('FIELD_RIGHT_MISSING');
  }
  expect(await state()).toEqual(before);
});
