import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { lockProject } from '../../store/demands/demand-rows.ts';
import { insertConference, insertLinkage, lockLinkage } from '../../store/demands/linkage-rows.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import { findCommunityCode } from '../community-key.ts';
import { communityPlace } from '../community-place.ts';
import { leastReaching, quorumRule, reaches } from '../deliberation/quorum.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';

/** 联动方 */
export const linkageSides = {
  COMMUNITY: { zh: '社区', en: 'Community' },
  SOCIAL_ORGANIZATION: { zh: '社会组织', en: 'Social organization' },
  SOCIAL_WORK: { zh: '社会工作（机构、人才）', en: 'Social work: agencies and workers' },
  VOLUNTEER: { zh: '社区志愿者', en: 'Volunteers' },
  SOCIAL_RESOURCE: { zh: '社会资源', en: 'Social resources' },
  RESIDENT: { zh: '居民', en: 'Residents' },
  OWNERS_COMMITTEE: { zh: '业主委员会', en: 'Owners’ committee' },
  PROPERTY_SERVICE: { zh: '物业服务企业', en: 'Property service' },
  STATIONED_UNIT: { zh: '驻区单位', en: 'Stationed unit' },
} as const;
export type LinkageSide = keyof typeof linkageSides;

interface LinkageModeDeclaration {
  readonly zh: string;
  readonly en: string;
  /** Sides without which there is no such linkage. */
  readonly demands: readonly LinkageSide[];
  /** Sides that may join. */
  readonly admits: readonly LinkageSide[];
}

/** 联动方式 — one concept: which sides each mode is made of. */
export const linkageModes = {
  THREE: {
    ...{ zh: '三社联动', en: 'Three societies' },
    ...{ demands: ['COMMUNITY', 'SOCIAL_ORGANIZATION', 'SOCIAL_WORK'], admits: [] },
  },
  FOUR: {
    ...{ zh: '四社联动', en: 'Four societies' },
    ...{ demands: ['COMMUNITY', 'SOCIAL_ORGANIZATION', 'SOCIAL_WORK', 'VOLUNTEER'], admits: [] },
  },
  FIVE: {
    ...{ zh: '五社联动', en: 'Five societies' },
    ...{ demands: ['COMMUNITY', 'SOCIAL_ORGANIZATION', 'SOCIAL_WORK', 'VOLUNTEER', 'SOCIAL_RESOURCE'], admits: [] },
  },
  MULTI_PARTY_COMMITTEE: {
    ...{ zh: '多方协商委员会', en: 'Multi-party deliberation committee', demands: ['COMMUNITY', 'RESIDENT'] },
    admits: ['OWNERS_COMMITTEE', 'PROPERTY_SERVICE', 'STATIONED_UNIT', 'SOCIAL_ORGANIZATION'],
  },
} as const satisfies Record<string, LinkageModeDeclaration>;
export type LinkageMode = keyof typeof linkageModes;

export interface LinkageWritten {
  readonly linkageId: string;
}

export interface LinkagePartyInput {
  readonly side: LinkageSide;
  readonly name: string;
  readonly organizationId?: string | null | undefined;
  readonly workerId?: string | null | undefined;
}

export interface FormLinkageInput {
  readonly mode: LinkageMode;
  readonly communityId: string;
  readonly title: string;
  readonly projectId?: string | null | undefined;
  readonly parties: readonly LinkagePartyInput[];
  readonly idempotencyKey: string;
}

const MAX_PARTIES = 50;

/** Forms a linkage with a party of each side that its mode demands, and none that it does not know. */
export function formLinkage(call: ServicesCall, input: FormLinkageInput): Promise<LinkageWritten | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'formLinkage', 'linkage', input, async (transaction, provenanceId) => {
    const place = communityPlace(findCommunityCode(input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const title = plainText(input.title, 'input.title', 2, 120);
    if (isRefusal(title)) return title;
    const mode: LinkageModeDeclaration = linkageModes[input.mode];
    const names = (sides: readonly LinkageSide[]) => ({
      sidesZh: sides.map((side) => linkageSides[side].zh).join('、'),
      sidesEn: sides.map((side) => linkageSides[side].en).join(', '),
    });
    if (input.parties.length > MAX_PARTIES) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.parties', { min: 1, max: MAX_PARTIES });
    }
    const missing = mode.demands.filter((side) => !input.parties.some((party) => party.side === side));
    if (missing.length > 0) return refuse('LINKAGE_SIDE_MISSING', 'input.parties', names(missing));
    const parties = [];
    const known = new Set<string>();
    for (const [index, party] of input.parties.entries()) {
      const at = `input.parties.${index}`;
      if (![...mode.demands, ...mode.admits].includes(party.side)) {
        return refuse('LINKAGE_SIDE_UNKNOWN', `${at}.side`, names([...mode.demands, ...mode.admits]));
      }
      const name = plainText(party.name, `${at}.name`, 2, 60);
      if (isRefusal(name)) return name;
      if (known.has(`${party.side}/${name}`)) return refuse('LINKAGE_PARTY_TWICE', `${at}.name`);
      known.add(`${party.side}/${name}`);
      const organizationId =
        party.organizationId == null ? null : (findUuidKey('Organization', party.organizationId) ?? '');
      if (organizationId === '') return refuse('SUPPLIER_NOT_FOUND', `${at}.organizationId`);
      const workerId = party.workerId == null ? null : (findUuidKey('CommunityWorker', party.workerId) ?? '');
      if (workerId === '') return refuse('PROJECT_WORKER_NOT_FOUND', `${at}.workerId`);
      parties.push({ id: store.ids.next(), side: party.side, name, organizationId, workerId });
    }
    let projectId: string | null = null;
    if (input.projectId != null) {
      const key = findUuidKey('DemandProject', input.projectId);
      const project = key === undefined ? null : await lockProject(transaction, key);
      if (project === null || project.communityCode !== place.communityCode) {
        return refuse('PROJECT_NOT_FOUND', 'input.projectId');
      }
      projectId = project.id;
    }
    const id = store.ids.next();
    await insertLinkage(
      transaction,
      { id, mode: input.mode, title, projectId, establishedOn: dateInChina(clock.now()), provenanceId, ...place },
      parties,
    );
    const answer = { linkageId: globalId('Linkage', id) };
    const event = { eventType: 'linkage.formed', entityType: 'Linkage', entityId: answer.linkageId };
    const payload = { ...answer, mode: input.mode };
    return { answer, rowCount: 1 + parties.length, events: [{ ...event, payload, place }] };
  });
}

export interface HoldJointConferenceInput {
  readonly linkageId: string;
  readonly heldOn: string;
  readonly agenda: string;
  readonly resolution: string;
  readonly presentPartyIds: readonly string[];
  readonly idempotencyKey: string;
}

/** Records a joint conference; without the quorum of parties in force it has resolved nothing and is refused. */
export function holdJointConference(
  call: ServicesCall,
  input: HoldJointConferenceInput,
): Promise<LinkageWritten | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'holdJointConference', 'linkage', input, async (transaction, provenanceId) => {
    const id = findUuidKey('Linkage', input.linkageId);
    const linkage = id === undefined ? null : await lockLinkage(transaction, id);
    if (linkage === null || linkage.endedOn !== null || !coversPlace(caller, linkage)) {
      return refuse('LINKAGE_NOT_FOUND', 'input.linkageId');
    }
    const today = dateInChina(clock.now());
    if (input.heldOn > today) return refuse('DATE_IN_FUTURE', 'input.heldOn');
    const agenda = plainText(input.agenda, 'input.agenda', 2, 500);
    if (isRefusal(agenda)) return agenda;
    const resolution = plainText(input.resolution, 'input.resolution', 2, 1000);
    if (isRefusal(resolution)) return resolution;
    const present = [...new Set(input.presentPartyIds.map((party) => findUuidKey('LinkageParty', party) ?? ''))];
    if (present.some((party) => !linkage.partyIds.includes(party))) {
      return refuse('LINKAGE_PARTY_NOT_FOUND', 'input.presentPartyIds');
    }
    const rule = await getRuleInForce(transaction, 'QUORUM_JOINT_CONFERENCE', input.heldOn);
    const share = quorumRule(rule.parameters).present;
    const eligible = linkage.partyIds.length;
    if (!reaches(present.length, eligible, share)) {
      return refuse('QUORUM_NOT_MET', 'input.presentPartyIds', {
        ...{ present: present.length, eligible, needed: leastReaching(eligible, share), basis: rule.legalBasis },
      });
    }
    await insertConference(transaction, {
      ...{ id: store.ids.next(), linkageId: linkage.id, heldOn: input.heldOn, agenda, resolution, provenanceId },
      ...{ partyCount: eligible, presentPartyIds: present },
    });
    const answer = { linkageId: input.linkageId };
    const event = { eventType: 'linkage.conferred', entityType: 'Linkage', entityId: input.linkageId };
    return { answer, rowCount: 1, events: [{ ...event, payload: answer, place: linkage }] };
  });
}
