import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVersions, formatVersion, parseVersion, raisedVersion, requireVersion } from './version.ts';

const number = fc.nat({ max: 999_999_999 });
const version = fc.record({ major: number, minor: number, patch: number });

describe('a version', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(version, (one) => {
        expect(parseVersion(formatVersion(one))).toEqual(one);
      }),
    );
  });

  test.each(['1.2.0', 'v1.2', 'v01.2.0', 'v1.2.0-rc.1', 'v1.2.0+5', 'v1.2.0 ', 'V1.2.0', 'v1.2.1000000000'])(
    '%s is none',
    (text) => expect(parseVersion(text)).toBeUndefined(),
  );

  test('is higher than the one that it was raised from, whatever part', () => {
    const bump = fc.constantFrom('major', 'minor', 'patch');
    fc.assert(
      fc.property(version, bump, (one, part) => {
        expect(compareVersions(raisedVersion(one, part), one)).toBeGreaterThan(0);
      }),
    );
    expect(raisedVersion({ major: 1, minor: 2, patch: 3 }, 'minor')).toEqual({
      major: 1,
      minor: 3,
      patch: 0,
    });
    expect(raisedVersion({ major: 1, minor: 2, patch: 3 }, 'major')).toEqual({
      major: 2,
      minor: 0,
      patch: 0,
    });
  });

  test('of a user may leave out the v; what is none is quoted', () => {
    expect(requireVersion('1.2.0')).toEqual({ major: 1, minor: 2, patch: 0 });
    expect(() => requireVersion('latest')).toThrow(
      '"latest" is not a version; write three numbers, such as v1.2.0',
    );
  });
});
