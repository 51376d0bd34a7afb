import type { PlaceCodes } from '../place-codes.ts';

/** Rows of the registers, as the generator makes them. */

export interface PolicyDocumentRow {
  readonly id: string;
  readonly title: string;
  readonly kind: 'OPINION' | 'MEASURES' | 'DUTY_LIST';
  readonly theme: string;
  readonly issuer: string | null;
  readonly issuedOn: string | null;
  readonly state: 'IN_FORCE' | 'PLANNED';
  readonly parentId: string | null;
  readonly ordinal: number;
  readonly cityCode: string;
  readonly provenanceId: string;
}

export interface PolicyProvisionRow {
  readonly id: string;
  readonly documentId: string;
  readonly kind: 'WORK_LINE' | 'ASPECT' | 'GOVERNMENT_DUTY' | 'SELF_GOVERNANCE_DUTY';
  readonly ordinal: number;
  readonly name: string | null;
  readonly cityCode: string;
  readonly provenanceId: string;
}

export interface ProgrammeRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: 'PILOT' | 'BRAND' | 'CAMPAIGN' | 'ROLLOUT';
  readonly level: 'NATIONAL' | 'PROVINCIAL' | 'MUNICIPAL' | null;
  readonly cityCode: string;
  readonly provenanceId: string;
}

export interface DesignationRow extends PlaceCodes {
  readonly id: string;
  readonly programmeId: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly endReason: string | null;
  readonly phase: number | null;
  readonly provenanceId: string;
}

export interface ExperienceEventRow {
  readonly id: string;
  readonly kind: 'FORUM' | 'SITE_VISIT' | 'SYMPOSIUM' | 'EXCHANGE';
  readonly theme: string;
  readonly host: string;
  readonly communityCode: string | null;
  readonly heldOn: string;
  readonly year: number;
  readonly quarter: number;
  readonly cityCode: string;
  readonly provenanceId: string;
}

export interface IndicatorRow {
  readonly id: string;
  readonly code: string;
  readonly setCode: string;
  readonly ordinal: number;
  readonly name: string;
  readonly unit: string;
  readonly formula: string | null;
  readonly measure: string | null;
  readonly denominator: string | null;
  readonly reported: number | null;
  readonly reportedNote: string | null;
  readonly flagged: boolean;
  readonly flagNote: string | null;
  readonly scope: 'CITY' | 'PROVINCE';
  readonly cityCode: string;
  readonly provenanceId: string;
}

export interface IndicatorTargetRow {
  readonly id: string;
  readonly indicatorId: string;
  readonly operator: 'AT_LEAST' | 'AT_MOST' | 'EQUAL';
  readonly value: number;
  readonly year: number | null;
  readonly provenanceId: string;
}

/** As a department reported it for a division on a day. */
export interface IndicatorReportRow {
  readonly id: string;
  readonly indicatorId: string;
  readonly divisionCode: string;
  readonly day: string;
  readonly value: number;
  readonly note: string | null;
  readonly provenanceId: string;
}

export interface IndicatorScoreRow {
  readonly id: string;
  readonly indicatorId: string;
  readonly communityCode: string;
  readonly evaluatedOn: string;
  readonly score: number;
  readonly provenanceId: string;
}

export interface DivisionChangeRow {
  readonly id: string;
  readonly fromCode: string;
  readonly fromName: string;
  readonly toCode: string;
  readonly kind: 'CONVERTED' | 'MERGED' | 'SPLIT' | 'RENAMED';
  readonly effectiveOn: string | null;
  readonly confirmed: boolean;
  readonly provenanceId: string;
}
