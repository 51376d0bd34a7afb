import type { CatalogPort } from '../../subgraphs/kit/catalog-port.ts';
import type { Identity } from '../identity/identify.ts';
import { BoundedCache } from './bounded-cache.ts';

/** Texts of registered documents by their hash, for the clients that have registered them. */
export interface RegisteredDocuments {
  /** Undefined where this client has registered no such document in a live version. */
  find(identity: Identity, hash: string): Promise<string | undefined>;
}

const CAPACITY = 2_000;
const CAPACITY_CHARACTERS = 8 * 1024 * 1024;

/** Remembers texts for good: a hash stands for one text. Whether a client may have it is asked each time. */
export function createRegisteredDocuments(catalog: Pick<CatalogPort, 'findTrustedText'>): RegisteredDocuments {
  const texts = new BoundedCache<string>(CAPACITY, CAPACITY_CHARACTERS);
  return {
    async find({ registeredDocuments }, hash) {
      if (registeredDocuments?.has(hash) !== true) return undefined;
      const known = texts.get(hash);
      if (known !== undefined) return known;
      const text = await catalog.findTrustedText(hash);
      if (text === null) return undefined;
      texts.set(hash, text, text.length);
      return text;
    },
  };
}
