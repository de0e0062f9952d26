import type { SampleRecord } from '../../config/lock/lock.ts';
import { type SampleRule, sampleRule } from '../../config/sections/sample-section.ts';
import type { Config } from '../../config/sections/schema.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { formatCount } from '../../text/counts.ts';
import { bindingLock, type LockUse } from '../lock/locked-rows.ts';

/** How a sample is drawn: by a new rule, or as the lock has it. */
export type SampleUse = { readonly rule: SampleRule } | { readonly record: SampleRecord };

/**
 * How rows are drawn; undefined where all are taken.
 *
 * @throws ConfigurationError where ciclo.yml asks for another sample than the lock pins.
 */
export function sampleUse(config: Config, use: LockUse): SampleUse | undefined {
  const rule = sampleRule(config);
  const lock = bindingLock(use);
  if (!lock) return rule && { rule };
  const record = lock.data.sample;
  if (record?.rows !== rule?.rows || record?.by !== rule?.by) {
    throw new ConfigurationError(
      `ciclo.lock pins ${record ? words(record) : 'all rows'}, and ciclo.yml asks for ${rule ? words(rule) : 'all rows'} (data.sample): put it back, or accept the change with ciclo lock`,
    );
  }
  return record && { record };
}

function words({ rows, by }: Pick<SampleRule, 'rows'> & { readonly by?: string | undefined }): string {
  return `a sample of ${formatCount(rows)} rows${by === undefined ? '' : ` by ${by}`}`;
}
