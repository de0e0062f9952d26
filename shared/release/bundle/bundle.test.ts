import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../platform/digest.ts';
import { IntegrityError } from '../../platform/errors.ts';
import { sampleFiles, sampleHead } from '../testing/sample-bundle.ts';
import { readBundle, writeBundle } from './bundle.ts';

const program = fileURLToPath(new URL('../testing/sample-bundle.ts', import.meta.url));

describe('a bundle', () => {
  test('gives back what it was made of', async () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,12}$/).filter((one) => one !== 'manifest.json');
    const content = fc.dictionary(name, fc.uint8Array({ maxLength: 200 }), { maxKeys: 6 });
    await fc.assert(
      fc.asyncProperty(content, async (given) => {
        const bundle = await readBundle(
          await writeBundle(sampleHead, new Map(Object.entries(given))),
          'fuel',
        );
        expect(bundle.manifest).toMatchObject(sampleHead);
        expect(Object.fromEntries([...bundle.files].map(([key, bytes]) => [key, [...bytes]]))).toEqual(
          Object.fromEntries(Object.entries(given).map(([key, bytes]) => [key, [...bytes]])),
        );
      }),
      { numRuns: 50 },
    );
  });

  test('has the same bytes whatever the order of its files and the time zone', async () => {
    const digest = sha256(await writeBundle(sampleHead, new Map([...sampleFiles].reverse())));
    for (const zone of ['UTC', 'Asia/Kolkata', 'America/New_York']) {
      const env = { ...process.env, TZ: zone };
      expect(execFileSync(process.execPath, [program], { encoding: 'utf8', env }).trim()).toBe(digest);
    }
    // Pinned: another digest means that the bundles of every pipeline change.
    expect(digest).toBe('sha256:4e934202b1a55c9a8e926f0a3e991c70d6b554b7208bd1a0331af263d21fa639');
  });

  test('with any byte changed, or the end missing, is refused or unchanged; it never crashes', async () => {
    const whole = await writeBundle(sampleHead, sampleFiles);
    const sound = await readBundle(whole, 'fuel');
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const changed = Uint8Array.from(whole);
          changed[at] = changed[at]! ^ by;
          for (const bytes of [changed, whole.subarray(0, at)]) {
            const read = await readBundle(bytes, 'fuel').catch((error: unknown) => error);
            if (!(read instanceof IntegrityError)) expect(read).toEqual(sound);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
