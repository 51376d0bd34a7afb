import { createRequire } from 'node:module';

/** Resolves what the product has installed, not what the peers have: one copy of graphql per process. */
export const productRequire = createRequire(new URL('../../package.json', import.meta.url));
