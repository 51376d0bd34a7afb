const NUMBERS = 100_000_000;

/**
 * An 11-digit number for the person with this ordinal (0 .. 99,999,999), different for each. It begins with 100:
 * Chinese mobile numbers begin with 13 to 19, so no call or message can reach anybody.
 */
export function syntheticPhone(ordinal: number): string {
  const number = Number((BigInt(ordinal) * 48_271_717n + 10_203_040n) % BigInt(NUMBERS));
  return `100${String(number).padStart(8, '0')}`;
}
