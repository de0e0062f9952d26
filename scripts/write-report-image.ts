/**
 * Draws docs/images/report.png for the README: the top of the example's report, after `npm run loop` has made it.
 * Needs Chromium; CHROMIUM_PATH says where it is when it is not /usr/bin/chromium.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const report = fileURLToPath(new URL('../example-repo/.ciclo/evaluation/report.html', import.meta.url));
const image = fileURLToPath(new URL('../docs/images/report.png', import.meta.url));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  const page = await browser.newPage({ viewport: { width: 1100, height: 1450 } });
  await page.goto(pathToFileURL(report).href);
  await mkdir(fileURLToPath(new URL('../docs/images', import.meta.url)), { recursive: true });
  await page.screenshot({ path: image });
} finally {
  await browser.close();
}
console.log('docs/images/report.png written');
