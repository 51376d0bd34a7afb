/** What one operation cost: statements per subgraph, and fetches made by the gateway. Asserted by tests. */
export class OperationTrace {
  readonly statements = new Map<string, string[]>();
  /** Ids of the subjects whose personal data the answer holds, as often as they occur; see the access log. */
  readonly subjects: string[] = [];

  /** Requests to subgraphs, by subgraph. */
  readonly fetches = new Map<string, number>();

  recordFetch(subgraph: string): void {
    this.fetches.set(subgraph, (this.fetches.get(subgraph) ?? 0) + 1);
  }

  recordStatement(subgraph: string, name: string): void {
    const names = this.statements.get(subgraph);
    if (names === undefined) this.statements.set(subgraph, [name]);
    else names.push(name);
  }

  statementCounts(): Record<string, number> {
    return Object.fromEntries([...this.statements].map(([subgraph, names]) => [subgraph, names.length]));
  }
}
