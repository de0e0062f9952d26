import { expect, test } from 'vitest';
import { fixedClock } from '../../platform/clock.ts';
import { createWritePace } from './write-pace.ts';

test('ten writes go at once, those after them a second apart, one at a time', async () => {
  const clock = fixedClock(0);
  const { write, notifications } = createWritePace(clock);
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: 13 }, () => write.key().schedule({}, () => void times.push(clock.now()))),
  );
  expect(times).toEqual([...Array(10).fill(0), 1000, 2000, 3000]);
  // What notifies somebody is a write already, and waits no further.
  expect(await notifications.key().schedule({}, () => clock.now())).toBe(3000);
});

test('work that fails fails its own caller, and holds up nobody', async () => {
  const { write } = createWritePace(fixedClock(0));
  const failing = write.key().schedule({}, () => {
    throw new Error('broken');
  });
  const next = write.key().schedule({}, () => 'done');
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
});
