export interface DistinctOperation {
  readonly name: string;
  readonly role: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

export function distinctOperations(root: string, count: number): DistinctOperation[];
