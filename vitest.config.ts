import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{actions,cli,shared,scripts,tests}/**/*.test.ts'],
    exclude: ['tests/{e2e,node-backend}/**', '**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
  },
});
