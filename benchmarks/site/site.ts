/**
 * The site's prediction page in Chromium: milliseconds from a change of a field to its answer (validation, recipe,
 * network and the answer's elements), the same with every chart drawn anew, and from opening the page to the first
 * answer; and what a first visit loads. Prints one JSON object.
 *
 * usage: node benchmarks/site/site.ts [--changes 500] [--visits 10]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { renderSite } from '../../shared/site/site.ts';
import { sampleSite } from '../../shared/site/testing/sample-site.ts';
import { SiteBrowser } from '../../shared/site/testing/site-browser.ts';

const { values } = parseArgs({
  options: { changes: { type: 'string', default: '500' }, visits: { type: 'string', default: '10' } },
});

interface Times {
  readonly answer: readonly number[];
  readonly charts: readonly number[];
}

/** Runs in the page: types weights, one after the other. The answer is there when the event's listeners are done. */
async function changeField(changes: number): Promise<Times> {
  const field = document.getElementById('field-0') as HTMLInputElement;
  const answer: number[] = [];
  const charts: number[] = [];
  for (let i = 0; i < changes; i++) {
    field.value = String(801 + i);
    const start = performance.now();
    field.dispatchEvent(new Event('input'));
    answer.push(performance.now() - start);
    await new Promise<void>((resolve) => {
      requestAnimationFrame((began) => {
        // The page asked for this frame first, so its charts are drawn by now.
        charts.push(performance.now() - Math.max(began, start));
        resolve();
      });
    });
  }
  return { answer, charts };
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]! * 1000) / 1000;
}

const files = await renderSite({ pipelines: [sampleSite('regression')] });
const browser = await SiteBrowser.start(files);
const visits: number[] = [];
for (let i = 0; i < Number(values.visits); i++) {
  const { page } = await browser.open('regression/index.html');
  visits.push(await page.evaluate(() => performance.getEntriesByType('navigation')[0]!.duration));
  await page.context().close();
}
const { page } = await browser.open('regression/index.html');
await page.evaluate(changeField, 100);
const { answer, charts } = await page.evaluate(changeField, Number(values.changes));
console.log(
  JSON.stringify(
    {
      benchmark: 'site',
      machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version },
      unit: 'milliseconds',
      answer: { median: quantile(answer, 0.5), p99: quantile(answer, 0.99) },
      charts: { features: 5, median: quantile(charts, 0.5), p99: quantile(charts, 0.99) },
      firstAnswer: { median: quantile(visits, 0.5) },
      firstLoad: { unit: 'bytes', page: files.get('regression/index.html')!.byteLength },
    },
    null,
    2,
  ),
);
await browser[Symbol.asyncDispose]();
