import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../shared/config/load.ts';
import { type BaseDeclaration, declaredChange, isLoosened } from './declared-change.ts';

const ciclo = (gates: string) =>
  parseConfig(
    `task: regression\ntarget: mpg\ndata: { source: { type: file, path: data.csv } }\nvalidate: { gates: [${gates}] }\n`,
    'models/ciclo.yml',
  );
const against = '{ metric: rmse, champion: { worse-by-at-most: 2% } }';
const champion = { name: 'fuel@v1.2.0', rows: 0, comparable: true } as const;
const lost = { ...champion, comparable: false, reason: 'its target is hp' };
const head = { loaded: ciclo(against), lock: undefined, path: 'models/ciclo.yml', champion };
const base = (gates: string): BaseDeclaration => ({
  branch: 'main',
  state: 'there',
  loaded: ciclo(gates),
  lock: undefined,
});

describe('a champion', () => {
  test('that can be compared with changes nothing', () => {
    expect(declaredChange(base(against), head)).toMatchObject({ changes: [], comparable: true });
  });

  test('that cannot be is one that loosens, where the base has gates on it', () => {
    const changed = declaredChange(base(against), { ...head, champion: lost })!;
    expect(changed.changes).toMatchObject([
      {
        effect: 'loosens',
        sentence:
          'fuel@v1.2.0 cannot be compared with, so that no gate on the champion counts: its target is hp',
      },
    ]);
    expect(isLoosened(changed)).toBe(true);
    const other = declaredChange(base('{ metric: rmse, max: 4 }'), { ...head, champion: lost })!;
    expect(other.changes.map(({ kind }) => kind)).not.toContain('champion');
  });
});

describe('a base without a ciclo.yml', () => {
  const none: BaseDeclaration = { branch: 'main', state: 'none' };

  test('is a first pull request, which loosens nothing', () => {
    expect(declaredChange(none, { ...head, champion: undefined })).toBeUndefined();
  });

  test('while a model of the name is deployed is one whose ciclo.yml was moved', () => {
    const changed = declaredChange(none, head)!;
    expect(isLoosened(changed)).toBe(true);
    expect(changed.changes[0]!.sentence).toBe(
      'main has no models/ciclo.yml, yet fuel@v1.2.0 is deployed: what that was judged by cannot be compared',
    );
  });
});

test('a base that cannot be read needs somebody, and says why', () => {
  const changed = declaredChange({ branch: 'main', state: 'unreadable', reason: 'not YAML' }, head)!;
  expect(isLoosened(changed)).toBe(true);
  expect(changed).toMatchObject({ comparable: false });
  expect(changed.changes[0]!.sentence).toMatch(/could not be compared with this one: not YAML$/);
});
