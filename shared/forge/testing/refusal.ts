import { expect } from 'vitest';
import { ForgeError } from '../ports/forge-error.ts';

/** What a promise was rejected with; undefined when it was not. */
export async function thrown(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Expects a ForgeError of a status that says something. */
export async function refused(
  work: Promise<unknown>,
  status: number | undefined,
  message: RegExp,
): Promise<void> {
  const error = await thrown(work);
  expect(error).toBeInstanceOf(ForgeError);
  expect(error).toMatchObject({ status, message: expect.stringMatching(message) });
}
