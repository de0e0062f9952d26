import { engineBytes } from '../model/predictor/ensemble-model.ts';
import type { ModelBundle } from '../model/predictor/predictor.ts';
import { counted } from '../text/counts.ts';
import type { PipelineSite } from './site-input.ts';

/** What a page should take at most before it answers, in bytes: a second on a slow phone. */
const goal = 300_000;

/** In thousands of bytes, as browsers show what they load. */
const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString('en')} KB`;

/**
 * What to say about the size of a pipeline's first page; undefined where it is no larger than it should be.
 *
 * @param bytes of the page's file.
 */
export function firstLoadAdvice(
  { name, model }: Pick<PipelineSite, 'name' | 'model'>,
  bytes: number,
): string | undefined {
  // A model that no browser runs is not on the page.
  const size = sizeOf(model);
  if (bytes <= goal || !size) return undefined;
  const { words, advice, carried } = size;
  return (
    `the page of ${name} takes ${kilobytes(bytes)}, more than ${kilobytes(goal)}: its form shows at once, its first answer ` +
    `waits for the model (${kilobytes(inBase64(carried))}: ${words}). ${advice}`
  );
}

/** As the page carries them: base64 takes four characters for three bytes. */
function inBase64(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

function sizeOf(
  model: ModelBundle,
): { readonly words: string; readonly advice: string; readonly carried: number } | undefined {
  if ('trees' in model) {
    return {
      carried: model.treesBin.byteLength,
      words: 'boosted trees',
      advice:
        'Fewer trees make it smaller: fewer rounds with a higher learning-rate, fewer leaves, or a smaller patience, in train.candidates',
    };
  }
  if ('parts' in model) {
    const members = model.parts.flatMap((part) => part.members);
    return {
      carried: members.reduce((bytes, { engine }) => bytes + engineBytes(engine), 0),
      words: `a blend of ${counted(members.length, 'model')}`,
      advice:
        'A single candidate makes it smaller, in train.candidates, as do smaller layers and fewer trees',
    };
  }
  if (!('weights' in model)) return undefined;
  return {
    carried: model.weights.byteLength,
    words: 'a network',
    advice:
      'Smaller layers make it smaller, in train.candidates, and fewer inputs: max-categories, or hash, of features of many categories',
  };
}
