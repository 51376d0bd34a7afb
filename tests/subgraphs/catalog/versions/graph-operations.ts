import { gzipSync } from 'node:zlib';
import { readReviewed } from '../../../../gateway/plan/reviewed-supergraph.ts';
import type { CityHub, HubRole } from '../../../kit/city-hub.ts';
import { carry } from '../sharing/matter-operations.ts';

const PROPOSAL = `id state revision verdict publishedNumber missingSignOffs { code }
  signOffs { department { code } agreed revision } check { verdict breakingCount safeCount owners { code }
  changes { kind coordinate removalOn usedBy { clientId acknowledgedAt } } lint { rule coordinate } }
  steps { event fromState toState note } availableTransitions { event ready missing }`;
const REFUSED = '... on Refusal { code culprit messageZh messageEn }';

export const SUBMIT_PROPOSAL = `mutation ($input: SubmitSchemaProposalInput!) { submitSchemaProposal(input: $input) {
  __typename ... on SubmitSchemaProposalSuccess { proposal { ${PROPOSAL} } } ${REFUSED} } }`;
export const ADVANCE_PROPOSAL = `mutation ($input: AdvanceSchemaProposalInput!) { advanceSchemaProposal(input: $input) {
  __typename ... on AdvanceSchemaProposalSuccess { proposal { ${PROPOSAL} } } ${REFUSED} } }`;
export const SIGN_PROPOSAL = `mutation ($input: SignSchemaProposalInput!) { signSchemaProposal(input: $input) {
  __typename ... on SignSchemaProposalSuccess { proposal { ${PROPOSAL} } } ${REFUSED} } }`;
export const ROLL_BACK = `mutation ($input: RollBackGraphInput!) { rollBackGraph(input: $input) {
  __typename ... on RollBackGraphSuccess { version { number origin rolledBackTo inForce note } } ${REFUSED} } }`;

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
export type Payload = any;

/** A contract as it is reviewed, with something changed; fails when there is nothing to change. */
export function changed(subgraph: string, change: (sdl: string) => string) {
  const sdl = readReviewed(subgraph) ?? '';
  const made = change(sdl);
  if (made === sdl) throw new Error('nothing was changed');
  return sent(subgraph, made);
}

export function sent(subgraph: string, sdl: string): { subgraph: string; sdlGzipBase64: string } {
  return { subgraph, sdlGzipBase64: gzipSync(sdl).toString('base64') };
}

/** Deprecates a field with a reason. */
export function deprecating(field: RegExp, reason: string): (sdl: string) => string {
  return (sdl) => sdl.replace(field, (line) => `${line} @deprecated(reason: "${reason}")`);
}

export async function propose(hub: CityHub, contracts: readonly object[], role: HubRole = 'system'): Promise<Payload> {
  const input = { title: '人口字段调整', reason: '与新目录一致', contracts };
  const { proposal, ...refused } = await carry<Payload>(hub, role, SUBMIT_PROPOSAL, input);
  if (proposal === undefined) throw new Error(JSON.stringify(refused));
  return proposal;
}

export const advance = (hub: CityHub, id: string, event: string, more: object = {}, role: HubRole = 'steward') =>
  carry<Payload>(hub, role, ADVANCE_PROPOSAL, { id, event, ...more });

export const sign = (hub: CityHub, role: HubRole, id: string, agreed = true, note?: string) =>
  carry<Payload>(hub, role, SIGN_PROPOSAL, { id, agreed, ...(note === undefined ? {} : { note }) });

/** Takes a proposal all the way, signed by the demo departments that own it; the publication's payload. */
export async function publish(hub: CityHub, contracts: readonly object[]): Promise<Payload> {
  const { id } = await propose(hub, contracts);
  const { proposal, ...refused } = await advance(hub, id, 'REVIEW');
  if (proposal === undefined) throw new Error(JSON.stringify(refused));
  const roles: Readonly<Record<string, HubRole>> = {
    'public-security': 'system',
    'civil-affairs': 'frontend',
    'data-authority': 'steward',
  };
  for (const { code } of proposal.check.owners) {
    const role = roles[code];
    if (role !== undefined) await sign(hub, role, id);
  }
  const approved = await advance(hub, id, 'APPROVE');
  if (approved.proposal === undefined) return approved;
  return advance(hub, id, 'PUBLISH');
}
