import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registryOfTags, taggedAs } from '../testing/registry-tags.ts';
import { type Registry, readRegistry } from './registry.ts';
import type { RegistryTag } from './registry-events.ts';
import { nextVersion, planAssignment, planRegistration, type TagPlan } from './registry-plan.ts';
import { type Bump, formatVersion, requireVersion } from './version.ts';

const digest = (n: number) => `sha256:${String(n).padStart(64, '0')}`;
const now = 1_767_700_000_000;
const two = ['a fuel@v1.0.0', 'a fuel#production#1', 'b fuel@v1.1.0', 'b fuel#production#2'];
const stage = 'production';

function registryAfter(names: readonly string[], { tag }: TagPlan): Registry {
  return readRegistry([...taggedAs(names), ...(tag ? [tag] : [])], 'fuel');
}

describe('registering', () => {
  test('tags the commit in GTO’s words, with the bytes below', () => {
    const { tag } = planRegistration(registryOfTags([]), {
      bump: 'patch',
      commit: 'c',
      model: digest(1),
      now,
    });
    expect(tag).toEqual({
      name: 'fuel@v1.0.0',
      commit: 'c',
      time: now / 1000,
      message: `Registering artifact fuel version v1.0.0\n\nmodel: ${digest(1)}`,
    });
  });

  test('of the same bytes again writes nothing, wherever it is', () => {
    const given = { bump: 'minor', commit: 'c', model: digest(1), now } as const;
    const first = planRegistration(registryOfTags(two), given);
    expect(formatVersion(first.version)).toBe('v1.2.0');
    const again = planRegistration(registryAfter(two, first), { ...given, commit: 'd' });
    expect(again).toEqual({ tag: undefined, version: first.version });
  });

  test('is refused on a commit that is another version: GTO could not read the registry', () => {
    const onto = (names: readonly string[]) =>
      planRegistration(registryOfTags(names), { bump: 'patch', commit: 'b', model: digest(1), now });
    expect(() => onto(two)).toThrow(
      'the commit b is fuel@v1.1.0 already, and this is another model: one commit can have one version of fuel, so commit what made the difference, and deploy that',
    );
    expect(() => onto([...two, 'b fuel@v1.1.0!'])).toThrow(
      'the commit b was registered as fuel@v1.1.0, which was taken back: one commit can have one version of fuel, taken back or not, so deploy a later commit, which gets the next number',
    );
  });

  test('does not give the number of a version that was taken back again', () => {
    const bumped = (names: readonly string[], bump: Bump) =>
      formatVersion(nextVersion(registryOfTags(names), bump));
    const back = [...two, 'b fuel@v1.1.0!'];
    expect(bumped(back, 'patch')).toBe('v1.1.1');
    expect(bumped(back, 'minor')).toBe('v1.2.0');
    expect(bumped(back, 'major')).toBe('v2.0.0');
    // Nor where somebody deleted the registration itself.
    expect(bumped(['a fuel@v1.0.0', 'b fuel@v1.1.0!'], 'minor')).toBe('v1.2.0');
  });
});

describe('assigning', () => {
  const assign = (
    names: readonly string[],
    version: string,
    { from, pushed }: { from?: string; pushed?: string } = {},
  ) => {
    const registry = registryOfTags(names);
    const expected = registry.versions.find(({ tag }) => tag === from);
    return planAssignment(registry, {
      ...{ stage, version: requireVersion(version), expected, now },
      ...(pushed === undefined ? {} : { pushed }),
    });
  };

  test('numbers the tag over all stages and puts it on the version’s commit', () => {
    const { tag } = assign([...two, 'b fuel#staging#3'], 'v1.0.0', { from: 'fuel@v1.1.0' });
    expect(tag).toMatchObject({
      name: 'fuel#production#4',
      commit: 'a',
      message: 'Assigning stage production to artifact fuel version v1.0.0',
    });
  });

  test('by a push says which commit was deployed', () => {
    const plan = assign(two, 'v1.0.0', { from: 'fuel@v1.1.0', pushed: 'c' });
    expect(plan.tag!.message).toBe('Assigning stage production to artifact fuel version v1.0.0\n\npushed: c');
    expect(registryAfter(two, plan).assignments.map(({ pushed }) => pushed)).toEqual([
      undefined,
      undefined,
      'c',
    ]);
  });

  test('gives the stage back to an older version', () => {
    const plan = assign(two, 'v1.0.0', { from: 'fuel@v1.1.0' });
    expect(plan.tag).toMatchObject({ name: 'fuel#production#3', commit: 'a' });
    expect(registryAfter(two, plan).stages.get(stage)!.tag).toBe('fuel@v1.0.0');
  });

  test('what is assigned writes nothing, whatever is expected; what is not registered is refused', () => {
    expect(assign(two, 'v1.1.0', { from: 'fuel@v1.0.0' }).tag).toBeUndefined();
    expect(() => assign(two, 'v3.0.0', { from: 'fuel@v1.1.0' })).toThrow(
      'fuel has no version "v3.0.0"; it has v1.0.0, v1.1.0',
    );
  });

  test('is refused once the stage has another version than expected', () => {
    const three = [...two, 'c fuel@v1.2.0'];
    expect(() => assign(three, 'v1.2.0', { from: 'fuel@v1.0.0', pushed: 'c' })).toThrow(
      'another deployment changed production meanwhile: it has fuel@v1.1.0 now, and fuel@v1.2.0 was to replace fuel@v1.0.0; validate and deploy again',
    );
    expect(() => assign(three, 'v1.2.0')).toThrow(
      'it has fuel@v1.1.0 now, and fuel@v1.2.0 was to replace nothing; see what should be there now',
    );
    const none = ['a fuel@v1.0.0', 'b fuel@v1.1.0'];
    expect(() => assign(none, 'v1.1.0', { from: 'fuel@v1.0.0' })).toThrow(
      /it has nothing now, .* replace fuel@v1\.0\.0/,
    );
  });
});

test('whatever is planned one after the other: names are new, times ascend, and what was planned holds', () => {
  const step = fc.oneof(
    fc.record({
      act: fc.constant('register' as const),
      bump: fc.constantFrom<Bump>('major', 'minor', 'patch'),
    }),
    fc.record({
      act: fc.constant('assign' as const),
      stage: fc.constantFrom('production', 'staging'),
      pick: fc.nat({ max: 9 }),
    }),
  );
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 15 }),
      fc.array(fc.nat({ max: 5000 }), { minLength: 15 }),
      (steps, waits) => {
        const tags: RegistryTag[] = [];
        let clock = now;
        for (const [i, one] of steps.entries()) {
          clock += waits[i]! - 1000; // A clock may go back.
          const registry = readRegistry(tags, 'fuel');
          const version =
            registry.versions[('pick' in one ? one.pick : 0) % Math.max(1, registry.versions.length)]
              ?.version;
          if (one.act !== 'register' && !version) continue;
          const plan = planned(registry, one, { version: version!, now: clock, i });
          if (plan.tag) tags.push(plan.tag);
          const read = readRegistry(tags, 'fuel');
          if (one.act === 'assign') expect(read.stages.get(one.stage)!.version).toEqual(version);
          if (one.act === 'register') expect(read.versions.at(-1)!.version).toEqual(plan.version);
          expect(planned(read, one, { version: version!, now: clock, i }).tag).toBeUndefined();
        }
        expect(new Set(tags.map(({ name }) => name)).size).toBe(tags.length);
        expect(tags.every(({ time }, i) => i === 0 || time > tags[i - 1]!.time)).toBe(true);
      },
    ),
  );
});

type Step =
  | { readonly act: 'register'; readonly bump: Bump }
  | { readonly act: 'assign'; readonly stage: string };

function planned(
  registry: Registry,
  step: Step,
  at: {
    readonly version: { major: number; minor: number; patch: number };
    readonly now: number;
    readonly i: number;
  },
): TagPlan {
  const { now, version, i } = at;
  if (step.act === 'register') {
    return planRegistration(registry, { bump: step.bump, commit: `c${i}`, model: digest(i), now });
  }
  const expected = registry.stages.get(step.stage);
  return planAssignment(registry, { stage: step.stage, version, expected, now });
}
