import { execFileSync } from 'node:child_process';

/**
 * What users read and copy: everything that may name the published actions. Not what tells of the past: the list of changes
 * and the decisions.
 */
export function pagesOf(root: string): string[] {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
  return files.filter(
    (file) =>
      /\.(md|mdx|ya?ml|json|ts)$/.test(file) && !/^(CHANGELOG\.md$|\.changeset\/|docs\/adr\/)/.test(file),
  );
}
