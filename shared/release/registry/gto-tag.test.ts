import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatGtoTag, type GtoEvent, gtoMessage, parseGtoTag } from './gto-tag.ts';

const part = fc.nat({ max: 999_999 });
const number = fc.option(
  part.map((n) => ({ number: n })),
  { nil: {} },
);
const name = fc.stringMatching(/^[a-zA-Z0-9]([a-zA-Z0-9/_-]{0,9}[a-zA-Z0-9])?$/);
const folder = fc.stringMatching(/^[a-z0-9_./-]{1,8}:$/);
const artifact = fc.oneof(
  name,
  fc.tuple(folder, name).map(([before, after]) => before + after),
);
const event: fc.Arbitrary<GtoEvent> = fc
  .tuple(
    fc.oneof(
      fc.record({
        kind: fc.constantFrom('registration' as const, 'deregistration' as const),
        artifact,
        version: fc.record({ major: part, minor: part, patch: part }),
      }),
      fc.record({ kind: fc.constant('deprecation' as const), artifact }),
      fc.record({
        kind: fc.constantFrom('assignment' as const, 'unassignment' as const),
        artifact,
        stage: name,
      }),
    ),
    number,
  )
  .map(([one, counted]) => ({ ...one, ...counted }));
const version = { major: 1, minor: 1, patch: 0 };

describe('a tag of GTO', () => {
  test('says again what it was made of', () => {
    fc.assert(
      fc.property(event, (one) => {
        expect(parseGtoTag(formatGtoTag(one))).toEqual(one);
      }),
    );
  });

  test('is, whatever its text, either none or written again as it was', () => {
    const text = fc.stringMatching(
      /^[a-z=./]{0,4}[@#!](v1\.0\.0|deprecated|created|[a-z!]{0,3})[#!]{0,2}\d{0,3}$/,
    );
    fc.assert(
      fc.property(text, (tag) => {
        const said = parseGtoTag(tag);
        if (said) expect(formatGtoTag(said)).toBe(tag.replace(/#0+(?=\d)/, '#'));
      }),
      { numRuns: 1000 },
    );
  });

  // As GTO 1.10 wrote them into a repository of its own.
  test.each([
    [
      'mpg@v1.1.0',
      { kind: 'registration', artifact: 'mpg', version },
      'Registering artifact mpg version v1.1.0',
    ],
    [
      'models=mpg@v1.1.0',
      { kind: 'registration', artifact: 'models:mpg', version },
      'Registering artifact models:mpg version v1.1.0',
    ],
    [
      'mpg#production#1',
      { kind: 'assignment', artifact: 'mpg', stage: 'production', number: 1 },
      'Assigning stage production to artifact mpg version v1.1.0',
    ],
    [
      'mpg#production',
      { kind: 'assignment', artifact: 'mpg', stage: 'production' },
      'Assigning stage production to artifact mpg version v1.1.0',
    ],
    [
      'mpg@v1.1.0!',
      { kind: 'deregistration', artifact: 'mpg', version },
      'Deregistering artifact mpg version v1.1.0',
    ],
    [
      'mpg@v1.1.0!#4',
      { kind: 'deregistration', artifact: 'mpg', version, number: 4 },
      'Deregistering artifact mpg version v1.1.0',
    ],
    [
      'mpg#production!#3',
      { kind: 'unassignment', artifact: 'mpg', stage: 'production', number: 3 },
      "Unassigning stage 'production' to artifact 'mpg' version 'v1.1.0'",
    ],
    ['mpg@deprecated', { kind: 'deprecation', artifact: 'mpg' }, "Deprecating artifact 'mpg'"],
  ] as const)('%s is read, written and worded as GTO does', (tag, said, message) => {
    expect(parseGtoTag(tag)).toEqual(said);
    expect(formatGtoTag(said)).toBe(tag);
    expect(gtoMessage(said, version)).toBe(message);
  });

  test.each([
    'v1',
    'mpg@2.0.0',
    'mpg@v1.0.0-rc',
    'mpg@created',
    '@v1.0.0',
    'mpg#',
    'mpg#production#',
    'mpg#-stage',
    'a=b=mpg@v1.0.0',
    'release-2026',
  ])('%s says nothing', (tag) => {
    expect(parseGtoTag(tag)).toBeUndefined();
  });

  test('is not made of a name that GTO does not take', () => {
    const named = (artifact: string, stage = 'production') =>
      formatGtoTag({ kind: 'assignment', artifact, stage });
    for (const bad of ['', 'fu el', '-fuel', 'fuel-', 'a:b:c', 'a=b', 'fuel@v1']) {
      expect(() => named(bad)).toThrow(/is not a tag of GTO: the names of artifacts and stages are letters/);
    }
    expect(() => named('fuel', 'live!')).toThrow('"fuel#live!" is not a tag of GTO');
  });
});
