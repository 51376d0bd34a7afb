import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findFirstSecretary, insertEngagement, type OpenEngagementKind } from '../../store/linkage/engagement-rows.ts';
import { dayOf, findCommunityPlace, type RuleContext, textFlaw, write } from '../party-write.ts';

export interface BeginEngagementInput {
  readonly kind: Exclude<OpenEngagementKind, 'UNIT_REPORT'>;
  readonly communityId: string;
  readonly unitName: string;
  readonly holderName?: string | null | undefined;
  readonly holderPost?: string | null | undefined;
  readonly from: string;
  readonly expiresOn?: string | null | undefined;
  readonly idempotencyKey: string;
}

export interface EngagementBegun {
  readonly engagementKey: string;
}

/** Kinds that are held by somebody by name, and the one that ends by agreement. */
const NAMED: ReadonlySet<string> = new Set(['GRAND_COMMITTEE_MEMBER', 'CADRE_LINK', 'FIRST_SECRETARY']);

/**
 * Begins a lasting relation of a unit or a cadre with a community: a pairing agreement (which must say when it
 * expires), a part-time member of its grand committee, a linked cadre, its first secretary (one at a time).
 */
export function beginEngagement(context: RuleContext, input: BeginEngagementInput): Promise<EngagementBegun | Refusal> {
  const { store, caller, clock } = context;
  return write(
    context,
    { mutation: 'beginPartyEngagement', dataset: 'party_engagement', input },
    async (transaction, provenanceId) => {
      const { kind, unitName, from } = input;
      const holderName = input.holderName?.trim() ?? null;
      const expiresOn = input.expiresOn ?? null;
      const text = textFlaw(unitName, 'input.unitName', 2, 60);
      if (text !== undefined) return text;
      if (NAMED.has(kind) && (holderName === null || holderName === '')) {
        return refuse('HOLDER_NAME_REQUIRED', 'input.holderName');
      }
      if (from > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.from');
      if (kind === 'PAIRING' && expiresOn === null) return refuse('EXPIRY_REQUIRED', 'input.expiresOn');
      if (expiresOn !== null && expiresOn <= from) return refuse('EXPIRY_BEFORE_START', 'input.expiresOn');
      const place = await findCommunityPlace(transaction, caller, input.communityId, 'input.communityId');
      if (isRefusal(place)) return place;
      if (kind === 'FIRST_SECRETARY' && (await findFirstSecretary(transaction, place.communityCode)) !== null) {
        return refuse('FIRST_SECRETARY_IN_OFFICE', 'input.communityId');
      }
      const id = store.ids.next();
      const { gridCode: _grid, ...communityPlace } = place;
      const inserted = await insertEngagement(transaction, {
        ...communityPlace,
        id,
        kind,
        unitName: unitName.trim(),
        holderName,
        holderPost: input.holderPost?.trim() ?? null,
        memberId: null,
        subjectKey: NAMED.has(kind) ? `${unitName.trim()}/${holderName}` : unitName.trim(),
        validFrom: dayOf(from),
        expiresOn: expiresOn === null ? null : dayOf(expiresOn),
        provenanceId,
      });
      if (!inserted) return refuse('ENGAGEMENT_IS_LIVE', 'input.unitName');
      const event = {
        eventType: 'party_engagement.begun',
        entityType: 'PartyEngagement',
        entityId: id,
        payload: { kind, communityId: input.communityId, from, expiresOn },
        place,
      };
      return { answer: { engagementKey: id }, rowCount: 1, events: [event] };
    },
  );
}
