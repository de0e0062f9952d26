import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../platform/random.ts';
import { firstLoadAdvice } from './first-load.ts';
import { renderSite } from './site.ts';
import { portfolioSite } from './testing/portfolio-site.ts';
import { sampleSite } from './testing/sample-site.ts';
import { treesSite } from './testing/sample-sites.ts';

/** What no gzip makes smaller, as a page's file. */
function noise(bytes: number): Uint8Array {
  const random = createRandom(3);
  return Uint8Array.from({ length: bytes }, () => random.integer(256));
}

describe('the size of the first page', () => {
  test('is nothing to speak of with the portfolio, whose 50 models lie on it', async () => {
    const site = portfolioSite('regression');
    const page = (await renderSite({ pipelines: [site] })).get('portfolio/index.html')!;
    expect(page.byteLength).toBeGreaterThan(1_000_000);
    expect(firstLoadAdvice(site, page)).toBeUndefined();
  });

  test('is what hosts send, not what lies on the disk', () => {
    const repeated = Buffer.alloc(9_000_000, noise(1_900_000).subarray(0, 10_000));
    expect(gzipSync(repeated).byteLength).toBeLessThan(2_000_000);
    expect(firstLoadAdvice(sampleSite('regression'), repeated)).toBeUndefined();
  });

  test('is told of trees, with what would make it smaller', () => {
    expect(
      firstLoadAdvice(treesSite(sampleSite('regression', {}, { name: 'trees' })), noise(3_000_000)),
    ).toMatch(
      /^the page of trees takes 3\.0 MB as hosts send it, more than 2\.0 MB: .* waits for the model \(boosted trees\), 15 seconds .*\. Fewer trees .*fewer rounds with a higher learning-rate, .* in train\.candidates$/,
    );
  });

  test('is told of a blend, whose parts can be left out', () => {
    expect(firstLoadAdvice(portfolioSite('binary'), noise(2_100_000))).toMatch(
      /^the page of portfolio takes 2\.1 MB .* \(a blend of 25 models\), 11 seconds .*\. train\.max-size leaves parts of it out; /,
    );
  });

  test('is told of a network, too, whose layers can be smaller', () => {
    expect(firstLoadAdvice(sampleSite('binary'), noise(2_100_000))).toMatch(
      /^the page of binary takes 2\.1 MB .* \(a network\), .*\. Smaller layers /,
    );
  });
});
