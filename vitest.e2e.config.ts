import { defineConfig } from 'vitest/config';

/** The real command line on the example repository: slow, so apart from `npm test`. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
