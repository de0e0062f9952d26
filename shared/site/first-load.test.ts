import { describe, expect, test } from 'vitest';
import { firstLoadAdvice } from './first-load.ts';
import { renderSite } from './site.ts';
import { sampleSite } from './testing/sample-site.ts';
import { treesSite } from './testing/sample-sites.ts';

describe('the size of the first page', () => {
  test('is nothing to speak of up to 300 KB', () => {
    expect(firstLoadAdvice(sampleSite('regression'), 300_000)).toBeUndefined();
  });

  test('is told of a model of 1,000 rounds, with what would make it smaller', async () => {
    const site = treesSite(sampleSite('regression', {}, { name: 'trees' }), { rounds: 1000 });
    const files = await renderSite({ pipelines: [site] });
    expect(firstLoadAdvice(site, files.get('trees/index.html')!.byteLength)).toMatch(
      /^the page of trees takes \d{3} KB, more than 300 KB: .* waits for the model \(\d+ KB: boosted trees\)\. Fewer trees .*fewer rounds with a higher learning-rate, .* in train\.candidates$/,
    );
  });

  test('is told of a blend, whose models all lie on the page', () => {
    const { model } = sampleSite('binary');
    if (!('weights' in model)) throw new TypeError('the sample is a network');
    const { modelJson, weights, ...context } = model;
    const member = { engine: { modelJson, weights } };
    const parts = [{ name: 'network', type: 'neural-network', weight: 1, members: [member, member] }];
    const carried = Math.round((Math.ceil((2 * weights.byteLength) / 3) * 4) / 1000);
    expect(firstLoadAdvice({ name: 'blend', model: { ...context, parts } }, 1_234_567)).toMatch(
      new RegExp(
        `^the page of blend takes 1,235 KB, .*\\(${carried} KB: a blend of 2 models\\)\\. A single candidate `,
      ),
    );
  });

  test('is told of a network, too, whose layers can be smaller', () => {
    expect(firstLoadAdvice(sampleSite('binary'), 1_234_567)).toMatch(
      /^the page of binary takes 1,235 KB, .*: a network\)\. Smaller layers /,
    );
  });
});
