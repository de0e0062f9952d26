/**
 * Draws docs/images/site.png and site-phone.png for the documentation: the example's prediction page.
 * Needs Chromium; CHROMIUM_PATH says where it is when it is not /usr/bin/chromium.
 *
 *   node scripts/write-site-image.ts [--folder docs/images] [--all]
 *
 * With --all every page is drawn on a desktop and on a phone, light and dark, for looking at; the site itself is
 * written to <folder>/site.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { renderSite } from '../shared/site/site.ts';
import { startChromium } from './chromium.ts';
import { exampleSite } from './example-site.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: fileURLToPath(new URL('../docs/images', import.meta.url)) },
    all: { type: 'boolean', default: false },
  },
});
const site = values.all
  ? path.join(values.folder, 'site')
  : await mkdtemp(path.join(os.tmpdir(), 'ciclo-site-image-'));
const desktop = { width: 1200, height: 1236 };
const phone = { width: 360, height: 740 };

async function draw(
  browser: Browser,
  page: string,
  name: string,
  options: BrowserContextOptions,
): Promise<void> {
  const opened = await browser.newPage(options);
  await opened.goto(pathToFileURL(path.join(site, page)).href);
  await opened.screenshot({ path: path.join(values.folder, `${name}.png`), fullPage: values.all });
  await opened.close();
  console.log(`${name}.png written`);
}

const files = await renderSite({
  pipelines: [await exampleSite([1973, 1974, 1975, 1976, 1977, 1978, 1979, 1980])],
});
for (const [name, bytes] of files) {
  const file = path.join(site, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
const browser = await startChromium();
try {
  if (!values.all) {
    await draw(browser, 'fuel/index.html', 'site', { viewport: desktop, deviceScaleFactor: 1.25 });
    await draw(browser, 'fuel/index.html', 'site-phone', {
      ...{ viewport: phone, deviceScaleFactor: 1.5, colorScheme: 'dark' },
    });
  } else {
    for (const page of ['index.html', 'fuel/index.html', 'fuel/card.html', 'fuel/versions.html']) {
      const name = page.replace('/', '-').replace('.html', '');
      for (const colorScheme of ['light', 'dark'] as const) {
        await draw(browser, page, `${name}-${colorScheme}`, { viewport: desktop, colorScheme });
        await draw(browser, page, `${name}-phone-${colorScheme}`, {
          viewport: phone,
          colorScheme,
          deviceScaleFactor: 2,
        });
      }
    }
  }
} finally {
  await browser.close();
  if (!values.all) await rm(site, { recursive: true });
}
