/** What has been opened so far and must be closed in the opposite order, whatever happens. */
export class Closers {
  readonly #steps: { readonly name: string; readonly close: () => Promise<unknown>; readonly milliseconds: number }[] =
    [];
  #closing: Promise<void> | undefined;

  /** @param milliseconds how long closing it may take before the next one gets its turn. */
  add(name: string, close: () => Promise<unknown>, milliseconds = 15_000): void {
    this.#steps.push({ name, close, milliseconds });
  }

  /** Closes everything; may be called twice. `onProblem` is told what did not close. */
  close(onProblem: (name: string, error: unknown) => void = () => {}): Promise<void> {
    this.#closing ??= this.#closeAll(onProblem);
    return this.#closing;
  }

  async #closeAll(onProblem: (name: string, error: unknown) => void): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      const { name, close, milliseconds } = step;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`not closed within ${milliseconds} ms`)), milliseconds);
      });
      try {
        await Promise.race([close(), late]);
      } catch (error) {
        onProblem(name, error);
      } finally {
        clearTimeout(timer);
      }
    }
  }
}
