/**
 * Draws docs/images/drift-report.png for the README: verdict and columns of a drift check's report, of cars that got lighter.
 * Needs Chromium; CHROMIUM_PATH says where it is when it is not /usr/bin/chromium.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { renderDriftReport } from '../shared/report/drift/drift-report-page.ts';
import { sampleHistory, sampleMonitor } from '../shared/report/testing/sample-drift.ts';

const image = fileURLToPath(new URL('../docs/images/drift-report.png', import.meta.url));

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
  const page = await browser.newPage({ viewport: { width: 1100, height: 1270 }, bypassCSP: true });
  await page.setContent(renderDriftReport({ report: sampleMonitor(), history: sampleHistory() }));
  await page.addStyleTag({ content: 'nav,#compared{display:none}' });
  await mkdir(fileURLToPath(new URL('../docs/images', import.meta.url)), { recursive: true });
  await page.screenshot({ path: image });
} finally {
  await browser.close();
}
console.log('docs/images/drift-report.png written');
