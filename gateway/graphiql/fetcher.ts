import type { GraphiQLProps } from 'graphiql';
import { parseHeaders } from './headers.ts';

/**
 * Sends operations to the gateway.
 *
 * GraphiQL introspects before its headers editor exists, hence without headers; `readHeaders` supplies them then.
 */
export function createFetcher(endpoint: string, readHeaders: () => string): GraphiQLProps['fetcher'] {
  return async (operation, options) => {
    const headers = new Headers({
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
    });
    for (const [name, value] of Object.entries(options?.headers ?? parseHeaders(readHeaders()) ?? {})) {
      headers.set(name, String(value));
    }
    try {
      const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(operation) });
      return readResult(response.status, await response.text());
    } catch (error) {
      return failure(
        '无法连接网关',
        `The gateway cannot be reached: ${error instanceof Error ? error.message : error}`,
      );
    }
  };
}

function readResult(status: number, text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return failure(`网关没有返回 JSON（HTTP ${status}）`, `The gateway did not answer JSON (HTTP ${status})`);
  }
}

// a result and not an exception: GraphiQL would show the stack of an exception
function failure(chinese: string, english: string) {
  return { errors: [{ message: `${chinese} / ${english}` }] };
}
