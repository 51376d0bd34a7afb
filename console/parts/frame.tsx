import type { ReactNode } from 'react';
import { useContext } from 'react';
import { config } from '../config.ts';
import { TokenContext } from '../graph.ts';
import { type Language, useText } from '../language.ts';
import { linkTo, type Route } from '../route.ts';

interface FrameProps {
  readonly route: Route;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly onToken: (token: string) => void;
  readonly children: ReactNode;
}

const PAGES = [
  { name: 'brain', zh: '大脑', en: 'Brain' },
  { name: 'fields', zh: '目录', en: 'Catalogue' },
  { name: 'sharing', zh: '共享', en: 'Sharing' },
  { name: 'ledger', zh: '访问日志', en: 'Access log' },
  { name: 'systems', zh: '系统', en: 'Systems' },
  { name: 'intake', zh: '接收', en: 'Intake' },
  { name: 'clients', zh: '接入方', en: 'Clients' },
  { name: 'changes', zh: '图谱变更', en: 'Changes' },
] as const;

/** Pages of one thing stand under the page of all. */
const PAGE_OF: Readonly<Record<string, string>> = { field: 'fields', similar: 'fields', proposal: 'changes' };

/** What every page stands in: where one can go, in which language, as whom. */
export function Frame({ children, language, onLanguage, onToken, route }: FrameProps) {
  const text = useText();
  const token = useContext(TokenContext);
  const here = PAGE_OF[route[0] ?? ''] ?? route[0] ?? 'brain';
  const role = config.demoTokens.find((demo) => demo.token === token)?.role ?? '';
  return (
    <div className={here === 'brain' ? 'frame dark' : 'frame'}>
      <button type="button" className="skip" onClick={skip}>
        {text('跳到内容', 'Skip to the content')}
      </button>
      <header className="bar">
        <span className="name">一云</span>
        <nav aria-label={text('页面', 'Pages')}>
          {PAGES.map(({ name, zh, en }) => (
            <a key={name} href={linkTo(name)} aria-current={here === name ? 'page' : undefined}>
              {text(zh, en)}
            </a>
          ))}
          <a href="/docs">{text('文档', 'Docs')}</a>
        </nav>
        <span className="who">
          {config.demoTokens.length === 0 ? null : (
            <label>
              {text('演示身份', 'Role')}{' '}
              <select value={role} onChange={(event) => onToken(tokenOf(event.target.value))}>
                {role === '' ? <option value="">{text('自有令牌', 'Own token')}</option> : null}
                {config.demoTokens.map((demo) => (
                  <option key={demo.role} value={demo.role}>
                    {text(demo.titleZh, demo.role)}
                  </option>
                ))}
              </select>
            </label>
          )}
          <button type="button" onClick={() => onToken('')}>
            {text('换令牌', 'Sign in')}
          </button>
          <button
            type="button"
            lang={language === 'zh' ? 'en' : 'zh-CN'}
            onClick={() => onLanguage(language === 'zh' ? 'en' : 'zh')}
          >
            {language === 'zh' ? 'English' : '中文'}
          </button>
        </span>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function tokenOf(role: string): string {
  return config.demoTokens.find((demo) => demo.role === role)?.token ?? '';
}

/** The address is the page's, so the jump is made by hand. */
function skip(): void {
  document.getElementById('main')?.focus();
}
