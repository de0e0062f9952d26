import type { KeyPath } from '../messages/key-path.ts';

/** A change to what a model is judged by, or on which rows. */
export interface DeclarationChange {
  readonly kind: 'gate' | 'metric' | 'judging' | 'task' | 'split' | 'filter' | 'data';
  /** `loosens`: what passed before passes still, and more does; `tightens`: the reverse; `changes`: neither is sure. */
  readonly effect: 'loosens' | 'tightens' | 'changes';
  /** One sentence with both values, without a full stop. */
  readonly sentence: string;
  /** Where it is written: in `file`. */
  readonly path: KeyPath;
  /** `base` where the changed configuration does not have the key any more. */
  readonly file: 'head' | 'base';
}
