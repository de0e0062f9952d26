// What a pull request changes in ciclo.yml about how models are judged, as sentences.
import type { Config } from '../sections/schema.ts';
import { dataDeclarationChanges, filterDeclarationChanges } from './declaration-changes-data.ts';
import { gateChanges } from './declaration-changes-gates.ts';
import type { DeclarationChange } from './declaration-changes-item.ts';
import { judgingChanges } from './declaration-changes-judging.ts';

export type { DeclarationChange } from './declaration-changes-item.ts';

/** A configuration as loaded; nothing but its values is compared. */
export interface DeclaredConfig {
  readonly config: Config;
}

const effects: Readonly<Record<DeclarationChange['effect'], number>> = {
  loosens: 0,
  changes: 1,
  tightens: 2,
};

/**
 * What a changed ciclo.yml declares otherwise than the one that it is to replace: gates, metrics, task and target, split,
 * filters and source. Candidates and how features are encoded are not here: they are the model, which is judged.
 *
 * @returns what loosens first, then in the order of the file; empty when the judgement is the same.
 */
export function declarationChanges(base: DeclaredConfig, head: DeclaredConfig): DeclarationChange[] {
  const [before, after] = [base.config, head.config];
  const changes = [
    ...gateChanges(before.validate.gates, after.validate.gates),
    ...judgingChanges(before, after),
    ...dataDeclarationChanges(before, after),
    ...filterDeclarationChanges(before, after),
  ];
  return changes.sort((a, b) => effects[a.effect] - effects[b.effect]);
}
