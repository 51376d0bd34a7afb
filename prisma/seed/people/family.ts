import { type CalendarDay, DAYS_PER_YEAR, dayOfInstant } from '../chance/calendar-day.ts';
import type { Random } from '../chance/random.ts';
import { REFERENCE_MILLISECONDS } from '../reference-instant.ts';
import { childAge, coupleAge, elderAge, type FamilyForm, ruralForms, urbanForms, youngAge } from './family-forms.ts';
import { type NamePart, surname } from './names.ts';

/** The day of the reference instant. */
export const REFERENCE_DAY: CalendarDay = dayOfInstant(REFERENCE_MILLISECONDS);

export type SexCode = '1' | '2';
export type MaritalState = 'UNMARRIED' | 'MARRIED' | 'WIDOWED' | 'DIVORCED';

/** One member, before a name and a number are given. Relation codes are those of GB/T 4761-2008. */
export interface FamilyMember {
  readonly sexCode: SexCode;
  readonly birthDay: CalendarDay;
  readonly surname: NamePart;
  readonly marital: MaritalState;
  readonly relation: string | null;
}

export interface Family {
  readonly form: FamilyForm;
  readonly members: readonly FamilyMember[];
}

const years = (count: number): number => Math.round(count * DAYS_PER_YEAR);

/** A birth date of somebody who is `age` or up to `spread` years older. */
function born(random: Random, age: number, spread = 1): CalendarDay {
  return REFERENCE_DAY - years(age) - random.below(years(spread));
}

const drawSex = (random: Random): SexCode => (random.chance(0.51) ? '1' : '2');

function husbandOf(random: Random, wifeBirth: CalendarDay): CalendarDay {
  const birth = wifeBirth - Math.round(random.bell(2, 2.4) * DAYS_PER_YEAR);
  return Math.min(birth, REFERENCE_DAY - years(22) - 1);
}

/** A family of a form as common as it is in towns or villages, with fitting ages. Always one head but in dormitories. */
export function composeFamily(random: Random, urban: boolean): Family {
  const form = (urban ? urbanForms : ruralForms)(random);
  return { form, members: composers[form](random) };
}

const composers: Record<FamilyForm, (random: Random) => FamilyMember[]> = {
  YOUNG_SINGLE: (random) => {
    const birthDay = born(random, youngAge(random), 2);
    const older = birthDay < REFERENCE_DAY - years(27);
    const marital = older && random.chance(0.45) ? 'MARRIED' : 'UNMARRIED';
    return [{ sexCode: random.chance(0.58) ? '1' : '2', birthDay, surname: surname(random), marital, relation: '02' }];
  },
  ELDER_SINGLE: (random) => {
    const marital = random.chance(0.8) ? 'WIDOWED' : random.chance(0.6) ? 'DIVORCED' : 'UNMARRIED';
    const sexCode = random.chance(0.64) ? '2' : '1';
    return [
      { sexCode, birthDay: born(random, elderAge(random) + 4, 3), surname: surname(random), marital, relation: '02' },
    ];
  },
  ADULT_SINGLE: (random) => {
    const birthDay = born(random, random.between(28, 58));
    const marital = random.chance(0.5) ? 'DIVORCED' : 'UNMARRIED';
    return [{ sexCode: drawSex(random), birthDay, surname: surname(random), marital, relation: '02' }];
  },
  ELDER_COUPLE: (random) => couple(random, born(random, elderAge(random) - 2, 3)),
  COUPLE: (random) => couple(random, born(random, coupleAge(random), 2)),
  ONE_CHILD: (random) => withChildren(random, 1),
  TWO_CHILDREN: (random) => withChildren(random, random.chance(0.06) ? 3 : 2),
  ONE_PARENT: (random) => {
    const [mother, father, children] = parentsAndChildren(random, random.chance(0.15) ? 2 : 1, 20);
    const keepsMother = random.chance(0.7);
    const parent = keepsMother ? mother : father;
    const sexCode = keepsMother ? '2' : '1';
    const head = surname(random);
    const childName = keepsMother && random.chance(0.7) ? surname(random) : head;
    const marital = random.chance(0.8) ? 'DIVORCED' : 'WIDOWED';
    return [
      { sexCode, birthDay: parent, surname: head, marital, relation: '02' },
      ...children.map((birthDay) => child(random, birthDay, childName)),
    ];
  },
  THREE_GENERATIONS: (random) => threeGenerations(random),
  GRANDPARENTS: (random) => {
    const grandchild = born(random, random.between(2, 14));
    const grandmother = grandchild - years(random.between(47, 60)) - random.below(365);
    const name = surname(random);
    const sexCode = drawSex(random);
    const member: FamilyMember = { sexCode, birthDay: grandchild, surname: name, marital: 'UNMARRIED', relation: '40' };
    if (random.chance(0.7)) return [...couple(random, grandmother, name), member];
    const widow: FamilyMember = {
      sexCode: '2',
      birthDay: grandmother,
      surname: surname(random),
      marital: 'WIDOWED',
      relation: '02',
    };
    return [widow, member];
  },
  DORMITORY: (random) =>
    Array.from({ length: random.between(4, 8) }, () => ({
      sexCode: random.chance(0.62) ? ('1' as const) : ('2' as const),
      birthDay: born(random, random.between(18, 36)),
      surname: surname(random),
      marital: 'UNMARRIED' as const,
      relation: null,
    })),
};

/** Head and spouse; the husband is the head in four of five. */
function couple(random: Random, wifeBirth: CalendarDay, husbandName: NamePart = surname(random)): FamilyMember[] {
  const husbandHeads = random.chance(0.8);
  const wife: FamilyMember = {
    sexCode: '2',
    birthDay: wifeBirth,
    surname: surname(random),
    marital: 'MARRIED',
    relation: husbandHeads ? '12' : '02',
  };
  const husband: FamilyMember = {
    sexCode: '1',
    birthDay: husbandOf(random, wifeBirth),
    surname: husbandName,
    marital: 'MARRIED',
    relation: husbandHeads ? '02' : '11',
  };
  return husbandHeads ? [husband, wife] : [wife, husband];
}

function child(random: Random, birthDay: CalendarDay, name: NamePart): FamilyMember {
  const sexCode: SexCode = random.chance(0.52) ? '1' : '2';
  return { sexCode, birthDay, surname: name, marital: 'UNMARRIED', relation: sexCode === '1' ? '20' : '30' };
}

/** Births of mother, father and children, oldest child first: mothers are 20 to 44 when a child is born. */
function parentsAndChildren(
  random: Random,
  count: number,
  oldestAge = 27,
): [mother: CalendarDay, father: CalendarDay, children: CalendarDay[]] {
  const eldest = REFERENCE_DAY - Math.min(years(childAge(random)) + random.below(years(2)), years(oldestAge));
  const motherAge = Math.min(Math.max(random.bell(26.6, 3.4), 20.1), count > 1 ? 33 : 40);
  const mother = eldest - Math.round(motherAge * DAYS_PER_YEAR);
  const father = husbandOf(random, mother);
  const children = [eldest];
  let birth = eldest;
  for (let i = 1; i < count; i++) {
    const next = birth + years(1.5) + random.below(years(4));
    if (next > REFERENCE_DAY) break;
    children.push(next);
    birth = next;
  }
  return [mother, Math.min(father, eldest - years(20)), children];
}

function withChildren(random: Random, count: number): FamilyMember[] {
  const [mother, father, children] = parentsAndChildren(random, count);
  const [husbandName, wifeName] = [surname(random), surname(random)];
  const husbandHeads = random.chance(0.8);
  const childName = random.chance(0.95) ? husbandName : wifeName;
  const husband: FamilyMember = {
    sexCode: '1',
    birthDay: father,
    surname: husbandName,
    marital: 'MARRIED',
    relation: husbandHeads ? '02' : '11',
  };
  const wife: FamilyMember = {
    sexCode: '2',
    birthDay: mother,
    surname: wifeName,
    marital: 'MARRIED',
    relation: husbandHeads ? '12' : '02',
  };
  const parents = husbandHeads ? [husband, wife] : [wife, husband];
  return [...parents, ...children.map((birthDay) => child(random, birthDay, childName))];
}

function threeGenerations(random: Random): FamilyMember[] {
  const [mother, father, children] = parentsAndChildren(random, random.chance(0.35) ? 2 : 1, 18);
  const name = surname(random);
  const wifeName = surname(random);
  const grandmotherBirth = father - years(21) - random.below(years(9));
  const grandfatherBirth = Math.min(husbandOf(random, grandmotherBirth), father - years(21));
  const alive = random.fraction();
  const hasGrandmother = alive < 0.85;
  const hasGrandfather = alive > 0.3;
  const both = hasGrandmother && hasGrandfather;
  const eldersHead = random.chance(0.45);
  const marital = both ? 'MARRIED' : 'WIDOWED';
  const members: FamilyMember[] = [];
  const relation = (whenEldersHead: string, whenChildrenHead: string): string =>
    eldersHead ? whenEldersHead : whenChildrenHead;
  const husband: FamilyMember = {
    sexCode: '1',
    birthDay: father,
    surname: name,
    marital: 'MARRIED',
    relation: relation('20', '02'),
  };
  const wife: FamilyMember = {
    sexCode: '2',
    birthDay: mother,
    surname: wifeName,
    marital: 'MARRIED',
    relation: relation('38', '12'),
  };
  const elders: FamilyMember[] = [];
  if (hasGrandfather) {
    elders.push({ sexCode: '1', birthDay: grandfatherBirth, surname: name, marital, relation: relation('02', '51') });
  }
  if (hasGrandmother) {
    const headOrWife = hasGrandfather ? '12' : '02';
    elders.push({
      sexCode: '2',
      birthDay: grandmotherBirth,
      surname: surname(random),
      marital,
      relation: relation(headOrWife, '52'),
    });
  }
  if (eldersHead) members.push(...elders, husband, wife);
  else members.push(husband, wife, ...elders);
  for (const birthDay of children) {
    const member = child(random, birthDay, name);
    members.push(eldersHead ? { ...member, relation: '40' } : member);
  }
  return members;
}
