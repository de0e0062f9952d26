import type { KeyPath } from '../messages/key-path.ts';

/** A change to what a model is judged by, or on which rows. */
export interface DeclarationChange {
  readonly kind: 'gate' | 'metric' | 'judging' | 'task' | 'split' | 'filter' | 'data' | 'champion';
  /**
   * `loosens`: what passed before passes still, and more does; `tightens`: the reverse; `changes`: neither is sure;
   * `neutral`: what the model sees, not what it is judged by.
   */
  readonly effect: 'loosens' | 'tightens' | 'changes' | 'neutral';
  /** One sentence with both values, without a full stop. */
  readonly sentence: string;
  /** Where it is written: in `file`. Empty where no single key is to blame. */
  readonly path: KeyPath;
  /** `base` where the changed configuration does not have the key any more; `lock`: in ciclo.lock. */
  readonly file: 'head' | 'base' | 'lock';
}

/** Whether somebody must agree: all that is not provably tighter, and touches the judgement at all. */
export function needsAgreement({ effect }: DeclarationChange): boolean {
  return effect === 'loosens' || effect === 'changes';
}
