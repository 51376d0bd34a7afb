import type { ExecutableOperation } from '../execute/executable-operation.ts';

/** Everything about an operation that does not depend on a request: made on first sight of a document, then cached. */
export interface PreparedOperation extends ExecutableOperation {
  /** SHA-256 of the normalised document (literals taken out) and operation name, hex. */
  readonly hash: string;
  /** The document without literal values, for the record. */
  readonly normalisedText: string;
  /** `Type.field` of the API schema that the operation touches, each once, sorted. */
  readonly coordinates: readonly string[];
  /** Arguments and input fields with a protected card that the document uses, as `Type.field(path:)`. */
  readonly protectedArguments: readonly string[];
  /** Cost points with these variables: see `operations/cost.ts` for the formula. */
  cost(variables: Readonly<Record<string, unknown>>): number;
}
