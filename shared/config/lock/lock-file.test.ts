import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLock } from '../testing/lock-arbitrary.ts';
import type { Lock } from './lock.ts';
import { describeLockChange, formatLock, parseLock } from './lock-file.ts';

function digestOf(digit: string): string {
  return `sha256:${digit.repeat(64)}`;
}

function lock(change: Partial<Lock['data']> = {}, rest: Partial<Omit<Lock, 'data'>> = {}): Lock {
  return {
    version: 1,
    data: {
      digest: digestOf('a'),
      rows: 57,
      window: { column: 'year', until: '1971' },
      parts: [
        { name: '1970', rows: 29, digest: digestOf('b') },
        { name: '1971', rows: 28, digest: digestOf('c') },
      ],
      ...change,
    },
    key: ['model', 'year'],
    split: { seed: 1 },
    types: { year: 'number', model: 'category' },
    ...rest,
  };
}

const advice = 'ciclo.lock is written by `ciclo lock`; run it to write the file again';

function refusal(text: string): string {
  try {
    parseLock(text, 'ciclo.lock');
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}

describe('the positive class in a lock', () => {
  it('is a line of its own, read back, and told when it changes', () => {
    const frozen = lock({}, { positive: 'fraud "1"' });
    expect(formatLock(frozen)).toContain('\n  "positive": "fraud \\"1\\"",\n');
    expect(parseLock(formatLock(frozen), 'ciclo.lock')).toEqual(frozen);
    expect(describeLockChange(lock(), frozen)).toEqual(['positive class: none → fraud "1"']);
    expect(describeLockChange(undefined, frozen)).toContain('positive class: fraud "1"');
  });
});

describe('formatLock', () => {
  it('writes one line for each part and each type, in a stable order', () => {
    expect(formatLock(lock())).toBe(`{
  "version": 1,
  "data": {
    "digest": "${digestOf('a')}",
    "rows": 57,
    "window": { "column": "year", "until": "1971" },
    "parts": [
      { "name": "1970", "rows": 29, "digest": "${digestOf('b')}" },
      { "name": "1971", "rows": 28, "digest": "${digestOf('c')}" }
    ]
  },
  "key": ["model", "year"],
  "split": { "seed": 1 },
  "types": {
    "model": "category",
    "year": "number"
  }
}
`);
  });

  it('reads back as the same lock, and is written the same again', () => {
    fc.assert(
      fc.property(anyLock, (value) => {
        const text = formatLock(value);
        const read = parseLock(text, 'ciclo.lock');
        expect(read).toEqual(value);
        expect(formatLock(read)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('parseLock', () => {
  it('says where a merge conflict is', () => {
    const text = formatLock(lock()).replace(
      '    "rows": 57',
      '<<<<<<< main\n    "rows": 57\n=======\n    "rows": 58\n>>>>>>> pr',
    );
    expect(refusal(text)).toBe(
      'ciclo.lock:5:1: the file has marks of a merge conflict; ciclo.lock is written by `ciclo lock`; run it to write the file again from the merged data',
    );
  });

  it('says all that is wrong, where, and how to get a right file', () => {
    const text = formatLock(lock())
      .replace('"rows": 29', '"rows": -1')
      .replace('"model": "category"', '"model": "text"');
    expect(refusal(text).split('\n')).toEqual([
      'ciclo.lock:8:25: data.parts[0].rows: -1 is not allowed; allowed: a whole number of at least 0',
      'ciclo.lock:15:5: types.model: "text" is not allowed; allowed: number, category, boolean, date',
      advice,
    ]);
  });

  it('refuses text that is cut short, other syntax, and numbers that do not add up', () => {
    expect(refusal(formatLock(lock()).slice(0, 120))).toMatch(/^ciclo\.lock:\d+:\d+: this is not JSON: .*\n/);
    expect(refusal('version: 1\n')).toBe(`ciclo.lock:1:1: the file is not JSON\n${advice}`);
    expect(refusal(formatLock(lock()).replace('"rows": 57', '"rows": 58'))).toBe(
      `ciclo.lock:5:5: data.rows: 58 rows, but the parts have 57 together\n${advice}`,
    );
    expect(refusal(formatLock(lock()).replace('sha256:aaaa', 'sha256:AAAA'))).toBe(
      `ciclo.lock:4:5: data.digest: "${digestOf('a').replace('aaaa', 'AAAA')}" is not a digest; allowed: sha256: and 64 hex digits\n${advice}`,
    );
  });

  it('says that a newer format needs a newer Ciclo', () => {
    expect(refusal(formatLock(lock()).replace('"version": 1', '"version": 3'))).toBe(
      'ciclo.lock:2:3: version: 3 is a lock format of a newer Ciclo; this one reads versions 1 and 2: update Ciclo',
    );
  });
});

describe('describeLockChange', () => {
  it('describes a first lock', () => {
    expect(describeLockChange(undefined, lock())).toEqual([
      'new lock: 57 rows in 2 parts, year until 1971',
      'key: model, year',
      'split seed: 1',
    ]);
  });

  it('says nothing when nothing changes', () => {
    fc.assert(
      fc.property(anyLock, (value) => {
        expect(describeLockChange(value, value)).toEqual([]);
      }),
    );
  });

  it('describes a window that moves on', () => {
    const after = lock({
      digest: digestOf('d'),
      rows: 85,
      window: { column: 'year', until: '1972' },
      parts: [...lock().data.parts, { name: '1972', rows: 28, digest: digestOf('e') }],
    });
    expect(describeLockChange(lock(), after)).toEqual([
      'window: year until 1971 → year until 1972',
      'rows: 57 rows → 85 rows (+28)',
      '1972: new, 28 rows',
    ]);
  });

  it('names the parts, columns and settings that changed', () => {
    const after = lock(
      {
        digest: digestOf('d'),
        rows: 31,
        parts: [
          { name: '1970', rows: 29, digest: digestOf('f') },
          { name: '1972', rows: 1, digest: digestOf('e') },
          { name: '1973', rows: 1, digest: digestOf('e') },
        ],
      },
      { key: ['model'], split: { seed: 2 }, types: { year: 'date', origin: 'category' } },
    );
    expect(describeLockChange(lock(), after)).toEqual([
      'rows: 57 rows → 31 rows (−26)',
      '1970: content changed, still 29 rows',
      '1972: new, 1 row',
      '1973: new, 1 row',
      '1971: gone, was 28 rows',
      'key: model, year → model; rows may change sides of the split',
      'split seed: 1 → 2; rows change sides of the split',
      'column year: number → date',
      'column origin: new, category',
      'column model: gone',
    ]);
  });

  it('counts parts beyond twenty', () => {
    const parts = Array.from({ length: 30 }, (_, i) => ({
      name: `${i}.csv`,
      rows: 1,
      digest: digestOf('e'),
    }));
    const lines = describeLockChange(lock({ parts: [], rows: 0 }), lock({ parts, rows: 30 }));
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe('and 10 more parts');
  });
});
