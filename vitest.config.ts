import { defineConfig } from 'vitest/config';

/** `npm test`: what needs neither the built addon nor minutes. The other two have a configuration of their own. */
export default defineConfig({
  test: {
    setupFiles: ['tests/property-seed.ts'],
    include: ['{actions,cli,shared,scripts,tests}/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'shared/model/node-backend.test.ts', '**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
  },
});
