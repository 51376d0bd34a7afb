import { type GraphiQLPlugin, PluginContextProvider } from '@graphiql/react';
import { GraphiQL, type GraphiQLProps } from 'graphiql';
import { useState } from 'react';
import type { GraphiqlPageConfig } from '../http/graphiql-page.ts';
import { RoleSwitcher } from './role-switcher.tsx';
import type { PageStorage } from './storage.ts';
import { WELCOME } from './welcome.ts';

interface PageProps {
  config: GraphiqlPageConfig;
  fetcher: GraphiQLProps['fetcher'];
  plugin: GraphiQLPlugin;
  storage: PageStorage;
}

/** GraphiQL with the examples panel open, and the role switcher in demo mode. */
export function Page({ config, fetcher, plugin, storage }: PageProps) {
  const [headers, setHeaders] = useState(storage.readHeaders);
  const [plugins] = useState([plugin]); // GraphiQL compares the list by identity
  const [visiblePlugin] = useState(storage.isPanelHidden() ? {} : { visiblePlugin: plugin.title });
  const isDemo = config.demoTokens.length > 0;
  return (
    // GraphiQL fixes the panel as hidden before its own provider has made a plugin visible; this outer one is earlier
    <PluginContextProvider plugins={plugins} {...visiblePlugin}>
      <GraphiQL
        fetcher={fetcher}
        storage={storage}
        plugins={plugins}
        {...visiblePlugin}
        defaultQuery={WELCOME}
        defaultHeaders={headers}
        defaultEditorToolsVisibility={isDemo ? 'variables' : 'headers'}
        shouldPersistHeaders={isDemo}
        showPersistHeadersSettings={false}
        schemaDescription
        inputValueDeprecation
        onEditHeaders={(text) => {
          storage.writeHeaders(text);
          setHeaders(text);
        }}
      >
        <GraphiQL.Logo>
          <div className="yiyun-brand">
            {isDemo && <RoleSwitcher demoTokens={config.demoTokens} />}
            <strong>一云 Yiyun</strong>
          </div>
        </GraphiQL.Logo>
      </GraphiQL>
    </PluginContextProvider>
  );
}
