// CODEOWNERS: who GitHub asks when a file changes. https://docs.github.com/articles/about-code-owners

/** A line that names owners of files. */
export interface OwnerRule {
  /** Counted from 1. */
  readonly line: number;
  readonly pattern: string;
  /** None: nobody is asked. */
  readonly owners: readonly string[];
}

/** A line that GitHub passes over, and why. */
export interface OwnerProblem {
  readonly line: number;
  readonly why: string;
}

/** Where GitHub looks, in its order: the first that is there counts. */
export const ownerFiles = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

/** A person, a team, or an address. */
const owner = /^(?:@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:_[a-z\d]+)?(?:\/[\w.-]+)?|[^\s@]+@[^\s@]+\.[^\s@]+)$/i;

/** The lines of a CODEOWNERS file, and those that GitHub does not understand. */
export function parseCodeOwners(text: string): { rules: OwnerRule[]; problems: OwnerProblem[] } {
  const rules: OwnerRule[] = [];
  const problems: OwnerProblem[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = index + 1;
    // A space in a pattern is escaped.
    const [pattern = '', ...owners] =
      raw
        .replace(/(?:^|\s)#.*$/, '')
        .trim()
        .match(/(?:\\ |\S)+/g) ?? [];
    if (pattern === '') return;
    const why = problemOf(pattern, owners);
    if (why === undefined) rules.push({ line, pattern: pattern.replaceAll('\\ ', ' '), owners });
    else problems.push({ line, why });
  });
  return { rules, problems };
}

function problemOf(pattern: string, owners: readonly string[]): string | undefined {
  if (pattern.startsWith('!')) return `"${pattern}" begins with "!", which CODEOWNERS does not know`;
  if (/[[\]]/.test(pattern)) return `"${pattern}" has brackets, which CODEOWNERS does not know`;
  const wrong = owners.find((one) => !owner.test(one));
  return wrong === undefined
    ? undefined
    : `"${wrong}" is no owner: @person, @organisation/team, or an e-mail address`;
}

/**
 * Whether a pattern names a file. As in .gitignore, but that a wildcard at the end names files of that folder only.
 *
 * @param file from the root of the repository, with forward slashes.
 * @example namesFile('/.github/', '.github/workflows/model.yml') // true
 */
export function namesFile(pattern: string, file: string): boolean {
  const body = pattern.replace(/^\//, '').replace(/\/$/, '');
  const anchored = pattern.startsWith('/') || body.includes('/');
  const last = body.split('/').at(-1)!;
  const below = pattern.endsWith('/') ? '/.*' : last.includes('*') && last !== '**' ? '' : '(?:/.*)?';
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${globSource(body)}${below}$`, 'u').test(file);
}

function globSource(glob: string): string {
  return glob
    .split(/(\*\*\/|\/\*\*$|\*+|\?)/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '/**') return '/.*';
      if (part === '?') return '[^/]';
      return /^\*+$/.test(part) ? '[^/]*' : part.replaceAll(/[.+^${}()|\\[\]-]/g, String.raw`\$&`);
    })
    .join('');
}

/** Who is asked when a file changes: the last line that names it decides. */
export function ownersOf(rules: readonly OwnerRule[], file: string): readonly string[] {
  return rules.findLast(({ pattern }) => namesFile(pattern, file))?.owners ?? [];
}
