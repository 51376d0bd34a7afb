import { useEditorContext } from '@graphiql/react';
import { flushSync } from 'react-dom';
import type { ExampleOperation } from '../operations/example-operation.ts';
import { WELCOME } from './welcome.ts';

/** Loads an example into the current tab, or into a new one where the current tab holds something of the user's own. */
export function useOpenExample(examples: readonly ExampleOperation[]): (example: ExampleOperation) => void {
  const editors = useEditorContext({ nonNull: true });
  return (example) => {
    const { queryEditor, variableEditor, responseEditor } = editors;
    if (!queryEditor || !variableEditor) {
      return; // the editors are still loading
    }
    if (!isReplaceable(queryEditor.getValue(), variableEditor.getValue(), examples)) {
      flushSync(editors.addTab); // addTab writes the editors while it renders; ours must come after
    }
    const variables = printVariables(example);
    queryEditor.setValue(example.document);
    variableEditor.setValue(variables);
    responseEditor?.setValue('');
    editors.setOperationName(example.operationName ?? '');
    editors.updateActiveTabValues({ query: example.document, variables, response: null });
  };
}

/** An example's variables as the variables editor shows them. */
export function printVariables({ variables }: ExampleOperation): string {
  return Object.keys(variables).length === 0 ? '' : JSON.stringify(variables, null, 2);
}

function isReplaceable(query: string, variables: string, examples: readonly ExampleOperation[]): boolean {
  return (
    query.trim() === '' ||
    query === WELCOME ||
    examples.some((example) => example.document === query && printVariables(example) === variables)
  );
}
