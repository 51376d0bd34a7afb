type HeaderValues = Record<string, unknown>;

/** Headers as the headers editor holds them; nothing for text that is not a JSON object. */
export function parseHeaders(text: string): HeaderValues | undefined {
  try {
    const headers: unknown = JSON.parse(text);
    return typeof headers === 'object' && headers !== null ? (headers as HeaderValues) : undefined;
  } catch {
    return undefined;
  }
}

/** The bearer token that the headers editor's text carries. */
export function findToken(text: string): string | undefined {
  const authorization = Object.entries(parseHeaders(text) ?? {}).find(([name]) => isAuthorization(name))?.[1];
  return /^Bearer\s+(\S+)$/i.exec(String(authorization ?? ''))?.[1];
}

/** The headers editor's text with another bearer token; every other header stays. */
export function withToken(text: string, token: string): string {
  const others = Object.entries(parseHeaders(text) ?? {}).filter(([name]) => !isAuthorization(name));
  return JSON.stringify({ Authorization: `Bearer ${token}`, ...Object.fromEntries(others) }, null, 2);
}

function isAuthorization(name: string): boolean {
  return name.toLowerCase() === 'authorization';
}
