import { defineConfig } from 'vitest/config';

/** The package as npm would publish it, installed into a project of its own: its verbs run one after the other. */
export default defineConfig({
  test: {
    include: ['tests/package/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
