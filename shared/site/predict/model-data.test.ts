import { describe, expect, test } from 'vitest';
import { type Row, rowAt } from '../../dataset/table/table.ts';
import { createPredictor } from '../../model/predictor/predictor.ts';
import { modelOf } from '../browser/model.ts';
import type { PageModelData } from '../data.ts';
import { portfolioSite } from '../testing/portfolio-site.ts';
import { realValuedSite } from '../testing/real-valued-site.ts';
import { type SampleSite, sampleTable } from '../testing/sample-site.ts';
import { sampleSites } from '../testing/sample-sites.ts';
import { modelDataOf } from './model-data.ts';
import { embeddedJson, pageDataOf } from './page-data.ts';

/** Rows with every value missing that may be, one that training never saw, and the ends of the ranges. */
const unusual: readonly Row[] = [
  { weight: 1, doors: null, origin: null, turbo: false, sold: null },
  { weight: 5000, doors: 1e9, origin: 'nowhere', turbo: true, sold: Date.UTC(1970, 0, 1) },
  { weight: 1500, doors: -0, origin: '__proto__', turbo: true, sold: 8.64e15 },
];

/** The page's model, from the texts that stand in the page. */
function pageModel(site: SampleSite) {
  const { schema } = JSON.parse(embeddedJson(pageDataOf(site))) as ReturnType<typeof pageDataOf>;
  const data = JSON.parse(embeddedJson(modelDataOf(site.model))) as PageModelData;
  return { data, model: modelOf(schema, data) };
}

describe.each(['regression', 'binary', 'multiclass'] as const)(
  'the model on the page of a portfolio, %s',
  (task) => {
    const site = portfolioSite(task);

    test('answers every row as the predictor does, to the bit: missing, unseen and far away values too', () => {
      const { model } = pageModel(site);
      const predictor = createPredictor(site.model);
      const table = sampleTable();
      const rows = [...Array.from({ length: table.rows }, (_, row) => rowAt(table, row)), ...unusual];
      const expected = rows.map((row) => predictor.predictRecord(row));
      expect(rows.map((row) => model.predict(row))).toEqual(expected);
      expect(new Set(expected.map((answer) => JSON.stringify(answer))).size).toBeGreaterThan(300);
      if (task === 'regression') return;
      // Some chances lie between the binary portfolio's threshold, 0.45, and a half: the threshold decides.
      const labels = new Set(expected.map((answer) => 'label' in answer && answer.label));
      expect(labels.size).toBe(task === 'binary' ? 2 : 3);
    });

    test('lies there once: networks that differ in their weights alone, and recipes of members', () => {
      const { data } = pageModel(site);
      if (!('parts' in data.engine)) throw new TypeError('a portfolio is a blend');
      expect(data.networks.length).toBeLessThanOrEqual(2 * 5);
      expect(data.engine.recipes).toHaveLength(5);
    });
  },
);

test.each([...sampleSites.filter(({ name }) => name !== 'hostile'), realValuedSite() as SampleSite])(
  'a single model answers on its page as its predictor does, to the bit: $name',
  (site) => {
    const { model } = pageModel(site);
    const predictor = createPredictor(site.model);
    const typical = Object.fromEntries(
      pageDataOf(site).fields.map(({ column, typical }) => [column.name, typical]),
    );
    const moved = pageDataOf(site).fields.flatMap(({ column, span }) =>
      (span ?? []).map((end) => ({ ...typical, [column.name]: end })),
    );
    for (const row of [typical, ...moved]) expect(model.predict(row)).toEqual(predictor.predictRecord(row));
  },
);
