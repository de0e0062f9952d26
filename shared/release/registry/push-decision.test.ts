import { describe, expect, test } from 'vitest';
import { registryOfTags } from '../testing/registry-tags.ts';
import { pushDecision } from './push-decision.ts';
import { compareVersions, requireVersion } from './version.ts';

const one = ['a fuel@v1.0.0', 'a fuel#production#1'];
const two = [...one, 'b fuel@v1.1.0', 'b fuel#production#2'];

function decided(names: readonly string[], label: string, push: { commit?: string; failure?: string } = {}) {
  const registry = registryOfTags(names);
  const known = [...registry.versions, ...registry.withdrawn].find(
    ({ version }) => compareVersions(version, requireVersion(label)) === 0,
  );
  return pushDecision(registry, known!, { stage: 'production', commit: 'later00', ...push });
}

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
        'fuel@v1.1.0, which is this very model, was taken away from production by hand, so a push does not bring it back; assign it by hand if it should be: rollback-to v1.1.0',
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
    expect(decided(back, 'v1.1.0').outcome).toBe('again');
  });

  test('does not try again what failed', () => {
    expect(decided(['a fuel@v1.0.0'], 'v1.0.0', { failure: 'record 1: 3 in place of 2' })).toEqual({
      outcome: 'failed',
      reason:
        'fuel@v1.0.0, which is this very model, failed when it was deployed (record 1: 3 in place of 2), so a push does not try it again; assign it by hand if it should be: rollback-to v1.0.0',
    });
  });

  test('brings back what was only replaced when a newer commit makes it, not when its own run runs again', () => {
    expect(decided(two, 'v1.0.0', { commit: '0123456789' })).toEqual({
      outcome: 'again',
      reason: 'production had fuel@v1.0.0 before, and the commit 0123456 makes this very model again',
    });
    expect(decided(two, 'v1.0.0', { commit: 'a' })).toEqual({
      outcome: 'older-run',
      reason:
        'production had fuel@v1.0.0 from the commit a and has a newer version since, so deploying that commit again does not bring it back; assign it by hand if it should be: rollback-to v1.0.0',
    });
  });

  test('a revert takes nothing away: the revert of a revert brings back what was reverted', () => {
    const reverted = [...two, 'a fuel#production#3 c'];
    expect(decided(reverted, 'v1.1.0', { commit: 'd' }).outcome).toBe('again');
    expect(decided(reverted, 'v1.1.0', { commit: 'b' }).outcome).toBe('older-run');
  });

  test('a revert that runs again after newer versions does not bring its version back either', () => {
    const newer = [...two, 'a fuel#production#3 c', 'd fuel@v1.2.0', 'd fuel#production#4 d'];
    expect(decided(newer, 'v1.0.0', { commit: 'c' }).outcome).toBe('older-run');
    expect(decided(newer, 'v1.0.0', { commit: 'e' }).outcome).toBe('again');
  });

  test('what was deregistered may come under another number, unless it was rolled back or failed before', () => {
    const withdrawn = [...two, 'b fuel@v1.1.0!'];
    expect(decided(withdrawn, 'v1.1.0', { commit: 'c' }).outcome).toBe('again');
    expect(decided(['a fuel@v1.0.0', 'b fuel@v1.1.0', 'b fuel@v1.1.0!'], 'v1.1.0').outcome).toBe('assign');
    expect(decided([...two, 'a fuel#production#3', 'b fuel@v1.1.0!'], 'v1.1.0')).toEqual({
      outcome: 'taken-away',
      reason:
        'fuel@v1.1.0, which is this very model, was taken away from production by hand, so a push does not bring it back; fuel@v1.1.0 was deregistered since: register it again if it should be, and assign it by hand: rollback-to v1.1.0',
    });
    expect(decided(withdrawn, 'v1.1.0', { failure: 'record 1' }).outcome).toBe('failed');
  });
});
