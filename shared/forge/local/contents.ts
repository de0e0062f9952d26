import { contentLimit, decodeContent } from '../limits/text-content.ts';
import type { Contents } from '../ports/forge.ts';
import { ForgeError } from '../ports/forge-error.ts';
import { commitOf, git } from './git.ts';

/**
 * Files at a commit, from git's objects: nothing need be checked out.
 *
 * @throws ForgeError from its methods, as {@link Contents} says.
 */
export function createLocalContents(repository: string): Contents {
  return {
    async read(path, ref) {
      const doing = `reading ${path} at ${ref}`;
      const commit = await commitOf(repository, ref);
      if (commit === undefined) throw new ForgeError(`${doing}: no commit found for the ref ${ref}`, 404);
      // git reads names by line, and takes `../` and `../../` from where it stands.
      if (/\n|^\.{0,2}\//.test(path)) return undefined;
      // Links within the repository are followed, as GitHub does.
      const args = ['cat-file', '--follow-symlinks', '--batch-check'];
      const { code, stdout, stderr } = await git(repository, args, `${commit}:${path}\n`);
      if (code !== 0) throw new ForgeError(`${doing}: ${stderr.trim()}`, undefined);
      const [id = '', type, size] = stdout.toString('utf8').trimEnd().split(' ');
      if (/^[0-9a-f]{40,64}$/.test(id) && type !== 'blob')
        throw new ForgeError(`${doing}: not a file`, undefined);
      if (type !== 'blob') return undefined;
      if (Number(size) > contentLimit) return decodeContent(undefined, { doing, size: Number(size) });
      const blob = await git(repository, ['cat-file', 'blob', id]);
      if (blob.code !== 0) throw new ForgeError(`${doing}: ${blob.stderr.trim()}`, undefined);
      return decodeContent(blob.stdout, { doing, size: blob.stdout.length });
    },
  };
}
