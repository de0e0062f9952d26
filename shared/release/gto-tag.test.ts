import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatGtoTag, type GtoEvent, gtoMessage, parseGtoTag } from './gto-tag.ts';

const number = fc.nat({ max: 999_999 });
const artifact = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}[a-z0-9]$/);
const event: fc.Arbitrary<GtoEvent> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('registration' as const, 'deregistration' as const),
    artifact,
    version: fc.record({ major: number, minor: number, patch: number }),
  }),
  fc.record({ kind: fc.constant('deprecation' as const), artifact }),
  fc.record({
    kind: fc.constantFrom('assignment' as const, 'unassignment' as const),
    artifact,
    stage: fc.stringMatching(/^[a-z][a-z-]{0,9}$/),
    number: fc.option(number, { nil: undefined }),
  }),
);
const version = { major: 1, minor: 1, patch: 0 };

describe('a tag of GTO', () => {
  test('says again what it was made of', () => {
    fc.assert(
      fc.property(event, (one) => {
        expect(parseGtoTag(formatGtoTag(one))).toEqual(one);
      }),
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
      'mpg#production#1',
      { kind: 'assignment', artifact: 'mpg', stage: 'production', number: 1 },
      'Assigning stage production to artifact mpg version v1.1.0',
    ],
    [
      'mpg@v1.1.0!',
      { kind: 'deregistration', artifact: 'mpg', version },
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

  test.each(['v1', 'mpg@2.0.0', 'mpg@v1.0.0-rc', '@v1.0.0', 'mpg#', 'release-2026'])(
    '%s says nothing',
    (tag) => {
      expect(parseGtoTag(tag)).toBeUndefined();
    },
  );
});
