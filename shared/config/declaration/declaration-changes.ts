// What a pull request changes in ciclo.yml about how models are judged, as sentences.
import type { Lock } from '../lock/lock.ts';
import type { Config } from '../sections/schema.ts';
import { dataDeclarationChanges } from './declaration-changes-data.ts';
import { filterDeclarationChanges } from './declaration-changes-filters.ts';
import { gateChanges } from './declaration-changes-gates.ts';
import type { DeclarationChange } from './declaration-changes-item.ts';
import { judgingChanges } from './declaration-changes-judging.ts';
import { lockChanges } from './declaration-changes-lock.ts';

export { type DeclarationChange, needsAgreement } from './declaration-changes-item.ts';

/** A configuration as loaded; nothing but its values is compared. */
export interface DeclaredConfig {
  readonly config: Config;
  /** The ciclo.lock beside it, where there is one. */
  readonly lock?: Lock | undefined;
}

const effects: Readonly<Record<DeclarationChange['effect'], number>> = {
  loosens: 0,
  changes: 1,
  tightens: 2,
  neutral: 3,
};

/**
 * What a changed ciclo.yml declares otherwise than the one that it is to replace: gates, metrics, task and target, split,
 * filters, source and the environment whose model is the champion. Candidates and how features are encoded are not here:
 * they are the model, which is judged. A key that is not known here counts as one that judges.
 *
 * @returns what loosens first, then in the order of the file; empty when the judgement is the same.
 */
export function declarationChanges(base: DeclaredConfig, head: DeclaredConfig): DeclarationChange[] {
  const [before, after] = [base.config, head.config];
  const changes = [
    ...gateChanges(before.validate.gates, after.validate.gates),
    ...judgingChanges(before, after),
    ...dataDeclarationChanges(before, after),
    ...environmentChanges(before, after),
    ...filterDeclarationChanges(before, after),
    ...lockChanges(base.lock, head.lock),
  ];
  return sortedChanges(changes);
}

/** What loosens first, then what may, else as they come. */
export function sortedChanges(changes: readonly DeclarationChange[]): DeclarationChange[] {
  return changes.toSorted((a, b) => effects[a.effect] - effects[b.effect]);
}

function environmentChanges({ deploy: base }: Config, { deploy: head }: Config): DeclarationChange[] {
  if (base.environment === head.environment) return [];
  const sentence = `the environment changes from ${base.environment} to ${head.environment}: another champion, or none`;
  return [{ kind: 'champion', effect: 'changes', sentence, path: ['deploy', 'environment'], file: 'head' }];
}
