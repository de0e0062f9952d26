import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Programs that tests start, and packages that every worker loads, are compiled once.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/node', import.meta.url));

/** GitHub's workflow parser names source maps whose sources it does not bring: each would be a warning. */
const withoutSourceMaps = {
  name: 'without-source-maps',
  load: async (id: string) =>
    /\/@actions\/workflow-parser\/dist\/.+\.js$/.test(id)
      ? (await readFile(id, 'utf8')).replace(/^\/\/# sourceMappingURL=.*$/m, '')
      : undefined,
};

/** What git reads as its configuration from the environment. */
function gitSettings(settings: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(settings).flatMap(([key, value], i) => [
    [`GIT_CONFIG_KEY_${i}`, key],
    [`GIT_CONFIG_VALUE_${i}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(Object.keys(settings).length), ...Object.fromEntries(entries) };
}

/** Whose state belongs to a whole process: TensorFlow's tensors and backend, the console, the environment. */
const alone = [
  'shared/model/{engine,kernel,linear,network,predictor,training}/**/*.test.ts',
  'shared/report/evaluation-report.test.ts',
  'shared/artifacts/store/artifact-github-store.test.ts',
];

/** Rooms whose tests start servers, git and other programs, and wait for them. */
const long = ['{actions,tests}/**/*.test.ts', 'shared/forge/**/*.test.ts'];

const notRun = [
  'tests/e2e/**',
  'shared/model/training/node-backend.test.ts',
  '**/*.onnx.test.ts',
  '**/*.{duckdb,postgres,s3,trino}.test.ts',
  'tests/workflows/native-backend.test.ts',
  '**/node_modules/**',
  '**/dist/**',
];

/**
 * `npm test`: what needs neither the built addon, nor onnxruntime, nor an engine of data, nor minutes. The others have a configuration of their own.
 *
 * Most files share a process, which saves loading the same libraries two hundred times; `tests/no-traces.ts` fails one
 * that leaves something behind in it. Projects run in the order of their names, so that no long file is the last.
 */
export default defineConfig({
  plugins: [withoutSourceMaps],
  test: {
    // A machine that does other things as well must not make a test red.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Repositories that live for one test need neither to outlive a power cut nor to be tidied up.
    env: gitSettings({ 'core.fsync': 'none', 'gc.auto': '0', 'maintenance.auto': 'false' }),
    // Half of the long ones' time is waiting, for sockets and for other processes.
    maxWorkers: availableParallelism() + 2,
    // It imports JSON without an attribute, which Node refuses and vitest's own loader does not.
    server: { deps: { inline: ['@actions/workflow-parser'] } },
    projects: [
      {
        extends: true,
        test: { name: '1-alone', include: alone, exclude: notRun, setupFiles: ['tests/property-seed.ts'] },
      },
      {
        extends: true,
        test: {
          name: '2-long',
          include: long,
          exclude: [...notRun, ...alone],
          isolate: false,
          setupFiles: ['tests/property-seed.ts', 'tests/no-traces.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: '3-quick',
          include: ['{cli,shared,scripts}/**/*.test.ts'],
          exclude: [...notRun, ...alone, ...long],
          isolate: false,
          setupFiles: ['tests/property-seed.ts', 'tests/no-traces.ts'],
        },
      },
    ],
  },
});
