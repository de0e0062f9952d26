/**
 * Draws the README's pictures of what `npm run loop` has made: docs/images/loop.svg, which moves, and
 * docs/images/{report,drift-report,replay}.png. `--only loop.svg` draws no other. Needs Chromium; CHROMIUM_PATH says where it is when it is not /usr/bin/chromium.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startChromium } from './chromium.ts';
import { loopAnimation } from './loop-animation.ts';

const replay = fileURLToPath(new URL('../example-repo/.ciclo/loop/replay', import.meta.url));
const images = fileURLToPath(new URL('../docs/images', import.meta.url));

/** Left out of the pictures: what is for looking things up. */
const hidden = 'nav,#compared{display:none}';
const pictures = [
  { file: `${replay}/on-drift/.ciclo/evaluation/report.html`, name: 'report', height: 1450, style: '' },
  { file: `${replay}/on-drift/.ciclo/drift/report.html`, name: 'drift-report', height: 1200, style: hidden },
  { file: `${replay}/replay.html`, name: 'replay', height: 1240, style: 'nav{display:none}' },
];

await mkdir(images, { recursive: true });
const replayed = JSON.parse(await readFile(`${replay}/replay.json`, 'utf8'));
await writeFile(`${images}/loop.svg`, loopAnimation(replayed));
console.log('written: docs/images/loop.svg');
if (process.argv[2] === '--only') process.exit();

const browser = await startChromium();
try {
  for (const { file, name, height, style } of pictures) {
    const page = await browser.newPage({ viewport: { width: 1000, height }, bypassCSP: true });
    await page.goto(pathToFileURL(file).href);
    if (style !== '') await page.addStyleTag({ content: style });
    await page.screenshot({ path: `${images}/${name}.png` });
    await page.close();
  }
} finally {
  await browser.close();
}
console.log(`written: ${pictures.map(({ name }) => `docs/images/${name}.png`).join(', ')}`);
