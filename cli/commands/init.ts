import { type Command, Option } from 'commander';
import { publishFlag } from '../../shared/init/rare-labels.ts';
import { tasks } from '../../shared/metrics/descriptors/descriptor.ts';
import type { InitFlags } from '../init/init-flags.ts';
import { type ExitCode, exitCodes } from '../session/exit-codes.ts';
import { addCommonFlags, type Host, inSession, type Session } from '../session/session.ts';
import { helpAfter } from './pipeline-help.ts';

/** `ciclo init`: from data to a repository whose pull requests are judged. */
export function addInit(program: Command, host: Host): void {
  const command = program
    .command('init')
    .argument(
      '[data]',
      'a file, folder, glob, URL, s3:// address, .duckdb file, or postgres (default: what lies here)',
    )
    .summary('look at data, and write all that a repository needs')
    .description(
      'Looks at the data and proposes what is predicted from what: task, target, key, time, group, and what models must not ' +
        'see (row numbers, free text, what gives the target away). On a terminal it asks, each question with a good answer ' +
        'already there; elsewhere --yes takes the proposal. It writes ciclo.yml, ciclo.lock, workflows and .gitignore, trains a first ' +
        'model, and proposes gates that it passes. Files that exist are left as they are.',
    )
    .option('--target <column>', 'the column to predict')
    .addOption(new Option('--task <task>', 'what kind of target it is').choices([...tasks]))
    .option('--positive <label>', 'of a binary task, the class that matters')
    .option('--name <name>', "the pipeline's name (default: the folder's)")
    .option('--key <column>', 'what identifies a row')
    .option('--no-key', 'the whole row identifies it')
    .option('--time <column>', 'when a row happened')
    .option('--no-time', 'no column says when')
    .option('--group <column>', 'rows of one value stay together')
    .option('--no-group', 'no rows belong together')
    .option('--exclude <columns...>', 'columns that models must not see, beside those that are proposed')
    .option(
      publishFlag,
      'publish labels that fewer than 5 rows have with the model (default: their rows are left out)',
    )
    .option('--query <sql>', 'of a database: which rows')
    .option('--pages', 'write the workflow of the site on GitHub Pages, too')
    .option('--comment', 'write the workflow that comments on pull requests from forks, too')
    .option('--no-workflows', 'write no workflows')
    .option('--codeowner <who>', 'who answers for changes of the rules, such as @acme/model-owners')
    .option('--no-run', 'train no first model, and propose no gates')
    .option('-y, --yes', 'take the proposal without asking')
    .option('-n, --dry-run', 'show the proposal and write nothing');
  addCommonFlags(command)
    .addHelpText(
      'after',
      helpAfter({
        reads: 'the data, git',
        writes: 'ciclo.yml, ciclo.lock, .gitignore, .github: what is not there yet',
        examples: [
          'ciclo init data.csv',
          'ciclo init data/ --target price --yes',
          'ciclo init postgres --query "SELECT * FROM orders ORDER BY id"',
          'ciclo init data.csv --dry-run         what would be written?',
        ],
      }),
    )
    .action((data: string | undefined, flags: InitFlags) =>
      inSession(host, flags, (session) => work(data, flags, session)),
    );
}

async function work(data: string | undefined, flags: InitFlags, session: Session): Promise<ExitCode> {
  const { initialise } = await import('../init/initialise.ts');
  const { Declined } = await import('../init/questions.ts');
  try {
    return await initialise({ data, flags }, session);
  } catch (error) {
    if (!(error instanceof Declined)) throw error;
    session.terminal.print('Nothing was written');
    return exitCodes.interrupted;
  }
}
