import { Kind, visit } from 'graphql';
import type { ServedOperation } from '../operations/prepare.ts';

const MAX_SOUGHT = 100;

/** Subjects that a request names: global ids of subject types among its variables and literals. */
export class SoughtSubjects {
  readonly #types: ReadonlySet<string>;
  readonly #literals = new WeakMap<ServedOperation, readonly string[]>();

  /** @param types names of the types that are subjects. */
  constructor(types: ReadonlySet<string>) {
    this.#types = types;
  }

  find(operation: ServedOperation, variables: unknown): string[] {
    const found = new Set(this.#literalsOf(operation));
    this.#collect(variables, found);
    return [...found].slice(0, MAX_SOUGHT);
  }

  #literalsOf(operation: ServedOperation): readonly string[] {
    const known = this.#literals.get(operation);
    if (known !== undefined) return known;
    const found = new Set<string>();
    visit(operation.document, { [Kind.STRING]: ({ value }) => this.#collect(value, found) });
    const made = [...found];
    this.#literals.set(operation, made);
    return made;
  }

  #collect(value: unknown, found: Set<string>): undefined {
    if (typeof value === 'string') {
      if (isOfType(value, this.#types)) found.add(value);
    } else if (Array.isArray(value)) {
      for (const item of value) this.#collect(item, found);
    } else if (typeof value === 'object' && value !== null) {
      for (const item of Object.values(value)) this.#collect(item, found);
    }
    return undefined;
  }
}

/** Whether a text is a global id of one of some types. */
export function isOfType(id: string, types: ReadonlySet<string>): boolean {
  return id.length <= 100 && types.has(id.slice(0, id.indexOf(':')));
}
