import type { ConsolePageConfig } from '../gateway/http/console-page.ts';

function readConfig(): ConsolePageConfig {
  const text = document.getElementById('yiyun-config')?.textContent;
  if (!text) throw new Error('页面缺少配置 / The page has no configuration');
  return JSON.parse(text) as ConsolePageConfig; // written by registerConsole of the same build
}

export const config: ConsolePageConfig = readConfig();
