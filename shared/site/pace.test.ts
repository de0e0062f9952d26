import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderSite } from './site.ts';
import { portfolioSite } from './testing/portfolio-site.ts';
import { chromiumPath, SiteBrowser } from './testing/site-browser.ts';

/** What the page shows right after a frame has been painted that came after a change of a field. */
interface AfterPaint {
  readonly before: string;
  readonly answer: string;
  /** The first chart is still the one of before. */
  readonly oldCharts: boolean;
  readonly busy: boolean;
}

/** Types a weight, and looks at the page when the next frame has been painted: its callbacks have run, and no timer yet. */
function typeAndLook(page: Page, weight: string): Promise<AfterPaint> {
  return page.evaluate(async (typed) => {
    const shown = () => document.querySelector('.answer-value')?.textContent ?? '';
    const effects = document.getElementById('effects')!;
    const field = [...document.querySelectorAll('label')].find((label) =>
      label.textContent!.startsWith('weight'),
    )!.control as HTMLInputElement;
    const [before, first] = [shown(), effects.firstElementChild];
    const { port1, port2 } = new MessageChannel();
    const painted = new Promise((resolve) => {
      port1.onmessage = resolve;
    });
    field.value = typed;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    requestAnimationFrame(() => port2.postMessage('painted'));
    await painted;
    return {
      before,
      answer: shown(),
      oldCharts: effects.firstElementChild === first,
      busy: effects.ariaBusy === 'true',
    };
  }, weight);
}

describe.skipIf(chromiumPath === undefined)('the pace of a page whose model has many parts', () => {
  let browser: SiteBrowser;

  beforeAll(async () => {
    browser = await SiteBrowser.start(await renderSite({ pipelines: [portfolioSite('regression')] }));
  });
  afterAll(() => browser?.[Symbol.asyncDispose]());

  test('the answer is painted first; the charts follow, and those of a row that has changed again never come', async () => {
    const { page, problems } = await browser.open('portfolio/index.html');
    await page.locator('#effects:not([aria-busy]) figure').first().waitFor();
    for (const weight of ['1500', '1600', '1700']) {
      const { before, answer, ...charts } = await typeAndLook(page, weight);
      expect(answer).not.toBe(before);
      expect(charts).toEqual({ oldCharts: true, busy: true });
    }
    await page.locator('#effects:not([aria-busy])').waitFor();
    const now = page.locator('figure', { hasText: 'weight' }).locator('.now');
    expect(await now.textContent()).toBe('1,700 kg');
    expect(await page.locator('#effects').getAttribute('class')).not.toContain('outdated');
    // What cannot be used stops the charts of what came before.
    await typeAndLook(page, '1800');
    await page
      .getByLabel(/^weight/)
      .first()
      .fill('many');
    expect(await page.locator('#effects').getAttribute('class')).toContain('outdated');
    expect(await page.locator('#effects').getAttribute('aria-busy')).toBeNull();
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
