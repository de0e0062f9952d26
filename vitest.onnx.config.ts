import { defineConfig } from 'vitest/config';

/** Tests of ONNX models; they need onnxruntime-node, which is installed for them as an action installs it. */
export default defineConfig({
  test: {
    setupFiles: ['tests/property-seed.ts'],
    globalSetup: ['tests/onnxruntime.ts'],
    include: ['{actions,cli,shared,tests}/**/*.onnx.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
