import type { PlaceCodes } from '../place-codes.ts';

/** Rows of party life: plain values as in `rows.ts`. */

export interface PartyRuleRow {
  readonly code: string;
  readonly effectiveFrom: string;
  readonly value: number;
  readonly unit: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly legalBasis: string | null;
  readonly confirmed: boolean;
  readonly provenanceId: string;
}

export interface PartyEngagementRow extends PlaceCodes {
  readonly id: string;
  readonly kind: string;
  readonly unitName: string | null;
  readonly holderName: string | null;
  readonly holderPost: string | null;
  readonly memberId: string | null;
  readonly subjectKey: string;
  readonly validFrom: string;
  readonly expiresOn: string | null;
  readonly validTo: string | null;
  readonly visitCount: number;
  readonly lastVisitedOn: string | null;
  readonly provenanceId: string;
}

export interface PartyMeetingRow extends PlaceCodes {
  readonly id: string;
  readonly organizationId: string;
  readonly kind: string;
  readonly heldOn: string;
  readonly topic: string;
  readonly expectedCount: number;
  readonly attendedCount: number;
  readonly gridCode: string | null;
  readonly provenanceId: string;
}

export interface PostClaimRow extends PlaceCodes {
  readonly id: string;
  readonly memberId: string;
  readonly post: string;
  readonly duty: string;
  readonly reward: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly gridCode: string;
  readonly provenanceId: string;
}

export interface ListEntryRow extends PlaceCodes {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly mode: string | null;
  readonly ownerName: string;
  readonly state: string;
  readonly claimedBy: string | null;
  readonly claimedAt: string | null;
  readonly fulfilledAt: string | null;
  readonly publishedAt: string;
  readonly provenanceId: string;
}

export interface VolunteerStationRow {
  readonly id: string;
  readonly level: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly organizationId: string | null;
  readonly establishedOn: string;
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly townshipCode: string | null;
  readonly communityCode: string | null;
  readonly provenanceId: string;
}

export interface SupervisionFindingRow extends PlaceCodes {
  readonly id: string;
  readonly channel: string;
  readonly organizationId: string;
  readonly finding: string;
  readonly state: string;
  readonly foundOn: string;
  readonly dueOn: string;
  readonly rectification: string | null;
  readonly rectifiedOn: string | null;
  readonly provenanceId: string;
}
