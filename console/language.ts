import { createContext, useCallback, useContext } from 'react';

export type Language = 'zh' | 'en';

const KEPT = 'yiyun-console-language';

export const LanguageContext = createContext<Language>('zh');

/** Chooses between the two texts that everything on the page has. */
export function useText(): (zh: string, en: string) => string {
  const language = useContext(LanguageContext);
  return useCallback((zh: string, en: string) => (language === 'zh' ? zh : en), [language]);
}

/** The language of the last visit, else the browser's. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}
