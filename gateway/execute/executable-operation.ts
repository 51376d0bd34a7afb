import { type DocumentNode, getOperationAST, type OperationDefinitionNode, parse } from 'graphql';

/** What an executor needs of an operation; whoever makes one has validated it. Its identity is what caches go by. */
export interface ExecutableOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
}

/** Reads a text of one operation. Throws when it holds none, or several. */
export function executableOperation(text: string): ExecutableOperation {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (operation == null) throw new Error('One operation is wanted');
  return { document, operation, operationName: operation.name?.value };
}
