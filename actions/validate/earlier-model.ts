import type { ChampionInput } from '../../shared/metrics/intervals/champion-comparison.ts';
import { rowDigests } from '../../shared/model/out-of-fold/out-of-fold.ts';
import { type JudgedAgainst, type JudgedChallenger, judgeChampion } from './champion.ts';
import { judgeStoredChampion } from './stored-champion.ts';

/** The challenger, and the column by which its rows lie together; absent where they do not. */
export interface EarlierModelChallenger extends JudgedChallenger {
  readonly group: string | undefined;
}

/** By what its folds' models said, where they are stored with it; else by what it predicts of rows that it has not seen. */
export async function judgeEarlier(
  earlier: JudgedAgainst,
  challenger: EarlierModelChallenger,
): Promise<ChampionInput> {
  const input = await judge(earlier, challenger);
  return earlier.judged === challenger.model.manifest.digest ? { ...input, isSame: true } : input;
}

function judge(earlier: JudgedAgainst, challenger: EarlierModelChallenger): Promise<ChampionInput> {
  const { model } = earlier;
  const { schema, test, group } = challenger;
  if (!model.outOfFold) return judgeChampion(earlier, challenger);
  return judgeStoredChampion(
    { ...earlier, stored: model.outOfFold },
    { schema, rows: test, digests: rowDigests(test.table, model.schema), group },
  );
}
