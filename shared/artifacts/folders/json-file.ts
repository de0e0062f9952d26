import type { z } from 'zod';
import { IntegrityError } from '../../platform/errors.ts';
import { type RunFolder, textOf } from './run-folder.ts';

/**
 * A JSON file of a folder that was read, checked against its schema.
 *
 * @throws IntegrityError naming the file and the first thing that does not fit.
 */
export function parseJsonFile<T extends z.ZodType>(read: RunFolder, name: string, schema: T): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(textOf(read, name));
  } catch (error) {
    throw new IntegrityError(`${read.folder}/${name} is not JSON: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new IntegrityError(
      `${read.folder}/${name} does not fit its format: ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  return parsed.data;
}
