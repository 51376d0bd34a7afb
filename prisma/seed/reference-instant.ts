/** The instant at which the demo city stands, whatever the real date is: 2026-06-30 10:00 in China. */
export const REFERENCE_INSTANT = '2026-06-30T10:00:00+08:00';

/** The same instant in milliseconds since 1970. */
export const REFERENCE_MILLISECONDS: number = Date.parse(REFERENCE_INSTANT);

/** The day of it in China. */
export const REFERENCE_DATE = REFERENCE_INSTANT.slice(0, 10);
