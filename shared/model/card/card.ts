// The model card, as Markdown, from what training and evaluation found.
import { positiveClass } from '../../dataset/schema/positive-class.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { byCount, counted } from '../../text/counts.ts';
import { escapeMarkdown as literal, markdownTable, oneLine } from '../../text/markdown.ts';
import { formatEstimate } from '../../text/number-format.ts';
import { blendOrPart, blendWords, isOnePart } from '../report/blend-words.ts';
import { judgedRowWord } from '../report/judged-rows.ts';
import type { TrainingReport } from '../report/training-report.ts';
import { dataSection } from './card-data.ts';
import { cardNumber, type ModelCardInput } from './card-input.ts';
import { judgementSections } from './card-judgement.ts';
import { limitsOf } from './card-limits.ts';
import { trainingSection } from './card-training.ts';
import { usageSection } from './card-usage.ts';

/**
 * The model card (Mitchell et al. 2019) as Markdown: what the model is, what it is for, the data, the training, the
 * metrics, its limits, and how to use it: what is known and nothing else. Every text of the user's is escaped. The same
 * commit, lock and evaluation give the same card: version, date and who released it stand in `released-card.ts`.
 */
export function renderModelCard(input: ModelCardInput): string {
  const sections = [
    `# Model card: ${literal(input.pipeline)}`,
    summaryOf(input),
    useSection(input),
    dataSection(input),
    trainingSection(input.training),
    ...judgementSections(input),
    importanceSection(input.training),
    `## Limits\n\n${limitsOf(input)
      .map((limit) => `- ${limit}`)
      .join('\n')}`,
    usageSection(input),
    provenanceSection(input.training),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function unitOf({ schema }: ModelCardInput): string {
  const unit = schema.columns.find((column) => column.name === schema.target)?.unit;
  return unit === undefined ? '' : ` in ${literal(unit)}`;
}

function summaryOf(input: ModelCardInput): string {
  const { schema, training } = input;
  const target = `**${literal(schema.target)}**`;
  const chosen = training.candidates.find(({ name }) => name === training.chosen);
  const classes = schema.classes ?? [];
  const what =
    schema.task === 'regression'
      ? `Predicts the number ${target}${unitOf(input)}.`
      : `Predicts which of ${classes.length} classes ${target} is: ${classNames(classes)}.`;
  if (training.blend) {
    const size = `${counted(training.inputs, 'input')}, ${cardNumber(training.blend.parts.reduce((sum, { members }) => sum + members, 0))} models`;
    const words = isOnePart(training.blend) ? blendWords(training.blend) : blendOrPart(training.blend);
    return `${what}${positiveOf(schema)}${decisionOf(input)} ${literal(words[0]!.toUpperCase() + words.slice(1))}, with ${size}.`;
  }
  const kind = kindOf(chosen?.type, schema.task);
  const parameters = chosen?.stopped === 'command' ? '' : `, ${cardNumber(chosen?.parameters)} parameters`;
  const size = `${counted(training.inputs, 'input')}${parameters}`;
  return `${what}${positiveOf(schema)}${decisionOf(input)} ${kind} (candidate “${literal(training.chosen)}”) with ${size}.${encodingOf(input, chosen?.type)}`;
}

/** The names of twenty classes, and how many more there are. */
function classNames(classes: readonly string[]): string {
  const named = classes.slice(0, shownClasses).map(literal).join(', ');
  const left = classes.length - shownClasses;
  return left > 0 ? `${named} and ${counted(left, 'other')}` : named;
}

const shownClasses = 20;

/** Which columns a model of layers also sees by quantile bin. */
function encodingOf({ recipe }: ModelCardInput, type: string | undefined): string {
  if (type !== 'linear' && type !== 'neural-network') return '';
  const encoded = recipe.features.filter((feature) =>
    feature.kind === 'date'
      ? feature.parts.some((part) => 'pieces' in part)
      : feature.kind === 'number' && feature.pieces !== undefined,
  ).length;
  if (encoded === 0) return '';
  return ` The ${byCount(encoded, 'number of one column is', `numbers of ${encoded} columns are`)} also given to it by quantile bin (piecewise-linear encoding).`;
}

function positiveOf({ positive }: DatasetSchema): string {
  return positive === undefined
    ? ''
    : ` Precision and recall are those of the class **${literal(positive)}**.`;
}

/** How it decides, where that is not by the more probable class. */
function decisionOf({ training, schema }: ModelCardInput): string {
  const { decision } = training;
  if (!decision) return '';
  const { threshold, costs, rows } = decision;
  const why = costs
    ? `, the cheapest on ${counted(rows ?? 0, judgedRowWord(training))} where a missed row costs ${costs.missed} and a false alarm ${costs['false-alarm']}`
    : '';
  return ` A row is predicted to be of the class **${literal(positiveClass(schema) ?? '')}** at a probability of ${cardNumber(threshold)} or more${why}.`;
}

function kindOf(type: string | undefined, task: DatasetSchema['task']): string {
  if (type === 'boosted-trees') return 'Boosted decision trees';
  if (type === 'command') return 'A model trained by a command of its owner';
  if (type !== 'linear') return 'Dense neural network';
  return task === 'regression' ? 'Linear regression' : 'Logistic regression';
}

function useSection({ config, schema }: ModelCardInput): string {
  const purpose = config.description
    ? literal(oneLine(config.description))
    : 'The owner has not said what this model is for (`description` in ciclo.yml).';
  const features = schema.columns.filter(({ role }) => role === 'feature').length;
  return [
    '## Intended use',
    purpose,
    `For rows from the same source as the training rows, with the ${counted(features, 'feature')} listed below. ` +
      'The model shows association, not causation.',
  ].join('\n\n');
}

function importanceSection(training: TrainingReport): string {
  if (training.importance.length === 0) return '';
  const rows = training.importance
    .slice(0, 20)
    .map(({ feature, mean, deviation }) => [literal(feature), amountOf(mean, deviation)]);
  const left = training.importance.length - rows.length;
  return [
    '## Features by importance',
    training.folds
      ? `How much worse ${literal(training.metric)} becomes when a feature's values are shuffled among the out-of-fold rows, over all folds.`
      : `How much worse ${literal(training.metric)} becomes on the validation rows when a feature's values are shuffled.`,
    markdownTable(['Feature', 'Worse by'], rows),
    left > 0
      ? `${counted(left, 'less important feature')} ${byCount(left, 'is', 'are')} in training.json.`
      : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function amountOf(mean: number, deviation: number): string {
  const [size, spread] = [mean, deviation].map((value) =>
    formatEstimate({ value, low: -deviation, high: deviation }),
  );
  return `${size} ± ${spread}`;
}

function provenanceSection({ engine, seed, candidates }: TrainingReport): string {
  const again = engine.reproducible
    ? 'Training again from the same data, configuration and versions gives the same bytes.'
    : candidates.some(({ stopped }) => stopped === 'command')
      ? 'A command of the owner took part, and it is not known to be reproducible.'
      : 'Not every engine that trained its candidates is known to be byte-identical on every machine; `backend: kernel` on x64 processors is.';
  return `## Provenance\n\n${makerOf(engine)}, seed ${seed}. ${again} The digests are in manifest.json.`;
}

function makerOf({ name, version, backend }: TrainingReport['engine']): string {
  if (name === 'command') {
    return backend === 'onnxruntime'
      ? 'A command of the owner, its model run by onnxruntime'
      : 'A command of the owner, known by its predictions only';
  }
  if (name === 'ensemble')
    return `Ciclo's blend, version ${literal(version)}, its parts trained by the backend ${backend}`;
  if (name === 'boosted-trees') return `Ciclo's boosted trees, version ${literal(version)}`;
  return `${name === 'ciclo' ? 'Ciclo' : 'TensorFlow.js'} ${literal(version)}, backend ${backend}`;
}
