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

/** What users write: `ciclo-ml/ciclo/actions/train@v1`, `ciclo-ml/ciclo@v1`, and the address of the schema at that tag. */
const published =
  /(?<=ciclo-ml\/ciclo(?:\/[\w./-]+)?@)v\d+(?![\w.])|(?<=raw\.githubusercontent\.com\/ciclo-ml\/ciclo\/)v\d+(?=\/)/g;

/** The major versions by which a text names the published actions and workflows: `v1`. */
export function publishedMajors(text: string): string[] {
  return [...new Set(text.match(published))];
}

/** A text that names them by another major version. @param major `v2` */
export function withPublishedMajor(text: string, major: string): string {
  return text.replaceAll(published, major);
}

/**
 * The major version that pages name: that of the last release, which users can use now; before the first one, that of the
 * release which the changesets would make.
 */
export function majorOfPages({ current, next }: { readonly current: string; readonly next: string }): string {
  const version = current.startsWith('0.') ? next : current;
  return `v${version.split('.')[0]}`;
}
