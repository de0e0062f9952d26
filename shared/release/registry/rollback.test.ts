import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../platform/errors.ts';
import { registryOfTags } from '../testing/registry-tags.ts';
import { previousVersion, rollbackTarget } from './rollback.ts';

const one = ['a fuel@v1.0.0', 'a fuel#production#1'];
const two = [...one, 'b fuel@v1.1.0', 'b fuel#production#2'];

const three = [...two, 'c fuel@v1.2.0', 'c fuel#production#3'];
const previous = (names: readonly string[]) => previousVersion(registryOfTags(names), 'production')?.tag;

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
      'rollback-to: production had no other version of fuel before: name the version to go back to (it has v1.0.0)',
    );
    expect(() => target(one, 'before')).toThrow(ConfigurationError);
  });
});

describe('the previous version', () => {
  test('is the one that was replaced', () => {
    expect(previous([])).toBeUndefined();
    expect(previous(one)).toBeUndefined();
    expect(previous(two)).toBe('fuel@v1.0.0');
    expect(previous(three)).toBe('fuel@v1.1.0');
  });

  test('of one that was rolled back to is the one before that, not the one rolled back', () => {
    const back = [...three, 'b fuel#production#4'];
    expect(registryOfTags(back).stages.get('production')?.tag).toBe('fuel@v1.1.0');
    expect(previous(back)).toBe('fuel@v1.0.0');
    expect(previous([...back, 'a fuel#production#5'])).toBeUndefined();
    expect(previous([...back, 'c fuel#production#5'])).toBe('fuel@v1.1.0');
  });

  test('is none that was taken away or deregistered', () => {
    expect(previous([...three, 'b fuel#production!#4'])).toBe('fuel@v1.0.0');
    expect(previous([...three, 'b fuel@v1.1.0!'])).toBe('fuel@v1.0.0');
    expect(previous([...three, 'c fuel@v1.2.0!'])).toBe('fuel@v1.0.0');
  });

  test('is what a revert replaced: nobody took that away', () => {
    const reverted = [...two, 'a fuel#production#3 c'];
    expect(previous(reverted)).toBe('fuel@v1.1.0');
    expect(previous([...reverted, 'b fuel#production#4 d'])).toBe('fuel@v1.0.0');
    expect(previous([...reverted, 'b fuel#production#4'])).toBeUndefined();
  });
});
