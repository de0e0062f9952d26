import { gzipSync } from 'node:zlib';
import type { ModelBundle } from '../model/predictor/predictor.ts';
import { counted } from '../text/counts.ts';
import { formatNumber } from '../text/number-format.ts';
import { formatSize } from '../text/sizes.ts';
import type { PipelineSite } from './site-input.ts';

/** What a slow mobile line brings, in bytes a second: 1.6 Mbit/s, the slow 4G of Lighthouse. */
const slowLine = 1_600_000 / 8;
/** What a page may take at most until it answers, as hosts send it: ten seconds of a slow line, with the form at work from the first. */
const goal = 10 * slowLine;

/**
 * What to say about the size of a pipeline's first page; undefined where it is no larger than it should be. What counts is
 * what a browser gets: hosts of static sites, GitHub Pages among them, send texts compressed by gzip.
 *
 * @param page index.html
 */
export function firstLoadAdvice(
  { name, model }: Pick<PipelineSite, 'name' | 'model'>,
  page: Uint8Array,
): string | undefined {
  // A model that no browser runs is not on the page.
  const words = wordsOf(model);
  if (page.byteLength <= goal || !words) return undefined;
  const sent = gzipSync(page).byteLength;
  if (sent <= goal) return undefined;
  return (
    `the page of ${name} takes ${formatSize(sent)} as hosts send it, more than ${formatSize(goal)}: its form works at once, its ` +
    `first answer waits for the model (${words.kind}), ${formatNumber(sent / slowLine, { decimals: 0 })} seconds on a slow mobile line. ` +
    words.advice
  );
}

function wordsOf(model: ModelBundle): { readonly kind: string; readonly advice: string } | undefined {
  if ('trees' in model) {
    return {
      kind: 'boosted trees',
      advice:
        'Fewer trees make it smaller: fewer rounds with a higher learning-rate, fewer leaves, or a smaller patience, in train.candidates',
    };
  }
  if ('parts' in model) {
    const members = model.parts.reduce((sum, part) => sum + part.members.length, 0);
    return {
      kind: `a blend of ${counted(members, 'model')}`,
      advice:
        'train.max-size leaves parts of it out; a single candidate makes it smaller, in train.candidates, as do smaller layers and fewer trees',
    };
  }
  if (!('weights' in model)) return undefined;
  return {
    kind: 'a network',
    advice:
      'Smaller layers make it smaller, in train.candidates, and fewer inputs: max-categories, or hash, of features of many categories',
  };
}
