import { defineConfig } from 'vitest/config';

/** The real command line and the real workflows on the example repository: slow, so apart from `npm test`. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: ['tests/e2e/actions/support/release.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
