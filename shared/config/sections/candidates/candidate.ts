// Candidates of train: the union of their kinds, a file for each, and what several kinds are called together.
import { z } from 'zod';
import { boostedTreesSchema } from './boosted-trees-candidate.ts';
import { commandSchema } from './command-candidate.ts';
import { type LinearCandidate, linearSchema } from './linear-candidate.ts';
import { type NeuralNetworkCandidate, neuralNetworkSchema } from './neural-network-candidate.ts';

/** One of `train.candidates`. */
export const candidateSchema = z.discriminatedUnion('type', [
  linearSchema,
  neuralNetworkSchema,
  boostedTreesSchema,
  commandSchema,
]);

export type Candidate = z.output<typeof candidateSchema>;
/** A candidate that is layers of weights. */
export type LayersCandidate = LinearCandidate | NeuralNetworkCandidate;

/** Options whose every `auto` that stands for a number has become one. */
export type Settled<Options> = {
  readonly [Key in keyof Options]: number extends Options[Key] ? Exclude<Options[Key], 'auto'> : Options[Key];
};

/** A linear model's options, or a network's as it is trained. */
export type LayersOptions = LinearCandidate | Settled<NeuralNetworkCandidate>;
