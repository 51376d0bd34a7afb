import type { PartyRuleRow } from '../../store/life/party-rule-rows.ts';
import type { PartyOrganizationKind } from '../../store/organization-rows.ts';
import { addMonths } from '../add-months.ts';

/** What a rule says against an organization as it is. */
export interface RuleBreach {
  readonly rule: PartyRuleRow;
  readonly actual: number;
}

interface SizedOrganization {
  readonly kind: PartyOrganizationKind;
  readonly termEndsOn: string | null;
  readonly coveredUnits?: readonly string[];
}

const BRANCHES: ReadonlySet<string> = new Set(['BRANCH', 'GRID_BRANCH', 'JOINT_BRANCH']);

/**
 * Sizes and terms by the rules in force: a branch has at least so many full members and generally not more than so
 * many; a joint branch generally covers not more than so many units; its term must not have run out. Branches only: committees are sized by the regulations of their level.
 */
export function findBreaches(
  { coveredUnits = [], kind, termEndsOn }: SizedOrganization,
  fullMemberCount: number,
  memberCount: number,
  rules: readonly PartyRuleRow[],
  today: string,
): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  for (const rule of rules) {
    if (rule.code === 'BRANCH_MEMBERS_MIN' && BRANCHES.has(kind) && fullMemberCount < rule.value) {
      breaches.push({ rule, actual: fullMemberCount });
    }
    if (rule.code === 'BRANCH_MEMBERS_MAX' && BRANCHES.has(kind) && memberCount > rule.value) {
      breaches.push({ rule, actual: memberCount });
    }
    if (rule.code === 'JOINT_BRANCH_UNITS_MAX' && kind === 'JOINT_BRANCH' && coveredUnits.length > rule.value) {
      breaches.push({ rule, actual: coveredUnits.length });
    }
    if (rule.code === 'TERM_YEARS_GRASSROOTS' && termEndsOn !== null && termEndsOn < today) {
      breaches.push({ rule, actual: rule.value });
    }
  }
  return breaches;
}

export interface RhythmLine {
  readonly rule: PartyRuleRow;
  readonly kind: string;
  readonly lastHeldOn: string | null;
  readonly overdue: boolean;
}

/** Rule of each meeting's rhythm, in months between two of them, and the organizations that it binds. */
const RHYTHMS = [
  { code: 'ASSEMBLY_EVERY_MONTHS', kind: 'MEMBERS_ASSEMBLY', binds: BRANCHES },
  { code: 'COMMITTEE_EVERY_MONTHS', kind: 'COMMITTEE_MEETING', binds: BRANCHES },
  { code: 'GROUP_EVERY_MONTHS', kind: 'GROUP_MEETING', binds: new Set(['MICRO_GRID_GROUP', 'GROUP']) },
  { code: 'LESSON_EVERY_MONTHS', kind: 'PARTY_LESSON', binds: BRANCHES },
] as const;

/** Three meetings and one lesson: when each was held last, and whether the next is overdue. */
export function meetingRhythm(
  kind: PartyOrganizationKind,
  lastMeetings: readonly { readonly kind: string; readonly lastHeldOn: string }[],
  rules: readonly PartyRuleRow[],
  today: string,
): RhythmLine[] {
  return RHYTHMS.flatMap((rhythm) => {
    const rule = rules.find(({ code }) => code === rhythm.code);
    if (rule === undefined || !(rhythm.binds as ReadonlySet<string>).has(kind)) return [];
    const lastHeldOn = lastMeetings.find((meeting) => meeting.kind === rhythm.kind)?.lastHeldOn ?? null;
    const overdue = lastHeldOn === null || addMonths(lastHeldOn, rule.value) < today;
    return [{ rule, kind: rhythm.kind, lastHeldOn, overdue }];
  });
}
