import { describe, expect, test } from 'vitest';
import { readHistory } from './history.ts';
import { type HousesRepository, housesRepository } from './testing/houses-repository.ts';

const proposals = (houses: HousesRepository) =>
  houses.forge.pullRequests.ofHead('ciclo/retrain/houses', { state: 'all' });
const history = (houses: HousesRepository) => readHistory({ name: 'houses' }, houses.forge);

describe('a scheduled check without new rows', () => {
  test('leaves the pull request as it is: no retraining, no line, no commit', async () => {
    await using houses = await housesRepository();
    await houses.arrive({ years: [2010, 2011], rows: 300, larger: 120, dearer: 200 });
    await houses.check();
    const before = await proposals(houses);
    const heads = houses.git('for-each-ref', 'refs/heads');
    const { action, report, line } = await houses.check();
    expect(report).toMatchObject({ outcome: 'nothing-to-compare', performance: { degraded: true } });
    expect(action.kind).toBe('none');
    expect(line).toBeUndefined();
    expect(await proposals(houses)).toEqual(before);
    expect(houses.git('for-each-ref', 'refs/heads')).toBe(heads);
  });

  test('of labels that came late retrains once for them', async () => {
    await using houses = await housesRepository();
    await houses.arrive({ years: [2010, 2010], rows: 150, dearer: 200, labelled: false });
    expect((await houses.check()).action.kind).toBe('none');
    await houses.arrive({ years: [2010, 2010], rows: 150, dearer: 200 });
    const late = await houses.check();
    expect(late).toMatchObject({
      report: { outcome: 'nothing-to-compare' },
      action: { kind: 'pull-request' },
    });
    expect((await history(houses)).map(({ action }) => action?.kind)).toEqual(['none', 'pull-request']);
    const again = await houses.check();
    expect(again).toMatchObject({ action: { kind: 'none' } });
    expect(again.line).toBeUndefined();
    expect(await history(houses)).toHaveLength(2);
  });

  test('notes once what late labels say of a model that does well', async () => {
    await using houses = await housesRepository();
    await houses.arrive({ years: [2010, 2010], rows: 150, labelled: false });
    await houses.check();
    await houses.arrive({ years: [2010, 2010], rows: 150 });
    const late = await houses.check();
    expect(late).toMatchObject({
      report: { outcome: 'nothing-to-compare', performance: { outcome: 'measured', degraded: false } },
      action: { kind: 'none' },
    });
    expect((await houses.check()).line).toBeUndefined();
    expect((await history(houses)).map(({ performance }) => performance?.kind)).toEqual([
      'estimated',
      'measured',
    ]);
  });
});
