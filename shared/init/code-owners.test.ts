import { expect, test } from 'vitest';
import { namesFile, ownersOf, parseCodeOwners } from './code-owners.ts';

// The examples of GitHub's own page: https://docs.github.com/articles/about-code-owners#example-of-a-codeowners-file
test.each([
  ['*', 'a/b.txt', true],
  ['*.js', 'src/a.js', true],
  ['*.js', 'src/a.ts', false],
  ['/build/logs/', 'build/logs/x/y.log', true],
  ['/build/logs/', 'a/build/logs/y.log', false],
  ['docs/*', 'docs/getting-started.md', true],
  ['docs/*', 'docs/build-app/troubleshooting.md', false],
  ['apps/', 'a/apps/b.ts', true],
  ['/docs/', 'docs/a/b.md', true],
  ['/scripts/', 'a/scripts/b', false],
  ['**/logs', 'deeply/nested/logs/a', true],
  ['**/logs', 'logs/a', true],
  ['/apps/github', 'apps/github/a.ts', true],
  ['/apps/github', 'apps/github.md', false],
  ['/a?c.yml', 'abc.yml', true],
  ['/models/**', 'models/a/b.yml', true],
  ['/ciclo.yml', 'ciclo.yml', true],
  ['/ciclo.yml', 'cicloXyml', false],
])('%s and %s', (pattern, file, names) => expect(namesFile(pattern, file)).toBe(names));

test('the last line that names a file decides, and a line without owners asks nobody', () => {
  const { rules, problems } = parseCodeOwners(
    '* @all # everything\n\n/ciclo.yml @acme/owners a@b.org\n/docs\\ here/\n',
  );
  expect(problems).toEqual([]);
  expect(ownersOf(rules, 'ciclo.yml')).toEqual(['@acme/owners', 'a@b.org']);
  expect(ownersOf(rules, 'ciclo.lock')).toEqual(['@all']);
  expect(ownersOf(rules, 'docs here/a.md')).toEqual([]);
});

test('lines that GitHub passes over are told with what is wrong', () => {
  const { rules, problems } = parseCodeOwners('!/a @x\n/[ab] @x\n/ciclo.yml acme\n/b @acme/\n/c @-x\n');
  expect(rules).toEqual([]);
  expect(problems.map(({ line, why }) => `${line} ${why}`)).toEqual([
    '1 "!/a" begins with "!", which CODEOWNERS does not know',
    '2 "/[ab]" has brackets, which CODEOWNERS does not know',
    '3 "acme" is no owner: @person, @organisation/team, or an e-mail address',
    '4 "@acme/" is no owner: @person, @organisation/team, or an e-mail address',
    '5 "@-x" is no owner: @person, @organisation/team, or an e-mail address',
  ]);
});
