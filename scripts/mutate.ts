/**
 * Tests the tests: `npm run mutate -- FOLDER`. StrykerJS changes the code of the folder in one place at a time and runs
 * the tests that reach that place; a change that no test notices "survives".
 *
 *   FOLDER                 such as shared/drift/verdict; a file too
 *   --tests <folder>       whose tests are run; default FOLDER where it has any, else its room, shared/drift
 *   --concurrency <count>  default one less than there are processors
 *
 * By folder, since the whole takes hours. The report is in .mutation/.
 */
import { existsSync, globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tests: { type: 'string' }, concurrency: { type: 'string' } },
});
const [folder, ...more] = positionals.map((name) => path.normalize(name).replace(/\/$/, ''));
if (folder === undefined || more.length > 0 || !existsSync(folder)) {
  console.error(
    `npm run mutate needs one folder of the project, such as shared/drift/verdict; given: ${positionals.join(' ') || 'none'}`,
  );
  process.exit(2);
}
const hasTests = globSync(`${folder}/**/*.test.ts`).length > 0;
const name = folder.replaceAll('/', '-');

// Stryker's own option for it finds nothing within its copy of the project.
process.env.CICLO_MUTATION_TESTS =
  values.tests ?? (hasTests ? folder : folder.split('/').slice(0, 2).join('/'));

await new Stryker({
  mutate: folder.endsWith('.ts')
    ? [folder]
    : [`${folder}/**/*.ts`, `!${folder}/**/*.test.ts`, `!${folder}/**/testing/**`],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts' },
  concurrency: Number(values.concurrency ?? Math.max(1, availableParallelism() - 1)),
  ignorePatterns: ['.ciclo', '/.mutation', '/benchmarks', '/build', '/docs', '/release'],
  reporters: ['clear-text', 'html', 'json'],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  htmlReporter: { fileName: `.mutation/${name}.html` },
  jsonReporter: { fileName: `.mutation/${name}.json` },
  tempDirName: '.mutation/sandbox',
  // A machine that does other things as well must not count a slow test as a mutant that is found.
  timeoutMS: 60_000,
  // Vitest needs none, and Stryker would read it with an interface that TypeScript 7 no longer has.
  tsconfigFile: 'none',
}).runMutationTest();
