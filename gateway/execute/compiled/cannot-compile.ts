/** An operation, or its plan, has a shape that is not compiled; the fallback executor serves it. */
export class CannotCompile extends Error {
  override readonly name = 'CannotCompile';
}

/**
 * Refuses names that every JavaScript object inherits: answers are plain objects, where a field of such a name that is
 * not there would be found nevertheless.
 */
export function assertPlainName(name: string): void {
  if (name in Object.prototype) throw new CannotCompile(`the name ${name}`);
}
