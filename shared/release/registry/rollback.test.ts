import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../platform/errors.ts';
import { registryOfTags } from '../testing/registry-tags.ts';
import { registeredVersion } from './registry.ts';
import { pushDecision, rollbackTarget } from './rollback.ts';
import { requireVersion } from './version.ts';

const one = ['a fuel@v1.0.0', 'a fuel#production#1'];
const two = [...one, 'b fuel@v1.1.0', 'b fuel#production#2'];

function decided(
  names: readonly string[],
  version: string,
  push: { commit?: string; failure?: string } = {},
) {
  const registry = registryOfTags(names);
  const known = registeredVersion(registry, requireVersion(version))!;
  return pushDecision(registry, known, { stage: 'production', commit: 'later00', ...push });
}

describe('going back', () => {
  const target = (names: readonly string[], to: string) =>
    rollbackTarget(registryOfTags(names), 'production', to);

  test('to a version, or to the previous one', () => {
    expect(target(two, 'previous').tag).toBe('fuel@v1.0.0');
    expect(target(two, '1.1.0').tag).toBe('fuel@v1.1.0');
  });

  test('to what is not there says what is', () => {
    expect(() => target(two, 'v9.0.0')).toThrow(
      'rollback-to: fuel has no version "v9.0.0"; it has v1.0.0, v1.1.0',
    );
    expect(() => target([], 'v1.0.0')).toThrow('rollback-to: fuel has no version "v1.0.0"; it has none');
    expect(() => target(one, 'previous')).toThrow(
      'rollback-to: production has no version of fuel before the one that it has; it has v1.0.0',
    );
    expect(() => target(one, 'before')).toThrow(ConfigurationError);
  });
});

describe('a push whose model is a version already', () => {
  test('assigns one that its stage has not had, whatever other stages had', () => {
    expect(decided(['a fuel@v1.0.0', 'a fuel#staging#1'], 'v1.0.0')).toEqual({
      outcome: 'assign',
      reason: 'production has not had fuel@v1.0.0 yet',
    });
  });

  test('does nothing where the stage has it', () => {
    expect(decided(two, 'v1.1.0').outcome).toBe('holds');
    expect(decided(two, 'v1.1.0', { failure: 'an earlier try' }).outcome).toBe('holds');
  });

  test('does not bring back what was rolled back, nor taken away', () => {
    expect(decided([...two, 'a fuel#production#3'], 'v1.1.0')).toEqual({
      outcome: 'taken-away',
      reason:
        'fuel@v1.1.0 was taken away from production by hand, so a push does not bring it back; assign it by hand if it should be: rollback-to v1.1.0',
    });
    expect(decided([...two, 'b fuel#production!#3'], 'v1.1.0').outcome).toBe('taken-away');
  });

  test('may bring it back once a person did', () => {
    const back = [
      ...two,
      'a fuel#production#3',
      'b fuel#production#4',
      'c fuel@v1.2.0',
      'c fuel#production#5',
    ];
    expect(decided(back, 'v1.1.0').outcome).toBe('assign');
  });

  test('does not try again what failed', () => {
    expect(decided(['a fuel@v1.0.0'], 'v1.0.0', { failure: 'record 1: 3 in place of 2' })).toEqual({
      outcome: 'failed',
      reason:
        'fuel@v1.0.0 failed when it was deployed (record 1: 3 in place of 2), so a push does not try it again; assign it by hand if it should be: rollback-to v1.0.0',
    });
  });

  test('brings back what was only replaced when a newer commit makes it, not when its own run runs again', () => {
    expect(decided(two, 'v1.0.0', { commit: '0123456789' })).toEqual({
      outcome: 'assign',
      reason: 'production had fuel@v1.0.0 before, and the commit 0123456 makes this very model again',
    });
    expect(decided(two, 'v1.0.0', { commit: 'a' }).outcome).toBe('older-run');
  });
});
