// The models that a new one is compared with: the champion, and the anchor of gates that ask for one.
import { readModelFolder } from '../../shared/artifacts/folders/model-folder.ts';
import type { ChampionInput } from '../../shared/metrics/intervals/champion-comparison.ts';
import type { RuntimePlaces } from '../../shared/model/onnx/runtime-places.ts';
import { type EarlierModelChallenger, judgeEarlier } from './earlier-model.ts';
import type { ValidateInputs } from './validate-inputs.ts';

/** The champion that is known to be there and cannot be read. */
export function unreadableChampion({
  pipeline,
  championName: name = pipeline.name,
  championProblem: reason,
}: ValidateInputs): ChampionInput | undefined {
  return reason === undefined ? undefined : { name, reason };
}

/** The anchor as it is compared with: the champion itself, another version's model, or a name that stands for none. */
export async function judgeAnchor(
  { anchor, championName }: ValidateInputs,
  challenger: EarlierModelChallenger,
  places: RuntimePlaces,
): Promise<ChampionInput | 'champion' | undefined> {
  if (!anchor) return undefined;
  const { name, folder, model: judged, window, problem } = anchor;
  if (name === championName) return 'champion';
  if (folder === undefined)
    return { name, reason: problem ?? 'its model was not fetched, since no gate asked for it' };
  return judgeEarlier({ model: await readModelFolder(folder, places), name, window, judged }, challenger);
}
