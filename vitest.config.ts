import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // graphql's package has an ESM and a CommonJS build; without this both are loaded and refuse each other's schemas.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/kit/global-setup.ts'],
    pool: 'forks',
    // Files share the modules of their worker: loading them anew for each file was 40 % of the CPU time of a run.
    isolate: false,
    maxWorkers: 2,
    // Against what hangs, not against what is slow: a shared machine can take ten times as long.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 100_000 } },
  },
});
