import { defineConfig } from 'vitest/config';

/** Tests of train.backend: node; they need the native addon, which scripts/build-tfjs-node.sh builds. */
export default defineConfig({
  test: {
    setupFiles: ['tests/property-seed.ts'],
    include: ['shared/model/training/node-backend.test.ts', 'tests/workflows/native-backend.test.ts'],
    testTimeout: 180_000,
    // The native library cannot be loaded twice into one process, which worker threads would do.
    pool: 'forks',
  },
});
