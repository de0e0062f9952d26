import { defineConfig } from 'vitest/config';

/** Tests of DuckDB; they need its package, which is installed for them as an action installs it. */
export default defineConfig({
  test: {
    setupFiles: ['tests/property-seed.ts'],
    globalSetup: ['tests/duckdb.ts'],
    include: ['{actions,cli,shared}/**/*.duckdb.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
