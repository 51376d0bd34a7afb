/**
 * esbuild rewrites syntax for Chromium 87, not the library: this is what GraphiQL and its libraries call of what came
 * later (`Array.prototype.at`, Chromium 92). Runs before any of them.
 */
if (!('at' in Array.prototype)) {
  Object.defineProperty(Array.prototype, 'at', {
    configurable: true,
    writable: true,
    value: function at(this: unknown[], index: number) {
      return this[index < 0 ? this.length + index : index];
    },
  });
}

export {};
