/**
 * Checks the built site of the guides, website/dist: no link leads nowhere, the search finds what is written, and axe has nothing to
 * say about pages, light and dark. `npm run build` in website/ builds it. Needs Chromium; CHROMIUM_PATH says where it is when it is
 * not /usr/bin/chromium. `--shots <folder>` takes pictures of pages.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from './chromium.ts';
import { brokenLinks } from './docs-links.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'website/dist');
const base = '/ciclo/';
/** What is asked of the search, and the page that has to be among the first answers. */
const questions = [
  { words: 'false-alarm rate', page: 'guides/monitoring/' },
  { words: 'onnx', page: 'guides/command/' },
];
const looked = ['', 'guides/data/', 'guides/configuration/', 'benchmarks/'];
/** WCAG 2.2, A and AA. Left out: the label of Starlight's own search button, and scrolling by keyboard, which browsers give. */
const rules = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  rules: {
    'label-content-name-mismatch': { enabled: false },
    'scrollable-region-focusable': { enabled: false },
  },
};
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
};

function fileOf(address: string): string {
  return path.join(
    dist,
    decodeURIComponent(address.slice(base.length)),
    address.endsWith('/') ? 'index.html' : '',
  );
}

function linksThatBreak(): string[] {
  const files = globSync('**/index.html', { cwd: dist });
  const pages = files.map((file): [string, string] => [
    `${base}${file.replaceAll(path.sep, '/').replace(/index\.html$/, '')}`,
    readFileSync(path.join(dist, file), 'utf8'),
  ]);
  return brokenLinks({
    pages: new Map(pages),
    hasFile: (address) => address.startsWith(base) && existsSync(fileOf(address)),
    inRepository: (file) => existsSync(path.join(root, file)),
    repository: 'https://github.com/ciclo-ml/ciclo/blob/main/',
  });
}

async function serve(): Promise<{ readonly origin: string; readonly close: () => void }> {
  const server = createServer(({ url = '/' }, response) => {
    const file = fileOf(new URL(url, 'http://site').pathname);
    if (!url.startsWith(base) || !file.startsWith(dist) || !existsSync(file))
      return void response.writeHead(404).end();
    response
      .setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream')
      .end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}${base}`, close: () => server.close() };
}

/** Types into the search as a reader does, and gives the addresses of what it finds. */
async function search(page: Page, words: string): Promise<string[]> {
  await page.click('button[data-open-modal]');
  await page.fill('.pagefind-ui__search-input', words);
  await page.waitForSelector('.pagefind-ui__result-link');
  return page.$$eval('.pagefind-ui__result-link', (links) =>
    links.map((link) => (link as HTMLAnchorElement).pathname),
  );
}

async function wrongAnswers(browser: Browser, origin: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const { words, page: wanted } of questions) {
    const page = await browser.newPage();
    await page.goto(origin);
    const found = await search(page, words);
    if (!found.includes(`${base}${wanted}`))
      wrong.push(`search for "${words}" finds ${found.join(', ')}, not ${wanted}`);
    await page.close();
  }
  return wrong;
}

async function barriers(browser: Browser, origin: string): Promise<string[]> {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const address of looked) {
      const page = await browser.newPage({ colorScheme, bypassCSP: true });
      await page.goto(`${origin}${address}`);
      await page.evaluate(axe);
      const named: string[] = await page.evaluate(
        `axe.run(${JSON.stringify(rules)}).then(({ violations }) => violations.map(({ id, nodes }) => id + ' (' + nodes[0].target + ')'))`,
      );
      found.push(...named.map((rule) => `${base}${address}, ${colorScheme}: ${rule}`));
      await page.close();
    }
  }
  return found;
}

/** Pictures below the window load when they are scrolled to: here at once. */
const showImages = `Promise.all([...document.images].map((image) => {
  image.loading = 'eager';
  return image.decode().catch(() => undefined);
}))`;

async function takePictures(browser: Browser, origin: string, folder: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      for (const file of globSync('**/index.html', { cwd: dist }).filter((name) => !name.startsWith('adr'))) {
        const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
        await page.goto(`${origin}${file.replace(/index\.html$/, '')}`);
        await page.evaluate(showImages);
        const name = path.dirname(file).replaceAll(path.sep, '-').replace(/^\.$/, 'index');
        await page.screenshot({
          path: path.join(folder, `${name}-${width}-${colorScheme}.png`),
          fullPage: true,
        });
        await page.close();
      }
    }
  }
}

const shots = process.argv[2] === '--shots' ? process.argv[3] : undefined;
const wrong = linksThatBreak();
const { origin, close } = await serve();
const browser = await startChromium();
try {
  wrong.push(...(await wrongAnswers(browser, origin)), ...(await barriers(browser, origin)));
  if (shots !== undefined) await takePictures(browser, origin, shots);
} finally {
  await browser.close();
  close();
}
for (const line of wrong) console.error(line);
const pages = globSync('**/index.html', { cwd: dist }).length;
console.log(
  `${pages} pages: ${wrong.length === 0 ? 'every link leads somewhere, the search finds, axe is silent' : `${wrong.length} faults`}`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
