import { useEditorContext, useSchemaStore } from '@graphiql/react';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import type { DemoToken } from '../http/graphiql-page.ts';
import { type ExampleOperation, roleNamedIn } from '../operations/example-operation.ts';
import { findToken, withToken } from './headers.ts';
import { WELCOME } from './welcome.ts';

interface OpenExample {
  openExample(example: ExampleOperation): void;
  /** The demo identity that the example opened last has put in place of another one. */
  actingAs: DemoToken | undefined;
}

/**
 * Loads an example into the current tab, or into a new one where the current tab holds something of the user's own. In
 * demo mode an example that names a role (`# role: steward`) is run with that role's token, the next one that names none
 * with the token of before. A token of the user's own stays.
 */
export function useOpenExample(examples: readonly ExampleOperation[], demoTokens: readonly DemoToken[]): OpenExample {
  const editors = useEditorContext({ nonNull: true });
  const { introspect } = useSchemaStore();
  const [actingAs, setActingAs] = useState<DemoToken>();
  const [former, setFormer] = useState<DemoToken>();
  const actAs = (role: string | undefined) => {
    const { headerEditor } = editors;
    const token = headerEditor ? findToken(headerEditor.getValue()) : undefined;
    const current = demoTokens.find((demo) => demo.token === token);
    // Who has chosen another identity since is not put back into the one before.
    const back = actingAs !== undefined && current === actingAs ? former : undefined;
    const wanted = role === undefined ? back : demoTokens.find((demo) => demo.role === role);
    const isOwn = token !== undefined && current === undefined;
    if (!headerEditor || !wanted || isOwn || wanted === current) {
      if (wanted !== current || role === undefined) setActingAs(undefined);
      return;
    }
    setFormer(back ?? current);
    setActingAs(role === undefined ? undefined : wanted);
    headerEditor.setValue(withToken(headerEditor.getValue(), wanted.token));
    void introspect();
  };
  const openExample = (example: ExampleOperation) => {
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
    actAs(roleNamedIn(example));
  };
  return { openExample, actingAs };
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
