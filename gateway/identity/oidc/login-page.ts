import { createHash } from 'node:crypto';
import type { DemoAccount } from './demo-accounts.ts';

const STYLE = `body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;margin:0;background:#f4f6f8;color:#1c2733}
main{max-width:26rem;margin:12vh auto;padding:2rem;background:#fff;border-radius:12px;box-shadow:0 2px 16px #0001}
h1{font-size:1.25rem;margin:0 0 .25rem}p{margin:.25rem 0 1.25rem;color:#566}
button{display:block;width:100%;margin:.5rem 0;padding:.75rem 1rem;font:inherit;text-align:left;border:1px solid #cdd5dd;border-radius:8px;background:#fff;cursor:pointer}
button:hover,button:focus{border-color:#1663c7;outline:none}small{display:block;color:#678}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/**
 * What the browser may load on these pages: their one style, and nothing else.
 *
 * @param target where the form leads in the end; browsers hold redirects after a form to the same list.
 */
export function loginPolicy(target?: string): string {
  const formAction = ["'self'", ...(target === undefined ? [] : [new URL(target).origin])].join(' ');
  return `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action ${formAction}; frame-ancestors 'none'; base-uri 'none'`;
}

/** Lets a person of the demo city log in by a click: there are no passwords, since there are no real people. */
export function loginPage(action: string, clientName: string, accounts: readonly DemoAccount[]): string {
  const buttons = accounts.map(
    ({ accountId, titleZh, titleEn }) =>
      `<button name="account" value="${escapeHtml(accountId)}">${escapeHtml(titleZh)}<small>${escapeHtml(titleEn)}</small></button>`,
  );
  return page(
    '登录一云 Log in to Yiyun',
    `<p>${escapeHtml(clientName)}<br>演示城市，请选择身份。A demo city: choose who you are.</p>
<form method="post" action="${escapeHtml(action)}">${buttons.join('')}</form>`,
  );
}

/** @param code an error code of OAuth 2.0. */
export function errorPage(code: string): string {
  return page(
    '无法登录 Cannot log in',
    `<p>请回到应用重新登录。 Go back to the application and log in again. (${escapeHtml(code)})</p>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style><main><h1>${title}</h1>${body}</main></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
