import { expect, test } from 'vitest';
import type { PrepareOutputs } from '../../actions/prepare/prepare.ts';
import { sampleQuality, sampleSchema } from '../../shared/report/testing/sample-training.ts';
import { createStyle } from '../terminal/style.ts';
import { prepareSummary } from './prepare-summary.ts';

function summaryOf(correlations: Partial<PrepareOutputs['quality']['correlations']>): string {
  const quality = sampleQuality();
  const outputs: Omit<PrepareOutputs, 'pipeline'> = {
    folder: '.ciclo/dataset',
    digest: `sha256:${'0'.repeat(64)}`,
    fingerprint: `sha256:${'1'.repeat(64)}`,
    rows: quality.rows,
    quality: { ...quality, correlations: { ...quality.correlations, ...correlations } },
    leftOut: { afterWindow: 0, late: 0 },
    lock: { file: 'ciclo.lock', status: 'used' },
    schema: sampleSchema(),
  };
  return prepareSummary(outputs, { style: createStyle(false), width: 200 }).join('\n');
}

test('the summary of prepare names the strongest of the features that are nearly redundant', () => {
  const pairs: PrepareOutputs['quality']['correlations']['pairs'] = [
    { features: ['cylinders', 'displacement'], rows: 137, rho: 0.93640296 },
    { features: ['displacement', 'weight'], rows: 137, rho: 0.93434589 },
  ];
  expect(summaryOf({ nearDuplicates: 1, pairs })).toContain(
    'cylinders and displacement are nearly redundant: rank correlation 0.936\n',
  );
  expect(summaryOf({ nearDuplicates: 2, pairs })).toContain(
    'are nearly redundant: rank correlation 0.936 (and 1 more pair: see quality.json)\n',
  );
  expect(summaryOf({ nearDuplicates: 0, pairs })).not.toContain('nearly redundant');
});
