/** Only the bundled programs have it; see `gateway/bundle.mjs`. */
declare const BUNDLED: true | undefined;

/** Whether this runs from the bundle below `dist/`; sources may lie beside an old one. */
export const isBundled: boolean = typeof BUNDLED !== 'undefined';
