import { isUuid } from './ids.ts';

/**
 * Global ids are `<Type>:<key>`: one spelling for `Node.id`, for entity keys between subgraphs and for mutation
 * inputs. Clients treat them as opaque. The key is a UUIDv7, or the public code where a territory has one.
 */
export function globalId(typeName: string, key: string): string {
  return `${typeName}:${key}`;
}

function isOfType(typeName: string, id: unknown): id is string {
  return typeof id === 'string' && id.startsWith(typeName) && id[typeName.length] === ':';
}

/** The key inside a global id of the expected type, or undefined when it is another type's or malformed. */
export function findKey(typeName: string, id: unknown): string | undefined {
  return isOfType(typeName, id) ? id.slice(typeName.length + 1) : undefined;
}

/** Uuids by the global ids that they were found in lately: several subgraphs are asked for the same entities in turn. */
let uuids = new Map<string, string>();
const REMEMBERED_UUIDS = 2_000;

/** Like `findKey`, for types whose key is a UUID. */
export function findUuidKey(typeName: string, id: unknown): string | undefined {
  if (!isOfType(typeName, id)) return undefined;
  const known = uuids.get(id);
  if (known !== undefined) return known;
  const key = id.slice(typeName.length + 1);
  if (!isUuid(key)) return undefined;
  if (uuids.size >= REMEMBERED_UUIDS) uuids = new Map();
  uuids.set(id, key);
  return key;
}

/** Like `findKey`, for types whose key is a code of digits (`digits` long). */
export function findCodeKey(typeName: string, digits: number, id: unknown): string | undefined {
  const key = findKey(typeName, id);
  return key !== undefined && key.length === digits && /^\d+$/.test(key) ? key : undefined;
}

/** Splits any global id; undefined when it is not one. */
export function splitGlobalId(id: string): { typeName: string; key: string } | undefined {
  const colon = id.indexOf(':');
  if (colon < 1 || colon === id.length - 1) return undefined;
  return { typeName: id.slice(0, colon), key: id.slice(colon + 1) };
}
