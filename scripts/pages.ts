import { execFileSync } from 'node:child_process';

/**
 * What users read and copy: everything that may name the published actions. Not what tells of the past (the list of changes,
 * the decisions), and not the workflows: the version pull request may not change them, because its token has no right to.
 */
export function pagesOf(root: string): string[] {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
  return files.filter(
    (file) =>
      /\.(md|mdx|ya?ml|json|ts)$/.test(file) &&
      !/^(CHANGELOG\.md$|\.changeset\/|docs\/adr\/|\.github\/workflows\/)/.test(file),
  );
}
