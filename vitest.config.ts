import { readFile } from 'node:fs/promises';
import { defineConfig } from 'vitest/config';

/** GitHub's workflow parser names source maps whose sources it does not bring: each would be a warning. */
const withoutSourceMaps = {
  name: 'without-source-maps',
  load: async (id: string) =>
    /\/@actions\/workflow-parser\/dist\/.+\.js$/.test(id)
      ? (await readFile(id, 'utf8')).replace(/^\/\/# sourceMappingURL=.*$/m, '')
      : undefined,
};

/** `npm test`: what needs neither the built addon nor minutes. The other two have a configuration of their own. */
export default defineConfig({
  plugins: [withoutSourceMaps],
  test: {
    setupFiles: ['tests/property-seed.ts'],
    include: ['{actions,cli,shared,scripts,tests}/**/*.test.ts'],
    exclude: [
      'tests/e2e/**',
      'shared/model/training/node-backend.test.ts',
      '**/node_modules/**',
      '**/dist/**',
    ],
    testTimeout: 60_000,
    // It imports JSON without an attribute, which Node refuses and vitest's own loader does not.
    server: { deps: { inline: ['@actions/workflow-parser'] } },
  },
});
