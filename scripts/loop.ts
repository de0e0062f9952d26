/**
 * `npm run loop`: the lifecycle on the example repository, through the command line's own code. It works in a copy that is
 * a git repository of its own, example-repo/.ciclo/loop/fuel, which git ignores here and which is worth a look.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../cli/main.ts';
import { processIo, runInProcess } from '../cli/run-in-process.ts';

const example = fileURLToPath(new URL('../example-repo', import.meta.url));
const copy = path.join(example, '.ciclo', 'loop', 'fuel');
const shown = (name: string): string => path.relative(process.cwd(), path.join(copy, name)) || '.';
const config = shown('ciclo.yml');

/** A repository as a user has it: the example, committed. */
function makeRepository(): void {
  rmSync(copy, { recursive: true, force: true });
  for (const name of readdirSync(example)) {
    if (name !== '.ciclo') cpSync(path.join(example, name), path.join(copy, name), { recursive: true });
  }
  writeFileSync(path.join(copy, '.gitignore'), '.ciclo/\n');
  const git = (...words: string[]): void => {
    const identity = ['-c', 'user.name=Ciclo', '-c', 'user.email=ciclo@localhost'];
    execFileSync('git', ['-C', copy, ...identity, ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
  };
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=Cars of 1970 to 1976');
}

const next = `
What to look at and try next:

  ${shown('.ciclo/evaluation/report.html')}
      the report: open it in a browser
  git -C ${shown('.')} log --oneline --decorate
      the version and its stage are tags, as GTO writes them
  ${shown('.ciclo/forge/releases/fuel@v1.0.0')}
      the release: its text, and the bundle with everything that the version is
  echo '{"cylinders": 4, "displacement": 97, "horsepower": 88, "weight": 2130,
         "acceleration": 14.5, "origin": "Japan"}' \\
    | npx ciclo predict --config ${shown('.')}
      what the model says of one car
  npx ciclo lock --config ${config} --until 1979 --dry-run
      what taking in three more years would change
  npx ciclo help deploy
      how it all works; docs/guides/command-line.md has more
`;

await runInProcess(async (io) => {
  makeRepository();
  const flags = process.argv.slice(2);
  const steps = [['run'], ['deploy'], ['versions']];
  // With --json one object is printed, that of run.
  for (const [command] of flags.includes('--json') ? steps.slice(0, 1) : steps) {
    const code = await run([command!, '--config', config, ...flags], io);
    if (code !== 0) return code;
    if (command !== 'versions') io.stderr.write('\n');
  }
  if (!flags.includes('--json')) io.stdout.write(next);
  return 0;
}, processIo());
