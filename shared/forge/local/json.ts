import { z } from 'zod';
import { ForgeError } from '../ports/forge-error.ts';
import { readText } from './file.ts';

/**
 * What a JSON file says; undefined when there is none.
 *
 * @param what for an error's message: `check`.
 * @throws ForgeError that names the file and what is wrong with it.
 */
export async function readJson<T>(file: string, what: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await readText(file);
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new ForgeError(`reading ${what} ${file}: ${why}`, undefined, { cause: error });
  }
}
