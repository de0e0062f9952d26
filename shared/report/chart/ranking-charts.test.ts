import { describe, expect, test } from 'vitest';
import { precisionRecallChart, rocChart } from './ranking-charts.ts';
import { drawChart } from './vega-chart.ts';

const own = [
  [0, 0],
  [0, 0.4],
  [0.2, 0.8],
  [1, 1],
] as const;
const curve = { own, area: 0.84, operatingPoint: [0.1, 0.6] as const };

/** The points of the paths with a stroke, in the units of the drawing: from the lower left corner, 300 to a side. */
function pointsOf(svg: string, stroke: string): number[][] {
  const paths = [...svg.matchAll(/<path[^>]*>/g)].map(([path]) => path);
  return paths
    .filter((path) => path.includes(`stroke="var(--${stroke})"`) && path.includes('stroke-width'))
    .flatMap((path) => [.../d="([^"]*)"/.exec(path)![1]!.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)])
    .map(([, x, y]) => [Number(x), 300 - Number(y)]);
}

describe('a ROC curve', () => {
  test('stays in its square and passes through its points', async () => {
    const svg = String(await drawChart(rocChart(curve)));
    const points = pointsOf(svg, 'model');
    expect(points).toEqual([
      [0, 0],
      [0, 120],
      [60, 240],
      [300, 300],
    ]);
    expect(svg).not.toMatch(/fill="var\(--model\)"/);
  });

  test('has the champion’s in its own colour, and the operating point', async () => {
    const champion = own.map(([x, y]) => [x, y ** 2] as const);
    const svg = String(await drawChart(rocChart({ ...curve, champion })));
    expect(pointsOf(svg, 'champion').at(2)).toEqual([60, 192]);
    expect(svg).toContain('transform="translate(30,120)"');
    expect(pointsOf(String(await drawChart(rocChart(curve))), 'champion')).toEqual([]);
  });

  test('is described in words', () => {
    expect(rocChart(curve).description).toBe(
      'ROC curve with an area of 0.84. At a false positive rate of at most 0.1 it finds 0.4 of the positives. As it predicts, the model has a false positive rate of 0.1 and a true positive rate of 0.6.',
    );
  });
});

describe('a precision-recall curve', () => {
  test('is a staircase from a recall of 0, beside the share of positives', async () => {
    const chart = precisionRecallChart(
      {
        own: [
          [0.5, 1],
          [1, 0.6],
        ],
        area: 0.8,
      },
      0.3,
    );
    const svg = String(await drawChart(chart));
    expect(pointsOf(svg, 'model')).toEqual([
      [0, 300],
      [0, 300],
      [150, 300],
      [150, 180],
      [300, 180],
    ]);
    expect(pointsOf(svg, 'muted')).toEqual([
      [0, 90],
      [300, 90],
    ]);
    expect(chart.description).toContain('Guessing has a precision of 0.3.');
  });
});
