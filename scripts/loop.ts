/**
 * `npm run loop`: the lifecycle on the example repository, through the command line's own code. It writes into
 * example-repo/.ciclo, which git ignores.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../cli/main.ts';
import { processIo, runInProcess } from '../cli/process.ts';

const example = fileURLToPath(new URL('../example-repo', import.meta.url));
const shown = (name: string): string => path.relative(process.cwd(), path.join(example, name)) || '.';

const next = `
What to look at and try next:

  ${shown('.ciclo/evaluation/report.html')}
      the report: open it in a browser
  ${shown('.ciclo/model/card.md')}
      the model card
  echo '{"cylinders": 4, "displacement": 97, "horsepower": 88, "weight": 2130,
         "acceleration": 14.5, "origin": "Japan"}' \\
    | npx ciclo predict --config ${shown('.')}
      what the model says of one car
  npx ciclo lock --config ${shown('ciclo.yml')} --until 1979 --dry-run
      what taking in three more years would change
  npx ciclo help run
      how it all works; docs/guides/command-line.md has more
`;

await runInProcess(async (io) => {
  const code = await run(['run', '--config', shown('ciclo.yml'), ...process.argv.slice(2)], io);
  if (code === 0 && !process.argv.includes('--json')) io.stdout.write(next);
  return code;
}, processIo());
