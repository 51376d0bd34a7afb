import { type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { printContracts } from '../../gateway/contracts.ts';
import { directiveArguments } from '../../gateway/plan/directive-arguments.ts';
import { subgraphs } from '../../subgraphs/registry.ts';

const printed = printContracts();
const types = subgraphs.flatMap(({ name }) =>
  parse(printed[`${name}.graphql`] ?? '').definitions.filter(
    (definition): definition is ObjectTypeDefinitionNode => definition.kind === Kind.OBJECT_TYPE_DEFINITION,
  ),
);
const cardOf = (field: FieldDefinitionNode) => directiveArguments(field.directives, 'card') ?? {};
const PERSONAL = new Set(['PERSONAL', 'SENSITIVE_PERSONAL']);

/** Types that are about persons for the most part, and whose personal items all take one right: whoever lacks it is not to learn how many there are either. */
const restricted = new Map(
  [...new Set(types.map(({ name }) => name.value))].flatMap((typeName) => {
    const cards = types.filter(({ name }) => name.value === typeName).flatMap(({ fields = [] }) => fields.map(cardOf));
    const personal = cards.filter(({ category }) => PERSONAL.has(String(category)));
    const others = cards.filter(({ category }) => category === 'PUBLIC' || category === 'GOVERNMENT');
    const rights = new Set(personal.map(({ right }) => right));
    const [right] = rights;
    return rights.size === 1 && right !== undefined && personal.length > others.length
      ? [[typeName, String(right)] as const]
      : [];
  }),
);

/** Whatever counts or sums up rows of a type of the graph, by its card. */
const aggregates = types.flatMap((type) =>
  (type.fields ?? []).flatMap((field) => {
    const card = cardOf(field);
    const from = String(card.derivedFrom ?? '');
    if (!/^(counts?|sums?) (of|over)\b/.test(from)) return [];
    const counted = [...from.matchAll(/\b[A-Z][A-Za-z]+\b/g)].map(([name]) => name);
    return [{ coordinate: `${type.name.value}.${field.name.value}`, type, card, counted, from }];
  }),
);

/** Figures whose small counts are withheld, with what would give them away; that they are is tested where they are made. */
const WITHHELD = new Set(['PlacePopulation', 'CareCount', 'SeasonalResidents', 'PopulationCell', 'PopulationRelease']);

test('an aggregate has a card of its own: it is no personal data, unless it is about one person', () => {
  expect(aggregates.length).toBeGreaterThan(100);
  const wrong = aggregates.filter(({ card, type }) => {
    const isOfOnePerson = (type.fields ?? []).some((field) => field.name.value === 'accessSubject');
    return typeof card.grade !== 'number' || (PERSONAL.has(String(card.category)) && !isOfOnePerson);
  });
  expect(wrong.map(({ coordinate }) => coordinate)).toEqual([]);
  // They are of a lower grade than the rows behind them, and so may be shared where those may not.
  const grades = new Map(aggregates.map(({ coordinate, card }) => [coordinate, card.grade]));
  expect(grades.get('Population.residentCount')).toBe(1);
  expect(grades.get('PartyOrganization.memberCount')).toBe(2);
  expect(cardOf(fieldOf('Person', 'birthDate')).grade).toBe(3);
  expect(cardOf(fieldOf('PartyMember', 'category')).grade).toBe(4);
});

test('how many there are of what takes a right takes the same right, or small counts are withheld', () => {
  expect([...restricted.keys()]).toEqual(expect.arrayContaining(['PartyMember', 'CareTag']));
  const counting = aggregates.filter(({ counted }) => counted.some((name) => restricted.has(name)));
  expect(counting.map(({ coordinate }) => coordinate)).toEqual(
    expect.arrayContaining(['PartyOrganization.memberCount', 'PlacePopulation.openElderAlertCount']),
  );
  const open = counting.filter(
    ({ card, counted, type }) =>
      !WITHHELD.has(type.name.value) && !counted.some((name) => card.right === restricted.get(name)),
  );
  expect(open.map(({ coordinate, from }) => `${coordinate}: ${from}`)).toEqual([]);
});

function fieldOf(typeName: string, fieldName: string): FieldDefinitionNode {
  const found = types
    .filter(({ name }) => name.value === typeName)
    .flatMap(({ fields = [] }) => fields)
    .find(({ name, directives }) => name.value === fieldName && directives?.some((one) => one.name.value === 'card'));
  if (found === undefined) throw new Error(`${typeName}.${fieldName} is not there`);
  return found;
}
