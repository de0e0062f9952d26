import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contrastsOf, cutFieldsOf, overflowsOf, overlapsOf } from '../report/testing/page-inspection.ts';
import { renderSite } from './site.ts';
import { wideSite } from './testing/real-valued-site.ts';
import { sampleSites } from './testing/sample-sites.ts';
import { chromiumMissing, chromiumPath, SiteBrowser, violationsOf } from './testing/site-browser.ts';

const views = [
  ['on a desktop in light', { viewport: { width: 1200, height: 900 }, colorScheme: 'light' }],
  ['on a desktop in dark', { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' }],
  ['on a tablet in light', { viewport: { width: 700, height: 900 }, colorScheme: 'light' }],
  ['on a phone in dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
  ['on a phone in light', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
] as const;

describe.skipIf(chromiumPath === undefined)(
  `how the site looks in a browser${chromiumPath ? '' : ` (${chromiumMissing})`}`,
  () => {
    let browser: SiteBrowser;

    beforeAll(async () => {
      browser = await SiteBrowser.start(await renderSite({ pipelines: [...sampleSites, wideSite()] }));
    });
    afterAll(() => browser?.[Symbol.asyncDispose]());

    /** Predictions in every view; pages without a script in the narrowest and the widest. */
    const looked = [
      ...sampleSites.flatMap(({ name }) => views.map((view) => [`${name}/index.html`, ...view] as const)),
      ...[
        'index.html',
        'regression/card.html',
        'regression/versions.html',
        'hostile/versions.html',
        'regression/history.html',
        'hostile/history.html',
        'wide/index.html',
        'wide/card.html',
        'wide/versions.html',
      ].flatMap((name) => [views[1], views[4]].map((view) => [name, ...view] as const)),
    ];

    test.each(looked)(
      '%s fits and can be read %s, asks nothing of the network',
      async (name, _view, options) => {
        const { page, problems } = await browser.open(name, options);
        if (name.includes('/index')) await page.locator('figure.effect').first().waitFor();
        expect(await page.evaluate(overflowsOf)).toEqual([]);
        expect(await page.evaluate(cutFieldsOf)).toEqual([]);
        const contrasts = await page.evaluate(contrastsOf);
        expect(contrasts.length).toBeGreaterThan(10);
        expect(contrasts.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
        expect(await page.evaluate(overlapsOf)).toEqual([]);
        expect(problems).toEqual([]);
        await page.context().close();
      },
    );

    test.each(looked.filter(([, view]) => !view.includes('tablet')))(
      '%s passes axe %s',
      async (name, _view, options) => {
        const { page } = await browser.open(name, { ...options, bypassCSP: true });
        expect(await violationsOf(page)).toEqual([]);
        await page.context().close();
      },
    );
  },
);
