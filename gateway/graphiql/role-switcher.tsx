import { useEditorContext, useSchemaStore } from '@graphiql/react';
import type { DemoToken } from '../http/graphiql-page.ts';
import { findToken, withToken } from './headers.ts';

export const ENGLISH: Record<DemoToken['role'], string> = {
  system: 'Department system',
  frontend: 'Frontend application',
  steward: 'Data steward',
};

/** Puts the demo token of a role into the headers editor and reads the schema again as that role. */
export function RoleSwitcher({ demoTokens }: { demoTokens: readonly DemoToken[] }) {
  const { headerEditor, tabs, activeTabIndex } = useEditorContext({ nonNull: true });
  const { introspect } = useSchemaStore();
  const token = findToken(tabs[activeTabIndex]?.headers ?? '');
  const current = demoTokens.find((demo) => demo.token === token);

  const switchTo = (role: string) => {
    const chosen = demoTokens.find((demo) => demo.role === role);
    if (chosen && headerEditor) {
      headerEditor.setValue(withToken(headerEditor.getValue(), chosen.token));
      void introspect();
    }
  };
  return (
    <label className="yiyun-role">
      <span>演示身份 Role</span>
      <select value={current?.role ?? ''} onChange={(event) => switchTo(event.target.value)}>
        {!current && <option value="">自定义 Custom</option>}
        {demoTokens.map(({ role, titleZh }) => (
          <option key={role} value={role}>
            {titleZh} {ENGLISH[role]}
          </option>
        ))}
      </select>
    </label>
  );
}
