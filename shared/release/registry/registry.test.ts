import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registryOfTags, taggedAs } from '../testing/registry-tags.ts';
import { nextAssignment, nextTagTime, readRegistry } from './registry.ts';

const live = (names: readonly string[], stage = 'production') => registryOfTags(names).stages.get(stage)?.tag;

/** Commits a, b, c: `a fuel@v1.0.0`. */
const one = ['a fuel@v1.0.0', 'a fuel#production#1'];
const two = [...one, 'b fuel@v1.1.0', 'b fuel#production#2'];
const three = [...two, 'c fuel@v1.2.0', 'c fuel#production#3'];

describe('a registry', () => {
  test('without tags has nothing', () => {
    expect(readRegistry([], 'fuel')).toEqual({
      artifact: 'fuel',
      versions: [],
      withdrawn: [],
      stages: new Map(),
      assignments: [],
      history: [],
      numbered: 0,
      lastTime: undefined,
      deprecated: false,
    });
  });

  test('is that of one artifact: others and other tags are left out', () => {
    const names = [...one, 'a fuel-two@v9.0.0', 'a v1', 'a other#production#7', 'b models=fuel@v3.0.0'];
    expect(registryOfTags(names)).toEqual({ ...registryOfTags(one), lastTime: expect.any(Number) });
  });

  test('tells what happened, the newest first', () => {
    expect(registryOfTags(two).history.map(({ kind, tag, commit }) => [kind, tag, commit])).toEqual([
      ['assignment', 'fuel#production#2', 'b'],
      ['registration', 'fuel@v1.1.0', 'b'],
      ['assignment', 'fuel#production#1', 'a'],
      ['registration', 'fuel@v1.0.0', 'a'],
    ]);
  });

  test('goes by the time of tags, not by their order or number', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...taggedAs(three)], { minLength: 6 }), (tags) => {
        expect(readRegistry(tags, 'fuel')).toEqual(registryOfTags(three));
      }),
    );
    expect(live([...two, 'a fuel#production'])).toBe('fuel@v1.0.0');
  });

  test('knows the bytes of versions that Ciclo registered', () => {
    const digest = `sha256:${'ab'.repeat(32)}`;
    const [registration, ...others] = taggedAs(one);
    const message = `Registering artifact fuel version v1.0.0\n\nmodel: ${digest}`;
    const [version] = readRegistry([{ ...registration!, message }, ...others], 'fuel').versions;
    expect(version!.model).toBe(digest);
    expect(registryOfTags(one).versions[0]!.model).toBeUndefined();
  });
});

test('a registry keeps those apart that were taken back, until they are registered again', () => {
  const tagsOf = (names: readonly string[]) => {
    const { versions, withdrawn } = registryOfTags(names);
    return { versions: versions.map(({ tag }) => tag), withdrawn: withdrawn.map(({ tag }) => tag) };
  };
  const back = [...two, 'b fuel@v1.1.0!'];
  expect(tagsOf(back)).toEqual({ versions: ['fuel@v1.0.0'], withdrawn: ['fuel@v1.1.0'] });
  expect(tagsOf([...back, 'b fuel@v1.1.0#3'])).toEqual({
    versions: ['fuel@v1.0.0', 'fuel@v1.1.0'],
    withdrawn: [],
  });
});

describe('a stage', () => {
  test('is held by the version that was assigned last', () => {
    expect(live(one)).toBe('fuel@v1.0.0');
    expect(live(two)).toBe('fuel@v1.1.0');
    expect(live([...two, 'a fuel#production#3'])).toBe('fuel@v1.0.0');
  });

  test('goes back to the version before when it is taken from one, or that is deregistered', () => {
    expect(live([...two, 'b fuel#production!#3'])).toBe('fuel@v1.0.0');
    expect(live([...two, 'b fuel@v1.1.0!'])).toBe('fuel@v1.0.0');
    expect(live([...two, 'a fuel#production!#3'])).toBe('fuel@v1.1.0');
    expect(live([...one, 'a fuel#production!#2'])).toBeUndefined();
    expect(live([...two, 'b fuel@v1.1.0!', 'b fuel@v1.1.0#3'])).toBe('fuel@v1.1.0');
  });

  test('is apart from other stages, which share the counter', () => {
    const names = [...two, 'a fuel#staging#3'];
    expect(live(names)).toBe('fuel@v1.1.0');
    expect(live(names, 'staging')).toBe('fuel@v1.0.0');
    expect(nextAssignment(registryOfTags(names), 'production')).toBe('fuel#production#4');
  });

  test('given to a commit without a version changes nothing: there is nothing to fetch', () => {
    expect(live([...one, 'z fuel#production#2'])).toBe('fuel@v1.0.0');
  });
});

describe('the next tag', () => {
  test('is later than the last, by a second at least, whatever the clock says', () => {
    const registry = registryOfTags(two);
    const last = registry.lastTime!;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (now) => {
        const time = nextTagTime(registry, now);
        expect(Number.isInteger(time)).toBe(true);
        expect(time).toBeGreaterThan(last);
        if (now / 1000 >= last + 1) expect(time).toBe(Math.floor(now / 1000));
      }),
    );
  });

  test('is numbered after the highest counter that there is', () => {
    expect(nextAssignment(registryOfTags([]), 'production')).toBe('fuel#production#1');
    expect(nextAssignment(registryOfTags([...one, 'a fuel#staging#41']), 'production')).toBe(
      'fuel#production#42',
    );
    expect(nextAssignment(registryOfTags([...one, 'a fuel@deprecated#5']), 'production')).toBe(
      'fuel#production#6',
    );
  });
});

test('a deprecated artifact comes back with its next version', () => {
  const deprecated = [...two, 'b fuel@deprecated'];
  expect(registryOfTags(deprecated).deprecated).toBe(true);
  expect(registryOfTags([...deprecated, 'c fuel@v1.2.0']).deprecated).toBe(false);
});
