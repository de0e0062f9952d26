import type { MetricDescriptor, MetricLimits } from '../shared/metrics/descriptors/descriptor.ts';
import { metricDescriptors } from '../shared/metrics/descriptors/descriptors.ts';
import { markdownTable } from './markdown-table.ts';

const units: Readonly<Record<MetricDescriptor['unit'], string>> = {
  target: 'the target’s unit',
  'target-squared': 'the target’s unit, squared',
  share: 'a share',
  none: 'no unit',
};

function rangeOf({ low, high }: MetricLimits): string {
  const number = (value: number) => String(value).replace('-', '−');
  if (low === Number.NEGATIVE_INFINITY)
    return high === Number.POSITIVE_INFINITY ? 'any' : `to ${number(high)}`;
  return high === Number.POSITIVE_INFINITY ? `from ${number(low)}` : `${number(low)} to ${number(high)}`;
}

function nameOf({ name, parameter }: MetricDescriptor): string {
  return parameter ? `\`${name}\` (\`${parameter.name}\`: ${parameter.meaning})` : `\`${name}\``;
}

function meaningOf({ title, meaning, of }: MetricDescriptor): string {
  const subject =
    of === 'positive-class' && !title.includes('positive class') ? ', of the positive class' : '';
  return `${title.replace(/^./, (letter) => letter.toUpperCase())}${subject}. ${meaning}`;
}

function tableOf(descriptors: readonly MetricDescriptor[]): string {
  return markdownTable(
    ['Metric', 'What it says', 'Better', 'Values', 'Formula', 'Source'],
    descriptors.map((descriptor) => [
      nameOf(descriptor),
      meaningOf(descriptor),
      descriptor.better === 'zero' ? 'near 0' : descriptor.better,
      `${rangeOf(descriptor.limits)}, ${units[descriptor.unit]}`,
      descriptor.formula,
      descriptor.source,
    ]),
  );
}

const groups: readonly { readonly title: string; readonly reads: MetricDescriptor['reads'] }[] = [
  { title: 'Regression', reads: 'numbers' },
  { title: 'Classification, of labels', reads: 'labels' },
  { title: 'Classification, of probabilities', reads: 'probabilities' },
];

/** Every metric as Markdown, by what it is computed from; made from the descriptors. */
export function metricTables(): string {
  return groups
    .map(({ title, reads }) => {
      const members = metricDescriptors.filter((descriptor) => descriptor.reads === reads);
      return `### ${title}\n\n${tableOf(members)}\n`;
    })
    .join('\n');
}
