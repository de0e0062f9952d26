/**
 * Draws docs/images/comment-passing.png and comment-failing.png: the comments that the end-to-end tests keep, as GitHub
 * shows them. Needs Chromium (CHROMIUM_PATH says where it is when it is not /usr/bin/chromium).
 *
 *   node scripts/write-comment-image.ts [golden name…] [--theme dark] [--width 900] [--folder docs/images]
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { startChromium } from './chromium.ts';
import { commentPage } from './comment-page.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    theme: { type: 'string', default: 'light' },
    width: { type: 'string', default: '900' },
    folder: { type: 'string', default: fileURLToPath(new URL('../docs/images', import.meta.url)) },
  },
});
const names = positionals.length > 0 ? positionals : ['passing', 'failing'];
const golden = fileURLToPath(new URL('../tests/e2e/golden/', import.meta.url));

async function draw(page: Page, name: string): Promise<void> {
  const theme = values.theme === 'dark' ? 'dark' : 'light';
  await page.setContent(commentPage(await readFile(join(golden, `${name}.md`), 'utf8'), theme));
  const image = join(values.folder, `comment-${name}.png`);
  await page.screenshot({ path: image, fullPage: true });
  console.log(`${image} written`);
}

const browser = await startChromium();
try {
  await mkdir(values.folder, { recursive: true });
  const page = await browser.newPage({
    viewport: { width: Number(values.width), height: 600 },
    deviceScaleFactor: 2,
  });
  for (const name of names) await draw(page, name);
} finally {
  await browser.close();
}
