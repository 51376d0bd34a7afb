import './old-browsers.ts';
import './page.css';
import type { GraphiQLPlugin } from '@graphiql/react';
import { createRoot } from 'react-dom/client';
import { readConfig } from './config.ts';
import { ExamplesIcon } from './examples-icon.tsx';
import { ExamplesPanel } from './examples-panel.tsx';
import { createFetcher } from './fetcher.ts';
import { withToken } from './headers.ts';
import { Page } from './page.tsx';
import { openStorage } from './storage.ts';
import { printVariables } from './use-open-example.ts';
import { WELCOME } from './welcome.ts';

const config = readConfig();
const { demoHeaders, demoTokens, examples } = config;
const firstExample = examples.find(({ document }) => document.startsWith('query')) ?? examples[0];
const firstToken = (demoTokens.find(({ role }) => role === 'frontend') ?? demoTokens[0])?.token;
const storage = openStorage(demoTokens, {
  query: firstExample?.document ?? WELCOME,
  variables: firstExample ? printVariables(firstExample) : '',
  headers: firstToken ? withToken(JSON.stringify(demoHeaders), firstToken) : '',
});
const fetcher = createFetcher(config.endpoint, storage.readHeaders);
const examplesPlugin: GraphiQLPlugin = {
  title: '示例 Examples',
  icon: ExamplesIcon,
  content: () => <ExamplesPanel examples={examples} demoTokens={demoTokens} />,
};

const container = document.getElementById('yiyun');
if (container) {
  createRoot(container).render(<Page config={config} fetcher={fetcher} plugin={examplesPlugin} storage={storage} />);
}
