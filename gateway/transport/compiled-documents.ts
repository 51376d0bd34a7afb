/** Room of a process; a field of a compiled document takes 4.3 KB (measured over 500 operations), so this is 17 MB. */
export const MOST_COMPILED_FIELDS = 4_000;

/** A document that may be compiled. */
export interface CompilableDocument {
  /** Number of its fields, which what is compiled of it grows with. */
  readonly fields: number;
  /** Larger, the later it was run last. */
  lastRun: number;
  /** Drops what was compiled. */
  forget(): void;
}

/**
 * Bounds what compiled documents take, of all subgraphs of a process together. Where there is no more room, those that
 * were not run for longest are interpreted again.
 */
export class CompiledDocuments {
  readonly #mostFields: number;
  readonly #compiled = new Set<CompilableDocument>();
  #fields = 0;
  #runs = 0;

  constructor(mostFields = Number.POSITIVE_INFINITY) {
    this.#mostFields = mostFields;
  }

  /** Fields of all documents that are compiled. */
  get fields(): number {
    return this.#fields;
  }

  /** The number of a run, for `lastRun`. */
  nextRun(): number {
    this.#runs += 1;
    return this.#runs;
  }

  /** Makes room for a document that is about to be compiled. */
  admit(document: CompilableDocument): void {
    this.#fields += document.fields;
    if (this.#fields > this.#mostFields) {
      for (const oldest of [...this.#compiled].sort((a, b) => a.lastRun - b.lastRun)) {
        this.#compiled.delete(oldest);
        this.#fields -= oldest.fields;
        oldest.forget();
        if (this.#fields <= this.#mostFields) break;
      }
    }
    this.#compiled.add(document);
  }
}
