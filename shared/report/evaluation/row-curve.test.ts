import { expect, test } from 'vitest';
import type { RowCurve } from '../../model/report/row-curve-report.ts';
import { html } from '../markup/html.ts';
import { sampleTraining } from '../testing/sample-training.ts';
import { learningSection } from './learning.ts';

const learningCurve: RowCurve = {
  ...{ metric: 'rmse', of: ['neural-network'], judged: 6044, verdict: 'helps' },
  points: [
    { rows: 2261, models: 4, loss: 31 },
    { rows: 4523, models: 2, loss: 30 },
    { rows: 9046, models: 1, loss: 29.5 },
    { rows: 18_091, models: 1, loss: 29.2 },
  ],
  twice: { lower: 0.012, interval: [0.004, 0.02], confidence: 0.95 },
};
const bodyOf = async (overrides: Parameters<typeof sampleTraining>[0]) =>
  String(html`${(await learningSection(sampleTraining(overrides), (length) => length)).body}`);

test('the report says whether more rows would help, and draws the curve in the colours of the page', async () => {
  const body = await bodyOf({ learningCurve });
  expect(body).toContain('Would more rows help?');
  expect(body).toContain('Twice the training rows would lower rmse by about 1.2% (0.4% to 2%).');
  expect(body).toContain('Learning curve by training rows: rmse 31 with 2,261, 30 with 4,523,');
  expect(body).toContain('training rows (doubled from point to point)');
  expect(body).toContain('rmse; the lower, the better');
  // Colours are custom properties, so that the chart follows light and dark.
  const chart = body.slice(body.indexOf('Would more rows help?'));
  expect(chart.match(/#[0-9a-f]{6}/gi)).toBeNull();
  expect(chart).toContain('var(--model)');
});

test('the report is silent of rows where nothing was measured', async () => {
  expect(await bodyOf({})).not.toContain('Would more rows help?');
});
