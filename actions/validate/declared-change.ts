import {
  type DeclarationChange,
  declarationChanges,
  needsAgreement,
  sortedChanges,
} from '../../shared/config/declaration/declaration-changes.ts';
import type { LoadedConfig } from '../../shared/config/load.ts';
import type { Lock } from '../../shared/config/lock/lock.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import type { PullRequestReport } from '../../shared/report/pull-request/pull-request-report.ts';

/** ciclo.yml and ciclo.lock as the base branch has them, or that it has none, or why they cannot be read. */
export type BaseDeclaration = { readonly branch: string } & (
  | { readonly state: 'there'; readonly loaded: LoadedConfig; readonly lock: Lock | undefined }
  | { readonly state: 'none' }
  | { readonly state: 'unreadable'; readonly reason: string }
);

/** What a pull request declares otherwise than its base. */
export interface DeclaredChange {
  readonly branch: string;
  readonly changes: readonly DeclarationChange[];
  /** Whether the base branch has rules to judge by too. */
  readonly comparable: boolean;
  readonly agreement?: NonNullable<PullRequestReport['declaration']>['agreement'];
}

/** The pull request's side. */
export interface HeadDeclaration {
  readonly loaded: LoadedConfig;
  readonly lock: Lock | undefined;
  /** Path of ciclo.yml from the repository's root. */
  readonly path: string;
  readonly champion: Evaluation['champion'];
}

/**
 * What changes of the rules by which the model is judged: between the two declarations, and by a champion that they can no
 * longer be compared with. The first ciclo.yml of a repository loosens nothing, unless a model is in production that was
 * judged under another path's.
 */
export function declaredChange(base: BaseDeclaration, head: HeadDeclaration): DeclaredChange | undefined {
  const { branch } = base;
  switch (base.state) {
    case 'there': {
      const changes = declarationChanges(
        { ...base.loaded, lock: base.lock },
        { ...head.loaded, lock: head.lock },
      );
      const lost = lostChampion(base.loaded, head);
      return { branch, changes: sortedChanges([...changes, ...lost]), comparable: true };
    }
    case 'none': {
      if (!head.champion) return undefined;
      const sentence = `${branch} has no ${head.path}, yet ${head.champion.name} is deployed: what that was judged by cannot be compared`;
      return { branch, changes: [wholeChange(sentence)], comparable: false };
    }
    case 'unreadable': {
      const sentence = `${head.path} of ${branch} could not be compared with this one: ${base.reason}`;
      return { branch, changes: [wholeChange(sentence)], comparable: false };
    }
  }
}

/** Whether somebody must agree. */
export function isLoosened({ changes }: DeclaredChange): boolean {
  return changes.some(needsAgreement);
}

function wholeChange(sentence: string): DeclarationChange {
  return { kind: 'judging', effect: 'changes', sentence, path: [], file: 'base' };
}

function lostChampion({ config }: LoadedConfig, { champion }: HeadDeclaration): DeclarationChange[] {
  if (!champion || champion.comparable || !config.validate.gates.some((gate) => gate.champion)) return [];
  const reason = champion.reason === undefined ? '' : `: ${champion.reason}`;
  const sentence = `${champion.name} cannot be compared with, so that no gate on the champion counts${reason}`;
  return [{ kind: 'champion', effect: 'loosens', sentence, path: [], file: 'base' }];
}
