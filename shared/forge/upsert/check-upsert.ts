import { type Clock, systemClock } from '../../platform/clock.ts';
import type { Annotation, CheckContent, CheckRun, CheckRuns } from '../ports/forge.ts';
import { ForgeError, isUncertain, MissingPermissionError, RateLimitedError } from '../ports/forge-error.ts';

/** How often writing a check is tried again after the host broke off. */
const attempts = 3;

/**
 * Makes the commit's check of this name say `content`: the newest run of that name is updated, so that running again does
 * not double it; a first one is created.
 *
 * Hosts add annotations and take none back. So only those are sent that the run has not yet, and a run with one that no
 * longer holds is left to history: a new one takes its place, as hosts show the newest of a name.
 *
 * When the connection breaks off, what is there is read again before anything is repeated.
 *
 * @throws ForgeError when the host refuses, or broke off three times.
 */
export async function upsertCheck(
  checks: CheckRuns,
  commit: string,
  content: CheckContent,
  { clock = systemClock }: { readonly clock?: Clock } = {},
): Promise<CheckRun> {
  for (let attempt = 1; ; attempt++) {
    const [newest] = await checks.list(commit, content.name);
    const shown = newest && newest.annotationCount > 0 ? await checks.annotations(newest.id) : [];
    try {
      return await write(checks, commit, content, newest && { id: newest.id, shown });
    } catch (error) {
      if (attempt === attempts || !isUncertain(error)) throw error;
      await clock.sleep(1000 * attempt ** 2);
    }
  }
}

async function write(
  checks: CheckRuns,
  commit: string,
  content: CheckContent,
  newest: { readonly id: number; readonly shown: readonly Annotation[] } | undefined,
): Promise<CheckRun> {
  const wanted = new Set(content.annotations.map(keyOf));
  if (!newest?.shown.every((annotation) => wanted.has(keyOf(annotation))))
    return checks.create(commit, content);
  const known = new Set(newest.shown.map(keyOf));
  const annotations = content.annotations.filter((annotation) => !known.has(keyOf(annotation)));
  try {
    return await checks.update(newest.id, { ...content, annotations });
  } catch (error) {
    // Made with another app's token; only that app may change it.
    if (isForbidden(error)) return checks.create(commit, content);
    throw error;
  }
}

function isForbidden(error: unknown): boolean {
  return (
    error instanceof ForgeError &&
    error.status === 403 &&
    !(error instanceof MissingPermissionError || error instanceof RateLimitedError)
  );
}

function keyOf({ path, line, endLine = line, level, title, message }: Annotation): string {
  return JSON.stringify([path, line, endLine, level, title.trim(), message.trim()]);
}
