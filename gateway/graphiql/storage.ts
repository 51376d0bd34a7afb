import type { DemoToken } from '../http/graphiql-page.ts';

// GraphiQL's own namespace, so that its “Clear storage” button clears ours too
const NAMESPACE = 'graphiql:';
const GRAPHIQL_HEADERS = `${NAMESPACE}headers`;
const HEADERS = `${NAMESPACE}yiyun-headers`;
const TOKENS = `${NAMESPACE}yiyun-tokens`;

/** What GraphiQL keeps its state in, and the headers that the page sends now. */
export interface PageStorage extends Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'clear' | 'length'> {
  readHeaders(): string;
  writeHeaders(headers: string): void;
  /** True when the user dragged the side panel shut before the last reload. */
  isPanelHidden(): boolean;
}

/** What the editors hold on a first visit. */
export interface FirstView {
  query: string;
  variables: string;
  headers: string;
}

/**
 * Storage of the page. In demo mode it outlives the browser tab and keeps the headers; otherwise variables, which may
 * name people, end with the tab, and headers are never written.
 */
export function openStorage(demoTokens: readonly DemoToken[], firstView: FirstView): PageStorage {
  const keepsHeaders = demoTokens.length > 0;
  const area = keepsHeaders ? window.localStorage : window.sessionStorage;
  const listKeys = () => Object.keys(area).filter((key) => key.startsWith(NAMESPACE));
  if (keepsHeaders) {
    replaceOldTokens(area, listKeys(), demoTokens);
  }
  let headers = (keepsHeaders ? area.getItem(HEADERS) : null) ?? firstView.headers;
  if (area.getItem(`${NAMESPACE}tabState`) === null) {
    // seeded and not given as default: GraphiQL opens one more empty tab on each reload for a default it has not stored
    area.setItem(`${NAMESPACE}query`, firstView.query);
    area.setItem(`${NAMESPACE}variables`, firstView.variables);
  }
  return {
    // GraphiQL empties its stored headers on each start, before its editor is there: these calls never reach the area
    getItem: (key) => (key === GRAPHIQL_HEADERS ? headers : area.getItem(key)),
    setItem(key, value) {
      if (key !== GRAPHIQL_HEADERS) {
        area.setItem(key, keepsHeaders ? value : withoutHeaders(value));
      }
    },
    removeItem: (key) => area.removeItem(key),
    clear() {
      for (const key of listKeys()) {
        area.removeItem(key);
      }
    },
    get length() {
      return listKeys().length;
    },
    isPanelHidden: () => area.getItem(`${NAMESPACE}docExplorerFlex`) === 'hide-first',
    readHeaders: () => headers,
    writeHeaders(text) {
      headers = text;
      if (keepsHeaders) {
        area.setItem(HEADERS, text);
      }
    },
  };
}

/** GraphiQL's history notes the headers of each request, whether they are to be kept or not. */
function withoutHeaders(value: string): string {
  if (!value.includes('"headers"')) {
    return value;
  }
  try {
    return JSON.stringify(JSON.parse(value), (name, inner: unknown) => (name === 'headers' ? null : inner));
  } catch {
    return value; // an editor's own text, which is no record of GraphiQL's
  }
}

/** A restarted demo signs new tokens: tabs kept from before get the new token of the same role. */
function replaceOldTokens(area: Storage, keys: string[], demoTokens: readonly DemoToken[]): void {
  const known = JSON.parse(area.getItem(TOKENS) ?? '{}') as Record<string, string>; // written below, by this page only
  for (const { role, token } of demoTokens) {
    const old = known[role];
    if (old && old !== token) {
      for (const key of keys) {
        area.setItem(key, (area.getItem(key) ?? '').split(old).join(token));
      }
    }
  }
  area.setItem(TOKENS, JSON.stringify(Object.fromEntries(demoTokens.map(({ role, token }) => [role, token]))));
}
