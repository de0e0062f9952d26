import { yamlText } from '../dataset/types/declared-line.ts';
import { defaultPrimary } from '../metrics/descriptors/descriptors.ts';
import type { Proposal, SourceDeclaration } from './proposal.ts';
import type { ProposedGate } from './proposed-gates.ts';
import { publishedGuide, publishedSchema } from './published-actions.ts';
import { rareLabelsReason } from './rare-labels.ts';

/**
 * The text of ciclo.yml that a proposal makes: each line with why it is there.
 *
 * @param gates what the first model passes; none before there is one.
 */
export function configText(proposal: Proposal, gates: readonly ProposedGate[] = []): string {
  const sections = [
    head(proposal),
    data(proposal),
    features(proposal),
    prepare(proposal),
    split(proposal),
    validate(proposal, gates),
    rest,
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function head({ name, task, target, positive }: Proposal): string[] {
  return [
    `# yaml-language-server: $schema=${publishedSchema}`,
    `# What is predicted, from what, and how it is judged. Every key: ${publishedGuide('guides/configuration.md')}`,
    said(`name: ${name}`, 'of its tags, releases and history'),
    said(`task: ${task.value}`, `${target.value} ${task.why}`),
    `target: ${yamlText(target.value)}`,
    ...(positive
      ? [said(`positive: ${yamlText(positive.value)}`, `${positive.why}: precision and recall are of it`)]
      : []),
  ];
}

function data({ source, key, time, group }: Proposal): string[] {
  return [
    'data:',
    `  source: ${sourceText(source)}`,
    ...(key
      ? [said(`  key: ${yamlText(key.value)}`, `${key.why}, and keeps it on its side of the split`)]
      : ['  # key: id # what identifies a row; without it all columns but the target do']),
    ...(time
      ? [said(`  time: ${yamlText(time.value)}`, `${time.why}: the drift check looks at what comes after`)]
      : []),
    ...(group ? [said(`  group: ${yamlText(group.value)}`, group.why)] : []),
  ];
}

function sourceText(source: SourceDeclaration): string {
  const parts = Object.entries(source).map(([name, value]) => {
    if (typeof value === 'number') return `${name}: ${value}`;
    if (typeof value === 'string') return `${name}: ${sourceValue(value)}`;
    return `${name}: [${value.map(name === 'header' ? yamlText : sourceValue).join(', ')}]`;
  });
  return `{ ${parts.join(', ')} }`;
}

/** Paths and queries are quoted unless YAML reads them as they are. */
function sourceValue(value: string): string {
  return /^[A-Za-z0-9_][\w/.*-]*$/.test(value) && /[a-z]/i.test(value) ? value : JSON.stringify(value);
}

function features({ time, season, rareLabels, target, formats = {} }: Proposal): string[] {
  const months = time && season?.value ? { column: time.value, why: season.why } : undefined;
  const lines = [
    ...Object.entries(formats).map(([column, format]) => {
      const isTime = column === months?.column;
      const more = isTime ? ', type: date, parts: [month]' : '';
      const why = isTime ? `as you said; ${months.why}` : 'as you said';
      return said(`  ${yamlText(column)}: { format: ${yamlText(format)}${more} }`, why);
    }),
    ...(months && !Object.hasOwn(formats, months.column)
      ? [said(`  ${yamlText(months.column)}: { type: date, parts: [month] }`, months.why)]
      : []),
    ...(rareLabels
      ? [
          said(
            `  ${yamlText(target.value)}: { values: [${rareLabels.values.map(yamlText).join(', ')}]${rareLabels.published ? '' : ', invalid: drop'} }`,
            rareLabelsReason(rareLabels),
          ),
        ]
      : []),
  ];
  return lines.length === 0 ? [] : ['features:', ...lines];
}

function prepare({ leftOut, classMarkers }: Proposal): string[] {
  const lines = [
    ...(classMarkers
      ? [
          said(
            `  missing-markers: { except: [${classMarkers.value.map((text) => JSON.stringify(text)).join(', ')}] }`,
            classMarkers.why,
          ),
        ]
      : []),
    ...(leftOut.length === 0
      ? []
      : [
          '  exclude: # models do not see these',
          ...leftOut.map(({ column, why }) => said(`    - ${yamlText(column)}`, why)),
        ]),
  ];
  return lines.length === 0 ? [] : ['prepare:', ...lines];
}

function split({ byTime }: Proposal): string[] {
  return byTime?.value ? [said('split: { by: time }', `the newest rows judge: ${byTime.why}`)] : [];
}

function validate({ task }: Proposal, gates: readonly ProposedGate[]): string[] {
  return [
    'validate:',
    `  primary: ${defaultPrimary(task.value)}`,
    ...(gates.length === 0 ? [] : ['  gates:', ...gates.map(({ line, why }) => said(`    - ${line}`, why))]),
    said(
      '  inconclusive: { within: warn, beyond: fail, unmeasured: warn }',
      'where the rows cannot decide, the value itself counts',
    ),
  ];
}

const rest = [
  '# Left to their defaults: train (linear models, boosted trees and networks, blended), deploy (a release and a server),',
  `# monitor and retrain (on drift, or when the model got worse). ${publishedGuide('guides/monitoring.md')}`,
];

/** A line and why it is there; a reason is one line, whatever a column is called. */
function said(line: string, why: string): string {
  return `${line} # ${why.replaceAll(/\s+/g, ' ')}`;
}
