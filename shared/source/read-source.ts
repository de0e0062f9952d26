import type { SourceConfig } from '../config/data-section.ts';
import type { SourceTable } from '../dataset/origin.ts';
import { readFileSource } from './file-source.ts';
import type { ReadOptions, SourcePorts } from './types.ts';

/**
 * Reads the rows of a source.
 *
 * @param source `data.source` of ciclo.yml. @param options how cells are read.
 * @throws ConfigurationError for whatever is wrong with the source, in a message that says where.
 */
export function readSource(
  source: SourceConfig,
  options: ReadOptions,
  ports: SourcePorts,
): Promise<SourceTable> {
  switch (source.type) {
    case 'file':
      return readFileSource(source, options, ports);
    default:
      throw new Error(source.type);
  }
}
