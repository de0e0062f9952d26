/**
 * `npm run loop`: the whole lifecycle on the example repository. `ciclo replay` walks along thirteen model years of cars, by
 * the code that runs on GitHub, in git repositories of its own: example-repo/.ciclo/loop/replay, which git ignores here and
 * which are worth a look. Two of the repository's other pipelines, strikes and weather, are judged.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../cli/main.ts';
import { runInProcess } from '../cli/run-in-process.ts';
import { processIo } from '../cli/terminal/process-io.ts';
import { judge } from './loop-judged.ts';

const example = fileURLToPath(new URL('../example-repo', import.meta.url));
const output = path.join(example, '.ciclo', 'loop');
const shown = (...names: string[]): string =>
  path.relative(process.cwd(), path.join(output, 'replay', ...names));
const repository = shown('on-drift');

const begin = `Cars of 1970 to 1982, as if each model year came with its time: a model is trained on the first years and
deployed, every further year is checked for drift, and where it drifted a retraining is proposed with its evidence, merged
when it is better, and deployed. Then other policies walk along.

`;

const others = `
Two more of the repository's pipelines are prepared, trained and judged on rows that their models have not seen:

`;

const next = `
What to look at and try next:

  ${shown('replay.html')}
      what each policy would have cost, year by year: open it in a browser
  git -C ${repository} log --oneline --graph --all
      data, retraining branches, merges, the history of checks; versions and stages are tags, as GTO writes them
  ${shown('on-drift', '.ciclo', 'forge')}
      pull requests with their evidence, issues, checks, releases: readable files
  ${shown('on-drift', '.ciclo', 'drift', 'report.html')}
      the last drift check; its retraining is in ${shown('on-drift', '.ciclo', 'retrain')}
  echo '{"cylinders": 4, "displacement": 97, "horsepower": 88, "weight": 2130,
         "acceleration": 14.5, "origin": "Japan"}' \\
    | npx ciclo predict --config ${repository}
      what the model in production says of one car
  npx ciclo serve ${shown('on-drift', '.ciclo', 'model')}
      the same over HTTP
  npx ciclo replay --help
      the same on your own data; docs/guides/monitoring.md explains it
`;

await runInProcess(async (io) => {
  const flags = process.argv.slice(2);
  const quiet = flags.includes('--json');
  if (!quiet) io.stdout.write(begin);
  const replayed = await run(
    ['replay', '--config', path.join(example, 'ciclo.yml'), '--output', output, '--first', '1973', ...flags],
    io,
  );
  if (replayed !== 0 || quiet) return replayed;
  io.stdout.write('\n');
  const listed = await run(['versions', '--config', path.join(repository, 'ciclo.yml'), ...flags], io);
  if (listed !== 0) return listed;
  io.stdout.write('\n');
  const shownSite = await run(['site', '--config', path.join(repository, 'ciclo.yml'), ...flags], io);
  if (shownSite !== 0) return shownSite;
  io.stdout.write(others);
  for (const name of ['strikes', 'weather']) {
    const config = path.join(example, name, 'ciclo.yml');
    const judged = await judge({ name, config, output: path.join(output, name) }, io);
    if (judged !== 0) return judged;
  }
  io.stdout.write(next);
  return 0;
}, processIo());
