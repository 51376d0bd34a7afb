/** 材料 — one material of a guide, as its version keeps it. */
export interface GuideMaterial {
  readonly code: string;
  readonly name: string;
  readonly necessity: MaterialNecessity;
  /** Code of the department whose register holds it, where it is shared; the applicant brings it otherwise. */
  readonly sharedBy: string | null;
  /** Whether what was given with an earlier request is good for this one, too. */
  readonly reusable: boolean;
}

export type MaterialNecessity = 'REQUIRED' | 'IF_APPLICABLE';

export type MaterialState = 'FILLED' | 'REUSED' | 'GIVEN' | 'MISSING';
