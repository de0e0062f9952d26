import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TagsElsewhere } from '../ports/tags.ts';
import { git } from './git.ts';

const run = promisify(execFile);

/** Milliseconds that a remote is waited for. */
const patience = 20_000;

/**
 * What the repository's remote has of the tags of an artifact and the clone does not: a clone may be without tags, as one
 * of `--depth 1` is, or older than what was deployed since.
 *
 * @returns undefined when there is no remote, or the clone has them all.
 */
export async function tagsElsewhere(
  repository: string,
  artifact: string,
): Promise<TagsElsewhere | undefined> {
  const place = await remoteOf(repository);
  if (place === undefined) return undefined;
  const patterns = ['@', '#'].map((mark) => `refs/tags/${artifact}${mark}*`);
  const asked = await ask(repository, ['ls-remote', '--tags', place, ...patterns]);
  if ('problem' in asked) return { place, problem: asked.problem };
  const own = await git(repository, ['for-each-ref', '--format=%(refname)', ...patterns]);
  const known = new Set(own.stdout.toString('utf8').split('\n'));
  const refs = new Map(
    asked.text.split('\n').flatMap((line) => {
      const [sha, ref] = line.split('\t');
      return sha && ref ? [[ref, sha] as const] : [];
    }),
  );
  const isTag = (ref: string): boolean => !ref.endsWith('^{}');
  if (![...refs.keys()].some((ref) => isTag(ref) && !known.has(ref))) return undefined;
  // Of an annotated tag the remote also says which commit it is on.
  const tags = [...refs.keys()].filter(isTag).flatMap((ref) => {
    const commit = refs.get(`${ref}^{}`);
    return commit === undefined ? [] : [{ name: ref.replace('refs/tags/', ''), commit }];
  });
  return { place, tags };
}

/** `origin`, or the only remote that there is. */
async function remoteOf(repository: string): Promise<string | undefined> {
  const { code, stdout } = await git(repository, ['remote']);
  const names = code === 0 ? stdout.toString('utf8').split('\n').filter(Boolean) : [];
  return names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined;
}

async function ask(
  repository: string,
  words: readonly string[],
): Promise<{ readonly text: string } | { readonly problem: string }> {
  // Whoever has no right is refused, not asked for a password by a program that nobody watches.
  const env = {
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
    ...process.env,
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
  try {
    const { stdout } = await run('git', ['-C', repository, ...words], { env, timeout: patience });
    return { text: stdout };
  } catch (error) {
    const { killed, stderr } = error as { killed?: boolean; stderr?: string };
    if (killed) return { problem: `it did not answer in ${patience / 1000} s` };
    return { problem: stderr?.trim().split('\n')[0] || String(error) };
  }
}
