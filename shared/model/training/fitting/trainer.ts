/** What trains a candidate: `dense` is the engine that `train.backend` names. */
export type Trainer = 'dense' | 'boosted-trees' | 'command';
