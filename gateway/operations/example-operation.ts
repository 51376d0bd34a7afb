/** One example of `schema/operations/`: what the GraphiQL page lists, the tests run and the gateway trusts. */
export interface ExampleOperation {
  /** File name without its extension. */
  name: string;
  /** `中文标题 / English title`; the name when the file gives none. */
  title: string;
  /** Ids of the requirement rows that the operation proves, for example `S05`. At least one. */
  rows: string[];
  /** Demo city whose data the operation reads, for example `sanya`; any city when absent. */
  city?: string;
  /** The GraphQL document, without the header lines of the file. */
  document: string;
  /** Contents of `<name>.variables.json`; empty when there is no such file. */
  variables: Record<string, unknown>;
  /** Contents of `<name>.<city>.variables.json`: what the operation reads in cities that its rows are of, by city. */
  elsewhere?: Readonly<Record<string, Record<string, unknown>>>;
  /** Name of the document's first named operation. */
  operationName?: string;
}

/** The role in a document's line `# role: steward`: who runs it as an example and as a scenario. */
export function roleNamedIn({ document }: Pick<ExampleOperation, 'document'>): string | undefined {
  return /^#\s*role:\s*(\w+)/m.exec(document)?.[1];
}

/** A document that says `# empty at first`: what it lists comes only as the hub is used. */
export function isEmptyAtFirst({ document }: Pick<ExampleOperation, 'document'>): boolean {
  return /^#\s*empty at first\b/m.test(document);
}

const FIRST_CITY = 'jiaxing';

/** The operations as each demo city runs them: where they are at home, and elsewhere with variables of that city. */
export function examplesByCity(examples: readonly ExampleOperation[]): Map<string, ExampleOperation[]> {
  const cities = new Map<string, ExampleOperation[]>();
  const add = (city: string, example: ExampleOperation) => cities.set(city, [...(cities.get(city) ?? []), example]);
  for (const { elsewhere = {}, ...example } of examples) {
    add(example.city ?? FIRST_CITY, example);
    for (const [city, variables] of Object.entries(elsewhere)) add(city, { ...example, city, variables });
  }
  return cities;
}

/** The operations with the variables that a city has for them; those that it has none for stay as they are. */
export function examplesIn(city: string | undefined, examples: readonly ExampleOperation[]): ExampleOperation[] {
  return examples.map((example) => {
    const variables = city === undefined ? undefined : example.elsewhere?.[city];
    return variables === undefined ? example : { ...example, variables };
  });
}
