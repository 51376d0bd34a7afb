import type { GraphiqlPageConfig } from '../http/graphiql-page.ts';

/** Reads the configuration that the server wrote into the page. */
export function readConfig(): GraphiqlPageConfig {
  const text = document.getElementById('yiyun-config')?.textContent;
  if (!text) {
    throw new Error('页面缺少配置 / The page has no configuration');
  }
  return JSON.parse(text) as GraphiqlPageConfig; // written by renderGraphiqlPage of the same build
}
