import { type Clock, systemClock } from '../../platform/clock.ts';
import type { Forge } from '../ports/forge.ts';
import { BranchMovedError, ForgeError, isUncertain } from '../ports/forge-error.ts';

/** Hosts give files of up to 1 MiB as text. */
const standardBytes = 768 * 1024;

/** How often the file is read and written again when other runs were faster, or the host broke off. */
const attempts = 8;

export interface NewLine {
  /** Made, without history, when it is not there. */
  readonly branch: string;
  readonly pipeline: string;
  /** From the branch's root: `fuel.ndjson`. */
  readonly path: string;
  /** Without a line end. */
  readonly line: string;
  /** What a line is about: of lines with the same key only the first is kept. */
  readonly key: (line: string) => string;
  /** Of the commit. */
  readonly message: string;
  /** The file stays below this: its oldest lines go, and are found in the branch's earlier commits. Default 768 KiB. */
  readonly mostBytes?: number;
}

/**
 * Adds a line to a file on a branch unless one of the same key is there. Runs that write at once all find their lines
 * there: who was slower reads again. Run again after a crash at any point, it adds nothing twice.
 *
 * @throws BranchMovedError when others were faster eight times in a row.
 * @throws ForgeError when the host refuses, or stays broken.
 */
export async function appendLine(
  forge: Pick<Forge, 'branches' | 'contents'>,
  wanted: NewLine,
  { clock = systemClock }: { readonly clock?: Clock } = {},
): Promise<'appended' | 'exists'> {
  const { branch, pipeline, path, line, key, message } = wanted;
  if (/[\r\n]/.test(line)) throw new ForgeError(`adding to ${path} on ${branch}: more than a line`, 422);
  // If it breaks off and turns out to be done, it was this call that did it.
  let change: 'appended' | 'exists' = 'exists';
  for (let attempt = 1; ; attempt++) {
    try {
      const head = await forge.branches.head(branch);
      const text = head === undefined ? '' : ((await forge.contents.read(path, head)) ?? '');
      const lines = text.split(/\r?\n/).filter((present) => present !== '');
      if (lines.some((present) => key(present) === key(line))) return change;
      const files = new Map([[path, newest([...lines, line], wanted.mostBytes)]]);
      change = 'appended';
      await forge.branches.commit({ branch, pipeline, expectedHead: head, message, files });
      return change;
    } catch (error) {
      const again = error instanceof BranchMovedError || isUncertain(error);
      if (attempt === attempts || !again) throw error;
      // Not all at the same moment again.
      await clock.sleep(attempt * (200 + Math.random() * 800));
    }
  }
}

/** The last lines, as many as fit; always the last one. */
function newest(lines: readonly string[], mostBytes = standardBytes): string {
  const kept: string[] = [];
  let bytes = 0;
  for (const line of lines.toReversed()) {
    bytes += Buffer.byteLength(line) + 1;
    if (kept.length > 0 && bytes > mostBytes) break;
    kept.push(line);
  }
  return `${kept.toReversed().join('\n')}\n`;
}
