/** 亲属关系 — what a check of kinship may be asked. */
export const kinships = {
  SPOUSES: { zh: '夫妻', en: 'Husband and wife' },
  PARENT_AND_CHILD: { zh: '父母与子女', en: 'Parent and child' },
  SIBLINGS: { zh: '兄弟姐妹', en: 'Brothers and sisters' },
  GRANDPARENT_AND_GRANDCHILD: { zh: '祖孙', en: 'Grandparent and grandchild' },
} as const;
export type Kinship = keyof typeof kinships;

/** What the register knows of a member: the household, and the relation to its head (GB/T 4761). */
export interface HouseholdMember {
  readonly id: string;
  readonly householdId: string | null;
  readonly relationToHeadCode: string | null;
}

type Side = 'HEAD' | 'SPOUSE' | 'CHILD' | 'GRANDCHILD' | 'PARENT' | 'GRANDPARENT' | 'SIBLING' | undefined;

/** GB/T 4761: 01–02 the head, 10s spouses, 20s and 30s children (28 and 38 are in-laws), 40s grandchildren, 50s parents (53–56 are in-laws), 60s grandparents, 70s siblings. */
function sideOf(code: string | null): Side {
  if (code === null || ['28', '38', '53', '54', '55', '56'].includes(code)) return undefined;
  if (code === '01' || code === '02') return 'HEAD';
  const tens: Readonly<Record<string, Side>> = {
    ...{ '1': 'SPOUSE', '2': 'CHILD', '3': 'CHILD', '4': 'GRANDCHILD' },
    ...{ '5': 'PARENT', '6': 'GRANDPARENT', '7': 'SIBLING' },
  };
  return tens[code.slice(0, 1)];
}

const PAIRS: Readonly<Record<Kinship, readonly (readonly [Side, Side])[]>> = {
  SPOUSES: [['HEAD', 'SPOUSE']],
  PARENT_AND_CHILD: [
    ['HEAD', 'CHILD'],
    ['PARENT', 'HEAD'],
  ],
  // Two children of one head have that parent in common.
  SIBLINGS: [
    ['HEAD', 'SIBLING'],
    ['CHILD', 'CHILD'],
  ],
  GRANDPARENT_AND_GRANDCHILD: [
    ['HEAD', 'GRANDCHILD'],
    ['GRANDPARENT', 'HEAD'],
    ['PARENT', 'CHILD'],
  ],
};

/**
 * Whether the register itself states that two persons are related so: members of one household, by what is recorded of
 * each towards its head. What it does not state is not confirmed, which is no statement of the contrary.
 */
export function confirmsKinship(a: HouseholdMember, b: HouseholdMember, kinship: Kinship): boolean {
  if (a.id === b.id || a.householdId === null || a.householdId !== b.householdId) return false;
  const [first, second] = [sideOf(a.relationToHeadCode), sideOf(b.relationToHeadCode)];
  if (first === undefined || second === undefined) return false;
  return PAIRS[kinship].some(
    ([one, other]) => (one === first && other === second) || (one === second && other === first),
  );
}
