import type { CareTagKind } from '../../store/care/care-rows.ts';
import type { PeopleRuleCode } from '../../store/care/care-writes.ts';

interface CareKind {
  /** 重点人群: behind a right of its own. */
  readonly restricted: boolean;
  /** The rule that says from which age, or below which, somebody may carry the tag. */
  readonly fromAge?: PeopleRuleCode;
  readonly belowAge?: PeopleRuleCode;
}

const OPEN: CareKind = { restricted: false };
const RESTRICTED: CareKind = { restricted: true };

/** 标签类型 — what each kind demands. */
export const careKinds: Record<CareTagKind, CareKind> = {
  SOLITARY_ELDER: { restricted: false, fromAge: 'ELDER_AGE_YEARS' },
  SUBSISTENCE_ALLOWANCE: OPEN,
  EXTREME_POVERTY_SUPPORT: OPEN,
  MARGINAL_LOW_INCOME: OPEN,
  DISABILITY: OPEN,
  PREFERENTIAL_TREATMENT: OPEN,
  VETERAN: { restricted: false, fromAge: 'CHILD_AGE_YEARS' },
  CHILD_IN_NEED: { restricted: false, belowAge: 'CHILD_AGE_YEARS' },
  LEFT_BEHIND: OPEN,
  KEY_POPULATION: RESTRICTED,
  COMMUNITY_CORRECTION: RESTRICTED,
  AFTERCARE_SUPPORT: RESTRICTED,
};
