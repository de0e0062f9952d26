import type { Row } from '../../../shared/dataset/table/table.ts';
import type { RuntimePlaces } from '../../../shared/model/onnx/runtime-places.ts';
import type { Bundle } from '../../../shared/release/bundle/bundle.ts';
import { bundleReader } from '../../../shared/release/bundle/bundle-reader.ts';
import { type SmokeExample, smokeDifferences } from '../../../shared/release/bundle/smoke.ts';

/**
 * Tries a release as a user would: lets the model of its bundle, as it was downloaded, answer the stored examples.
 *
 * @returns what differs; empty when everything answers as it was judged.
 * @throws IntegrityError when a file of the bundle is missing or does not fit its format.
 */
export async function smokeTest(bundle: Bundle, places: RuntimePlaces): Promise<readonly string[]> {
  const reader = bundleReader(bundle);
  const predictor = await reader.predictor(places);
  const smoke = reader.smoke();
  const answers: SmokeExample['prediction'][] = [];
  for (const { record } of smoke.examples) answers.push(await predictor.predictRecord(record as Row));
  return smokeDifferences(smoke, answers);
}
