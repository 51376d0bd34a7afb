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
  /** Name of the document's first named operation. */
  operationName?: string;
}

/** The role in a document's line `# role: steward`: who runs it as an example and as a scenario. */
export function roleNamedIn({ document }: Pick<ExampleOperation, 'document'>): string | undefined {
  return /^#\s*role:\s*(\w+)/m.exec(document)?.[1];
}
