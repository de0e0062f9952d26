import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registryOfTags, taggedAs } from '../testing/registry-tags.ts';
import { type Registry, readRegistry } from './registry.ts';
import type { RegistryTag } from './registry-events.ts';
import {
  nextVersion,
  planAssignment,
  planDeprecation,
  planRegistration,
  planRollback,
  type TagPlan,
} from './registry-plan.ts';
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
    expect(() => onto([...two, 'b fuel@v1.1.0!'])).toThrow(/is fuel@v1\.1\.0 already/);
  });

  test('does not give the number of a version that was taken back again', () => {
    const bumped = (bump: Bump) =>
      formatVersion(nextVersion(registryOfTags([...two, 'b fuel@v1.1.0!']), bump));
    expect([bumped('patch'), bumped('minor'), bumped('major')]).toEqual(['v1.1.1', 'v1.2.0', 'v2.0.0']);
  });
});

describe('assigning', () => {
  test('numbers the tag over all stages and puts it on the version’s commit', () => {
    const version = requireVersion('v1.0.0');
    const { tag } = planAssignment(registryOfTags([...two, 'b fuel#staging#3']), { stage, version, now });
    expect(tag).toMatchObject({
      name: 'fuel#production#4',
      commit: 'a',
      message: 'Assigning stage production to artifact fuel version v1.0.0',
    });
  });

  test('what is assigned writes nothing, what is not registered is refused', () => {
    const assign = (version: string) =>
      planAssignment(registryOfTags(two), { stage, version: requireVersion(version), now });
    expect(assign('v1.1.0').tag).toBeUndefined();
    expect(() => assign('v3.0.0')).toThrow(
      'fuel has no version "v3.0.0" that production could be given to: register it first',
    );
  });
});

test('rolling back assigns the older version anew', () => {
  const plan = planRollback(registryOfTags(two), { stage, to: 'previous', now });
  expect(plan.tag).toMatchObject({ name: 'fuel#production#3', commit: 'a' });
  expect(registryAfter(two, plan).stages.get(stage)!.tag).toBe('fuel@v1.0.0');
  expect(planRollback(registryOfTags(two), { stage, to: 'v1.1.0', now }).tag).toBeUndefined();
});

describe('deprecating', () => {
  test('tags the commit of what happened last, once', () => {
    const plan = planDeprecation(registryOfTags(two), { now });
    expect(plan.tag).toMatchObject({
      name: 'fuel@deprecated',
      commit: 'b',
      message: "Deprecating artifact 'fuel'",
    });
    expect(planDeprecation(registryAfter(two, plan), { now }).tag).toBeUndefined();
  });

  test('again, after a version brought it back, has a counter', () => {
    const back = [...two, 'b fuel@deprecated', 'c fuel@v1.2.0'];
    const plan = planDeprecation(registryOfTags(back), { now });
    expect(plan.tag!.name).toBe('fuel@deprecated#3');
    expect(registryAfter(back, plan).deprecated).toBe(true);
  });

  test('of nothing is refused', () => {
    expect(() => planDeprecation(registryOfTags([]), { now })).toThrow(
      '"fuel" cannot be deprecated: no version of it is registered',
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
    fc.record({ act: fc.constant('deprecate' as const) }),
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
          if (one.act === 'deprecate') expect(read.deprecated).toBe(true);
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
  | { readonly act: 'assign'; readonly stage: string }
  | { readonly act: 'deprecate' };

function planned(
  registry: Registry,
  step: Step,
  at: {
    readonly version: { major: number; minor: number; patch: number };
    readonly now: number;
    readonly i: number;
  },
): TagPlan {
  if (step.act === 'register') {
    return planRegistration(registry, {
      bump: step.bump,
      commit: `c${at.i}`,
      model: digest(at.i),
      now: at.now,
    });
  }
  return step.act === 'assign'
    ? planAssignment(registry, { stage: step.stage, version: at.version, now: at.now })
    : planDeprecation(registry, { now: at.now });
}
