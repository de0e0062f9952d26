/** A step or job that uses a file of its own repository: `uses: $/actions/entry`. */
const reference = /^(\s*(?:-\s+)?uses:\s+)\$\/(\S+)/gm;

const home = /^[\w.-]+\/[\w.-]+@[\w./-]+$/;

/**
 * Rewrites references of a workflow or action to its own repository, `$/actions/entry`, to `owner/repo/actions/entry@ref`:
 * for GitHub Enterprise Server and runners before 2.336.0, which do not know `$/`.
 *
 * @param self `owner/repo@ref`: where and under which ref the release tree will be found.
 * @throws Error when `self` is not of that form.
 */
export function rewriteSelfReferences(text: string, self: string): string {
  if (!home.test(self)) {
    throw new Error(`--self: "${self}" cannot be used; owner/repo@ref is needed, such as ciclo-ml/ciclo@v1`);
  }
  const [repository, ref] = self.split('@');
  return text.replaceAll(
    reference,
    (_, before: string, path: string) => `${before}${repository}/${path}@${ref}`,
  );
}
