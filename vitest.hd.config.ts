import { defineConfig } from 'vitest/config';
export default defineConfig({ root: '/tmp/wt/docs', test: { include: ['tests/e2e/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false } });
