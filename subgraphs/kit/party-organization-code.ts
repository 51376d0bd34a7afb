/**
 * 党组织编码 — the code of an organization that the hub sets up: `DZ` and the last twelve digits of its id, in capitals. A
 * unique index refuses a repetition.
 */
export function organizationCodeOf(id: string): string {
  return `DZ${id.slice(-12).toUpperCase()}`;
}
