import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Table } from '../../../shared/dataset/table/table.ts';
import { outputFiles } from '../../../shared/model/command/command-output.ts';
import type { CommandOutput, CommandRequest } from '../../../shared/model/command/command-port.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import { slashedPath } from '../../../shared/platform/slashed-path.ts';
import { readSource } from '../../../shared/source/read-source.ts';
import type { VerbPorts } from '../../ports.ts';

/** What is larger would be refused when the model's folder is read. */
const largestModel = 512 * 2 ** 20;

/**
 * What a command wrote into its folder: predictions, and the model where there is one.
 *
 * @param elsewhere files that it changed in the repository, for messages.
 * @throws ConfigurationError when a file is missing, cannot be read, or is larger than a model may be.
 */
export async function readOutput(
  output: string,
  { textColumns }: CommandRequest,
  elsewhere: readonly string[],
  ports: VerbPorts,
): Promise<CommandOutput> {
  const entries = await readdir(output, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => slashedPath(output, path.join(entry.parentPath, entry.name)));
  const { model, predictions } = outputFiles(names, elsewhere);
  const table = await readTable(output, predictions, textColumns, ports);
  if (!model) return { predictions: { file: predictions, table } };
  const file = path.join(output, 'model.onnx');
  const { size } = await stat(file);
  if (size > largestModel) {
    throw new ConfigurationError(
      `its model.onnx has ${size} bytes; Ciclo keeps models of at most ${largestModel}`,
    );
  }
  return { model: await readFile(file), predictions: { file: predictions, table } };
}

async function readTable(
  directory: string,
  file: string,
  textColumns: ReadonlySet<string>,
  ports: VerbPorts,
): Promise<Table> {
  const { table } = await readSource(
    { type: 'file', path: file, columns: 'same' },
    { missingMarkers: [''], trim: true, textColumns },
    { ...ports, directory },
  );
  return table;
}
