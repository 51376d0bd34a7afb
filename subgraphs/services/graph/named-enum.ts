import type { Named } from '../../kit/machine/machine-declaration.ts';
import { builder } from './builder.ts';

/** An enum out of a table of names. */
export function namedEnum<Value extends string>(
  name: string,
  description: string,
  names: Readonly<Record<Value, Named>>,
) {
  const values = Object.fromEntries(
    Object.entries<Named>(names).map(([value, { zh, en }]) => [value, { description: `${zh} ${en}.` }]),
  ) as { [V in Value]: { description: string } }; // the table's own keys
  return builder.enumType(name, { description, values });
}
