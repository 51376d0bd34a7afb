import type { DocumentNode, OperationDefinitionNode } from 'graphql';

/** Everything about an operation that does not depend on a request: made on first sight of a document, then cached. */
export interface PreparedOperation {
  /** SHA-256 of the normalised document (literals taken out) and operation name, hex. */
  readonly hash: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
  /** The document without literal values, for the record. */
  readonly normalisedText: string;
  /** `Type.field` of the API schema that the operation touches, each once, sorted. */
  readonly coordinates: readonly string[];
  /** Arguments and input fields with a protected card that the document uses, as `Type.field(path:)`. */
  readonly protectedArguments: readonly string[];
  /** Cost points with these variables: see `operations/cost.ts` for the formula. */
  cost(variables: Readonly<Record<string, unknown>>): number;
}
