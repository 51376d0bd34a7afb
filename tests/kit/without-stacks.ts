/**
 * Errors made until this is disposed of have no stack. Where errors are what is tested, making their stacks (mapped to
 * the sources, once for each error) takes most of the time.
 */
export function withoutStacks(): Disposable {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  return {
    [Symbol.dispose]: () => {
      Error.stackTraceLimit = limit;
    },
  };
}
