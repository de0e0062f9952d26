import { defineConfig } from 'vitest/config';

/**
 * Tests against real engines: DuckDB, whose package is installed for them as an action installs it, PostgreSQL, and S3 as moto
 * plays it. Where CI is set an engine that is missing fails them; elsewhere its tests are left out, and that is said.
 */
export default defineConfig({
  test: {
    setupFiles: ['tests/property-seed.ts', 'tests/no-traces.ts'],
    globalSetup: ['tests/duckdb.ts'],
    include: ['{actions,cli,shared}/**/*.{duckdb,postgres,s3}.test.ts'],
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
