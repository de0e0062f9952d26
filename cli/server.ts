/**
 * The server of a release, `server.mjs`: scripts/server-script.ts bundles this file with all that it needs into one.
 * It is `ciclo serve` for the bundle that lies beside it, and takes the usual variables of hosting platforms.
 */
import path from 'node:path';
import type { Command } from 'commander';
import { bundleSource } from '../shared/serving/bundle-source.ts';
import { helpAfter } from './commands/pipeline-help.ts';
import { serve } from './commands/serve.ts';
import { addServeFlags, type ServeFlags, serveDescription } from './commands/serve-flags.ts';
import { emptyProgram, runProgram } from './program.ts';
import { runInProcess } from './run-in-process.ts';
import { addCommonFlags, type Host, inSession } from './session/session.ts';
import type { Io } from './terminal/io.ts';
import { processIo } from './terminal/process-io.ts';

function createProgram(host: Host): Command {
  const command = emptyProgram('server.mjs', host)
    .description(serveDescription)
    .argument('[bundle]', 'the bundle of a release (default: model.zip beside this file)');
  addCommonFlags(addServeFlags(command));
  return command.addHelpText('after', helpText).action((bundle: string | undefined, flags: ServeFlags) =>
    inSession(host, flags, (session) => {
      const file = bundle === undefined ? path.join(import.meta.dirname, 'model.zip') : session.path(bundle);
      return serve(bundleSource(file), flags, session);
    }),
  );
}

const helpText = helpAfter({
  reads: 'the bundle; again when it changes, and on SIGHUP',
  writes: 'the log: words on a terminal, JSON lines elsewhere and with --json',
  more: [
    'The variables HOST, PORT and METRICS_PORT stand for the flags of these names; with CICLO_TOKEN requests must bear',
    'that token, and an empty one is refused.',
    'SIGTERM and Ctrl-C stop it: requests in flight get their answers first.',
  ],
  examples: ['node server.mjs', 'HOST=0.0.0.0 PORT=9000 node server.mjs --log-predictions log'],
});

/** What variables of the environment ask for, as flags; flags on the command line come later and win. */
function environmentFlags({ environment }: Io): string[] {
  const given = (name: string, flag: string): string[] => {
    const value = environment[name];
    return value === undefined || value === '' ? [] : [flag, value];
  };
  return [
    ...given('HOST', '--host'),
    ...given('PORT', '--port'),
    ...given('METRICS_PORT', '--metrics-port'),
    // Also when it is empty: a secret that did not arrive must not open the server to everybody.
    ...(environment.CICLO_TOKEN === undefined ? [] : ['--token-env', 'CICLO_TOKEN']),
  ];
}

await runInProcess(
  (io) => runProgram(createProgram, [...environmentFlags(io), ...process.argv.slice(2)], io),
  processIo(),
);
