import type { z } from 'zod';
import { IntegrityError, messageOf } from '../../platform/errors.ts';

/** The files of one result, wherever they came from: a folder of the run directory, a bundle, an artifact. */
export interface ResultFiles {
  /** How messages call the result: `.ciclo/model`, `fuel-v1.2.0.zip`. */
  readonly place: string;
  /** What helps when a file is not as it should be: `run ciclo train again`. */
  readonly remedy: string;
  /** By name, each with the bytes that the result's manifest states. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** A file of a result. @throws IntegrityError when it was not read, or is not there. */
export function bytesOf({ place, remedy, files }: ResultFiles, name: string): Uint8Array {
  const bytes = files.get(name);
  if (bytes) return bytes;
  throw new IntegrityError(`${place} has no ${name}: ${remedy}`);
}

/** A text of a result. @throws IntegrityError when it is not there, or is not UTF-8. */
export function textOf(result: ResultFiles, name: string): string {
  const bytes = bytesOf(result, name);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new IntegrityError(`${result.place}/${name} is not UTF-8 text: ${result.remedy}`, { cause });
  }
}

/**
 * What a JSON file of a result says, checked against its schema.
 *
 * @throws IntegrityError naming the result, the file, and the first thing that does not fit.
 */
export function jsonOf<T extends z.ZodType>(result: ResultFiles, name: string, schema: T): z.output<T> {
  const file = `${result.place}/${name}`;
  const text = textOf(result, name);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new IntegrityError(`${file} is not JSON: ${messageOf(cause)}: ${result.remedy}`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const key = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new IntegrityError(`${file} does not fit its format: ${key}${issue.message}: ${result.remedy}`);
}
