import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import type { AccessScope } from '../../subgraphs/kit/catalog-port.ts';
import type { ServedOperation } from '../operations/prepare.ts';
import type { PersonalFields } from '../policy/personal-fields.ts';

/** What an operation reads of somebody's data for one caller; undefined parts have no line. */
export interface AccessScopes {
  /** Given, masked, refused. */
  readonly read: AccessScope | undefined;
  readonly unmasked: AccessScope | undefined;
}

const NONE: readonly string[] = [];
const NOTHING: AccessScopes = { read: undefined, unmasked: undefined };

/** Finds scopes once per operation and caller: the same few callers run the same few operations all day. */
export class AccessScopeFinder {
  readonly #fields: PersonalFields;
  readonly #known = new WeakMap<ServedOperation, WeakMap<Caller, AccessScopes>>();
  readonly #writes = new WeakMap<ServedOperation, AccessScope>();

  constructor(fields: PersonalFields) {
    this.#fields = fields;
  }

  scopesOf(operation: ServedOperation, caller: Caller): AccessScopes {
    let byCaller = this.#known.get(operation);
    if (byCaller === undefined) {
      byCaller = new WeakMap();
      this.#known.set(operation, byCaller);
    }
    const known = byCaller.get(caller);
    if (known !== undefined) return known;
    const made = this.#make(operation, caller);
    byCaller.set(caller, made);
    return made;
  }

  /** What a mutation is about to do: its root fields. */
  writeOf(operation: ServedOperation): AccessScope {
    const known = this.#writes.get(operation);
    if (known !== undefined) return known;
    const made = scope(operation, { given: operation.coordinates.filter((name) => name.startsWith('Mutation.')) });
    this.#writes.set(operation, made);
    return made;
  }

  #make(operation: ServedOperation, caller: Caller): AccessScopes {
    const fields = operation.coordinates.flatMap((coordinate) => this.#fields.get(coordinate) ?? []);
    if (fields.length === 0) return NOTHING;
    const lists = {
      given: new Set<string>(),
      masked: new Set<string>(),
      unmasked: new Set<string>(),
      refused: new Set<string>(),
    };
    for (const { coordinate, right, masked, rowRight } of fields) {
      // A sharing grant opens a field in some rows; the line says that it was given, which is never too little.
      const may = right === undefined || caller.rights.has(right) || caller.openings?.has(coordinate) === true;
      if (!masked) lists[may ? 'given' : 'refused'].add(coordinate);
      else lists[may && (right === undefined || caller.unmask === true) ? 'unmasked' : 'masked'].add(coordinate);
      // Rows under special protection were not given: the line names the field on both sides.
      if (may && rowRight !== undefined && !caller.rights.has(rowRight)) {
        lists[masked ? 'masked' : 'refused'].add(coordinate);
      }
    }
    const given = [...lists.given].sort();
    const masked = [...lists.masked].sort();
    const refused = [...lists.refused].sort();
    const unmasked = [...lists.unmasked].sort();
    const isRead = given.length + masked.length + refused.length > 0;
    return {
      read: isRead ? scope(operation, { given, masked, refused }) : undefined,
      unmasked: unmasked.length > 0 ? scope(operation, { unmasked }) : undefined,
    };
  }
}

/** A scope of an operation; lists that are not given are empty. */
export function scope(
  operation: ServedOperation,
  lists: Partial<Pick<AccessScope, 'given' | 'masked' | 'unmasked' | 'refused'>>,
): AccessScope {
  const { given = NONE, masked = NONE, unmasked = NONE, refused = NONE } = lists;
  return { operationHash: operation.hash, operationName: operation.recordedName, given, masked, unmasked, refused };
}
