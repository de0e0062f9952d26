import { createProgram } from '../cli/main.ts';
import { processIo } from '../cli/terminal/process-io.ts';
import type { GeneratedFile } from './generated-file.ts';

/** The module cli/command-list.ts, from the commands themselves. */
export async function commandListFile(): Promise<GeneratedFile> {
  const program = await createProgram({ io: processIo(), exit: () => {} }, ['help']);
  const help = program.createHelp();
  const entries = program.commands.map((command) => ({
    term: help.subcommandTerm(command),
    summary: command.summary(),
  }));
  return {
    path: 'cli/command-list.ts',
    content: `// Made by scripts/write-schemas.ts from cli/commands: change it there.
// biome-ignore-all format: as JSON writes it

/** The commands as help lists them: so that to list them loads none. */
export const commandList = ${JSON.stringify(entries, null, 2)};
`,
  };
}
