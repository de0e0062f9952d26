import type { Row } from '../../../shared/dataset/table/table.ts';
import type { Bundle } from '../../../shared/release/bundle/bundle.ts';
import { bundleReader } from '../../../shared/release/bundle/bundle-reader.ts';
import { smokeDifferences } from '../../../shared/release/bundle/smoke.ts';

/**
 * Tries a release as a user would: lets the model of its bundle, as it was downloaded, answer the stored examples.
 *
 * @returns what differs; empty when everything answers as it was judged.
 * @throws IntegrityError when a file of the bundle is missing or does not fit its format.
 */
export function smokeTest(bundle: Bundle): readonly string[] {
  const reader = bundleReader(bundle);
  const predictor = reader.predictor();
  const smoke = reader.smoke();
  return smokeDifferences(
    smoke,
    smoke.examples.map(({ record }) => predictor.predictRecord(record as Row)),
  );
}
