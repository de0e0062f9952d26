import { defineConfig } from 'vitest/config';

/** Tests of Trino; they need Java and jars, which Maven fetches. */
export default defineConfig({
  test: {
    setupFiles: ['tests/property-seed.ts'],
    globalSetup: ['tests/trino.ts'],
    include: ['{actions,shared}/**/*.trino.test.ts'],
    // The nodes share what processors there are.
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
