import { defineConfig } from 'vitest/config';

/** What `npm run mutate` runs for each mutant: of these tests, those that reach the mutated code; scripts/mutate.ts says whose. */
export default defineConfig({
  test: {
    setupFiles: ['tests/property-seed.ts'],
    include: [`${process.env.CICLO_MUTATION_TESTS}/**/*.test.ts`],
    exclude: [
      'shared/model/training/node-backend.test.ts',
      '**/*-browser.test.ts',
      '**/*.duckdb.test.ts',
      '**/node_modules/**',
    ],
    testTimeout: 60_000,
  },
});
