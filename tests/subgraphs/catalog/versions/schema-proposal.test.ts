import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readReviewed } from '../../../../gateway/plan/reviewed-supergraph.ts';
import { projectRoot } from '../../../../subgraphs/kit/project-root.ts';
import { builtProgram } from '../../../kit/built-programs.ts';
import { type CityHub, openCityHub } from '../../../kit/city-hub.ts';
import { carry, matterRows } from '../sharing/matter-operations.ts';
import {
  ADVANCE_PROPOSAL,
  advance,
  changed,
  deprecating,
  type Payload,
  propose,
  ROLL_BACK,
  SIGN_PROPOSAL,
  SUBMIT_PROPOSAL,
  sign,
} from './graph-operations.ts';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

/** `Person.ethnicGroup` is the public security bureau's. */
const ETHNIC = /\n {2}ethnicGroup: .*/;
const REASON = '已有替代字段 replaced by ethnicGroupCode；移除 removal: 2027-01-01';
const versions = async (): Promise<Payload> => {
  const { data } = await hub.ask(
    'steward',
    `{ graphVersions { totalCount nodes { number inForce origin hash note clientId rolledBackTo department { code }
       proposal { id title } contracts { subgraph hash url } loads { loaded reason } } } }`,
  );
  return (data as Payload).graphVersions;
};

test('the graph of the first start is version 1, with its contracts and its texts', async () => {
  await hub.follow();
  const { nodes, totalCount } = await versions();
  expect(totalCount).toBe(1);
  expect(nodes[0]).toMatchObject({
    number: 1,
    inForce: true,
    origin: 'START',
    department: { code: 'data-authority' },
    proposal: null,
    loads: [{ loaded: true, reason: null }],
  });
  expect(nodes[0].contracts.map(({ subgraph }: Payload) => subgraph)).toEqual([
    'catalog',
    'organizations',
    'party',
    'people',
    'services',
  ]);
  const { data } = await hub.ask(
    'steward',
    '{ graphVersion { number supergraphSdl } none: graphVersion(number: 9) { number } }',
  );
  expect((data as Payload).graphVersion.supergraphSdl).toBe(hub.graph().supergraphSdl);
  expect((data as Payload).none).toBeNull();
});

test('a proposal goes from draft to publication when its owner has signed; who has not is named', async () => {
  const { id, ...draft } = await propose(hub, [changed('people', deprecating(ETHNIC, REASON))]);
  expect(draft).toMatchObject({
    state: 'DRAFT',
    revision: 1,
    verdict: null,
    check: null,
    steps: [{ event: 'SUBMIT' }],
  });
  expect(await sign(hub, 'system', id)).toMatchObject({ code: 'PROPOSAL_NOT_REVIEWED' });
  expect(await advance(hub, id, 'REVIEW', {}, 'system')).toMatchObject({ code: 'TRANSITION_NOT_YOURS' });

  const { proposal } = await advance(hub, id, 'REVIEW');
  expect(proposal).toMatchObject({
    state: 'REVIEWED',
    verdict: 'PASSED',
    missingSignOffs: [{ code: 'public-security' }],
    check: { breakingCount: 0, owners: [{ code: 'public-security' }], lint: [] },
  });
  expect(proposal.check.changes).toContainEqual(
    expect.objectContaining({ kind: 'FIELD_DEPRECATION_ADDED', coordinate: 'Person.ethnicGroup' }),
  );
  await advance(hub, id, 'APPROVE');
  const before = await matterRows(hub);
  const unsigned = await advance(hub, id, 'PUBLISH');
  expect(unsigned).toMatchObject({ code: 'PROPOSAL_OWNERS_MISSING', culprit: 'input.event' });
  expect(unsigned.messageZh).toContain('公安局');
  expect(unsigned.messageEn).toContain('Public Security');
  expect(await matterRows(hub)).toEqual(before);
  expect(await sign(hub, 'frontend', id)).toMatchObject({ code: 'PROPOSAL_NOT_YOURS_TO_SIGN' });

  expect(await sign(hub, 'system', id, false)).toMatchObject({ code: 'INPUT_MISSING', culprit: 'input.note' });
  await sign(hub, 'system', id, false, '替代字段尚未上线');
  expect(await advance(hub, id, 'PUBLISH')).toMatchObject({ code: 'PROPOSAL_OWNER_OBJECTS' });
  const signed = await sign(hub, 'system', id);
  expect(signed.proposal).toMatchObject({
    missingSignOffs: [],
    signOffs: [{ department: { code: 'public-security' }, agreed: true, revision: 1 }],
  });
  const published = await advance(hub, id, 'PUBLISH');
  expect(published.proposal).toMatchObject({ state: 'PUBLISHED', publishedNumber: 2, availableTransitions: [] });
  const events = ({ event }: Payload) => event;
  expect(published.proposal.steps.map(events)).toEqual(['SUBMIT', 'REVIEW', 'APPROVE', 'PUBLISH']);

  await hub.follow();
  const { nodes } = await versions();
  expect(nodes).toMatchObject([
    {
      ...{ number: 2, inForce: true, origin: 'PROPOSAL', proposal: { id }, clientId: 'demo-steward' },
      loads: [{ loaded: true }],
    },
    { number: 1, inForce: false },
  ]);
  const { data } = await hub.ask(
    'frontend',
    `{ __type(name: "Person") { fields(includeDeprecated: true) { name isDeprecated } }
       dataField(coordinate: "Person.ethnicGroup") { deprecated removalOn } }`,
  );
  const { fields } = (data as Payload).__type;
  expect(fields.filter(({ isDeprecated }: Payload) => isDeprecated)).toEqual([
    { name: 'ethnicGroup', isDeprecated: true },
  ]);
  expect((data as Payload).dataField).toEqual({ deprecated: true, removalOn: '2027-01-01' });
  const outbox = await hub.pool.query(
    "SELECT event_type FROM catalog.outbox WHERE entity_type IN ('SchemaProposal', 'GraphVersion') ORDER BY xid, ordinal",
  );
  expect(outbox.rows.map(({ event_type: type }) => type)).toEqual([
    'schema-proposal.submitted',
    'schema-proposal.moved',
    'schema-proposal.moved',
    'schema-proposal.objected',
    'schema-proposal.signed',
    'schema-proposal.moved',
    'graph.published',
  ]);
});

test('two versions differ by what clients notice, and any kept one can be put in force again', async () => {
  const { data: differing } = await hub.ask(
    'steward',
    '{ graphDifference(from: 1, to: 2) { kind coordinate level ownerCode } none: graphDifference(from: 1, to: 9) { kind } }',
  );
  const { graphDifference, none } = differing as Payload;
  expect(none).toBeNull();
  expect(graphDifference.length).toBeGreaterThan(0);
  for (const change of graphDifference) {
    expect(change).toMatchObject({ coordinate: 'Person.ethnicGroup', level: 'SAFE', ownerCode: 'public-security' });
  }

  const back = (toNumber: number) => carry<Payload>(hub, 'steward', ROLL_BACK, { toNumber, reason: '替代字段有误' });
  expect(await back(2)).toMatchObject({ code: 'GRAPH_VERSION_IN_FORCE' });
  expect(await back(77)).toMatchObject({ code: 'GRAPH_VERSION_NOT_FOUND', culprit: 'input.toNumber' });
  const input = { toNumber: 1, reason: '无权', idempotencyKey: 'no-right-1' };
  const refused = await hub.ask('system', ROLL_BACK, { input });
  expect(refused.errors[0]?.extensions).toMatchObject({ right: 'schema.publish' });
  const { version } = await back(1);
  const expected = { number: 3, origin: 'ROLLBACK', rolledBackTo: 1, inForce: true, note: '替代字段有误' };
  expect(version).toEqual(expected);
  await hub.follow();
  const { nodes } = await versions();
  expect(nodes[0].hash).toBe(nodes[2].hash);
  const { data } = await hub.ask('frontend', '{ dataField(coordinate: "Person.ethnicGroup") { deprecated } }');
  expect(data).toEqual({ dataField: { deprecated: false } });
});

test('of fifty who publish the same proposal at once one does, and one version comes of it', async () => {
  const { id } = await propose(hub, [changed('people', deprecating(ETHNIC, REASON))]);
  await advance(hub, id, 'REVIEW');
  await sign(hub, 'system', id);
  await advance(hub, id, 'APPROVE');
  const answers = await Promise.all(Array.from({ length: 50 }, () => advance(hub, id, 'PUBLISH')));
  expect(answers.filter(({ proposal }) => proposal !== undefined)).toHaveLength(1);
  for (const { code } of answers.filter(({ proposal }) => proposal === undefined)) {
    expect(code).toMatch(/^(TRANSITION_NOT_ALLOWED|CONCURRENT_CHANGE|GRAPH_MOVED)$/);
  }
  expect((await versions()).nodes.map(({ number }: Payload) => number)).toEqual([4, 3, 2, 1]);
});

test('what code does not serve cannot be published, and a new revision asks for new signatures', async () => {
  const card =
    '@card(source: "public-security", sharing: "CONDITIONAL", grade: 2, category: "PERSONAL", unit: "码 size", updateCycle: "ON_CHANGE")';
  const invented = changed('people', (sdl) =>
    sdl.replace(ETHNIC, (line) => `${line}\n  """鞋码 Size of shoes."""\n  shoeSize: Int ${card}`),
  );
  const { id } = await propose(hub, [invented]);
  const { proposal } = await advance(hub, id, 'REVIEW');
  expect(proposal.verdict).toBe('PASSED');
  for (const { code } of proposal.check.owners) await sign(hub, code === 'data-authority' ? 'steward' : 'system', id);
  await advance(hub, id, 'APPROVE');
  const refused = await advance(hub, id, 'PUBLISH');
  expect(refused).toMatchObject({ code: 'CONTRACT_NOT_SERVED' });
  expect(refused.messageEn).toContain('people: Person.shoeSize');

  await advance(hub, id, 'RETURN', { note: '请先上线代码' });
  const contracts = [changed('people', deprecating(/\n {2}ageYears: .*/, REASON))];
  const revised = await advance(hub, id, 'REVISE', { contracts }, 'system');
  expect(revised.proposal).toMatchObject({ state: 'DRAFT', revision: 2, verdict: null, check: null });
  await advance(hub, id, 'REVIEW');
  await advance(hub, id, 'APPROVE');
  expect(await advance(hub, id, 'PUBLISH')).toMatchObject({ code: 'PROPOSAL_OWNERS_MISSING' });
});

test('what breaks the rules does not reach approval, and what is unreadable is no proposal', async () => {
  const bare = changed('people', (sdl) => sdl.replace(/\n {2}ageYears: .*/, (line) => `${line} @deprecated`));
  const { id } = await propose(hub, [bare]);
  const { proposal } = await advance(hub, id, 'REVIEW');
  expect(proposal.verdict).toBe('FAILED');
  expect(proposal.check.lint).toContainEqual({ rule: 'deprecation', coordinate: 'Person.ageYears' });
  expect(await advance(hub, id, 'APPROVE')).toMatchObject({ code: 'PROPOSAL_BREAKS_RULES' });
  const before = await matterRows(hub);
  const unreadable = { title: '不可读', reason: '测试', contracts: [{ subgraph: 'Bad name', sdl: '' }] };
  expect(await carry<Payload>(hub, 'system', SUBMIT_PROPOSAL, unreadable)).toMatchObject({
    code: 'CONTRACTS_UNREADABLE',
  });
  const unknown = { id: 'SchemaProposal:1', agreed: true };
  expect(await carry<Payload>(hub, 'system', SIGN_PROPOSAL, unknown)).toMatchObject({ code: 'PROPOSAL_NOT_FOUND' });
  const gone = { id: `SchemaProposal:${crypto.randomUUID()}`, event: 'REVIEW' };
  expect(await carry<Payload>(hub, 'steward', ADVANCE_PROPOSAL, gone)).toMatchObject({ code: 'PROPOSAL_NOT_FOUND' });
  expect(await matterRows(hub)).toEqual(before);
});

test('npm run schema -- check judges a file, a folder and an address by a year of operations: one page, one JSON, an exit code', async () => {
  const hubUrl = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  // One department asks once a year; another one did so longer ago than that.
  await hub.ask('system', 'query OncePerSeason { persons(first: 1) { nodes { minor } } }');
  await hub.ask('frontend', 'query LongAgo { persons(first: 1) { nodes { minor id } } }');
  await hub.flushUsage();
  await hub.pool.query(
    `UPDATE catalog.operation_usage u
        SET day = '2026-06-30'::date - d.days, last_seen_at = '2026-06-30T02:00:00Z'::timestamptz - make_interval(days => d.days)
       FROM catalog.recorded_operation o, (VALUES ('OncePerSeason', 350), ('LongAgo', 380)) AS d(name, days)
      WHERE o.hash = u.operation_hash AND o.name = d.name`,
  );
  const live = readReviewed('people') ?? '';
  const removed = live.replace(/\n {2}"""[^"]*"""\n {2}minor: .*/, '');
  expect(removed.length).toBeLessThan(live.length);
  const folder = mkdtempSync(join(tmpdir(), 'yiyun-contracts-'));
  mkdirSync(join(folder, 'unchanged'));
  writeFileSync(join(folder, 'people.graphql'), removed);
  for (const name of ['people', 'party']) {
    writeFileSync(join(folder, 'unchanged', `${name}.graphql`), readReviewed(name) ?? '');
  }
  const department = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: { _service: { sdl: removed } } }));
  });
  await new Promise<void>((resolve) => department.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(department.address() as AddressInfo).port}/graphql`;
  const token = await hub.tokenOf('steward');
  const check = (place: string, ...more: string[]) =>
    promisify(execFile)(
      process.execPath,
      [
        ...[...builtProgram('schema-command'), 'check', place, ...more],
        ...['--hub', `${hubUrl}/graphql`, '--token', token, '--data-dir', folder],
      ],
      { cwd: projectRoot, maxBuffer: 8 * 1024 * 1024 },
    ).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        text: error.stdout + error.stderr,
      }),
    );
  try {
    const page = await check(join(folder, 'people.graphql'));
    expect(page.code).toBe(1);
    expect(page.text).toContain('✗ Person.minor 字段移除');
    expect(page.text).toContain('demo-system');
    expect(page.text).not.toContain('demo-frontend');

    const json = await check(url, '--subgraph', 'people', '--json');
    expect(json.code).toBe(1);
    const [change] = JSON.parse(json.text).changes;
    expect(change).toMatchObject({
      coordinate: 'Person.minor',
      level: 'BREAKING',
      usedBy: [
        {
          clientId: 'demo-system',
          departmentName: '公安局',
          lastSeenAt: '2025-07-15T02:00:00.000Z',
          operationNames: ['OncePerSeason'],
        },
      ],
    });
    expect((await check(join(folder, 'unchanged'))).code).toBe(0);
    expect((await check(url)).text).toContain('--subgraph');
    expect((await check(join(folder, 'nothing'))).code).toBe(2);
  } finally {
    department.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
