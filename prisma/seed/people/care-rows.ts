import type { PlaceCodes } from '../place-codes.ts';
import type { CareTagKind } from '../vocabulary.ts';

/** Rows of care, as the generator makes them. */

export interface CareTagRow extends PlaceCodes {
  readonly id: string;
  readonly personId: string;
  readonly kind: CareTagKind;
  readonly restricted: boolean;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly endReason: string | null;
  readonly gridCode: string;
  readonly provenanceId: string;
}

export interface CareVisitRow extends PlaceCodes {
  readonly id: string;
  readonly careTagId: string;
  readonly restricted: boolean;
  readonly visitedOn: string;
  readonly mode: 'HOME_VISIT' | 'TELEPHONE' | 'OFFICE_TALK';
  readonly note: string | null;
  readonly gridCode: string;
  readonly provenanceId: string;
}

export interface ElderAlertRow extends PlaceCodes {
  readonly id: string;
  readonly personId: string;
  readonly kind: 'EMERGENCY_CALL' | 'NO_MOVEMENT' | 'SMOKE_OR_GAS' | 'LEFT_SAFE_AREA' | 'CARE_OVERDUE';
  readonly state: 'RAISED' | 'ACKNOWLEDGED' | 'RESOLVED' | 'FALSE_ALARM';
  readonly raisedAt: string;
  readonly closedAt: string | null;
  readonly gridCode: string;
  readonly provenanceId: string;
}
