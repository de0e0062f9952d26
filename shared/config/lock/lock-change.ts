import { byCount, counted, formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { divisionWords } from '../sections/split-section.ts';
import type { Lock, SampleRecord } from './lock.ts';

/** Parts are listed up to this many; more are counted. */
const partLimit = 20;

function difference(before: number, after: number): string {
  const change = after - before;
  return formatNumber(change, { decimals: 0, sign: true });
}

function partChanges(before: Lock, after: Lock): string[] {
  const old = new Map(before.data.parts.map((part) => [part.name, part]));
  const now = new Map(after.data.parts.map((part) => [part.name, part]));
  const lines: string[] = [];
  for (const [name, part] of now) {
    const was = old.get(name);
    if (!was) lines.push(`${name}: new, ${counted(part.rows, 'row')}`);
    else if (was.digest !== part.digest) {
      lines.push(
        was.rows === part.rows
          ? `${name}: content changed, still ${counted(part.rows, 'row')}`
          : `${name}: content changed, ${counted(was.rows, 'row')} → ${counted(part.rows, 'row')} (${difference(was.rows, part.rows)})`,
      );
    }
  }
  for (const [name, part] of old)
    if (!now.has(name)) lines.push(`${name}: gone, was ${counted(part.rows, 'row')}`);
  if (lines.length <= partLimit) return lines;
  return [...lines.slice(0, partLimit), `and ${counted(lines.length - partLimit, 'more part')}`];
}

/** Which of several sources changed, where what the steps make of them did. */
function sourceChanges(before: Lock, after: Lock): string[] {
  if (before.data.digest === after.data.digest) return [];
  const [old, now] = [before.data.sources ?? {}, after.data.sources ?? {}];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((name) => {
    const [was, is] = [old[name], now[name]];
    if (was?.digest === is?.digest) return [];
    if (!is) return [`source ${name}: gone`];
    if (!was) return [`source ${name}: new, ${counted(is.rows, 'row')}`];
    return was.rows === is.rows
      ? [`source ${name}: content changed, still ${counted(is.rows, 'row')}`]
      : [
          `source ${name}: ${counted(was.rows, 'row')} → ${counted(is.rows, 'row')} (${difference(was.rows, is.rows)})`,
        ];
  });
}

function typeChanges(before: Lock, after: Lock): string[] {
  const lines: string[] = [];
  for (const [name, type] of Object.entries(after.types)) {
    const was = before.types[name];
    if (was === undefined) lines.push(`column ${name}: new, ${type}`);
    else if (was !== type) lines.push(`column ${name}: ${was} → ${type}`);
  }
  for (const name of Object.keys(before.types)) {
    if (after.types[name] === undefined) lines.push(`column ${name}: gone`);
  }
  for (const name of after.identifiers ?? []) {
    if (before.identifiers?.includes(name)) continue;
    lines.push(`column ${name}: only tells rows apart; no feature unless features declares it`);
  }
  for (const name of after.personal ?? []) {
    if (before.personal?.includes(name)) continue;
    lines.push(`column ${name}: personal data; no feature unless prepare.checks.personal allows it`);
  }
  for (const name of Object.keys({ ...before.formats, ...after.formats })) {
    const was = before.formats?.[name] ?? 'as programs write';
    const now = after.formats?.[name] ?? 'as programs write';
    const stays = before.types[name] !== undefined && after.types[name] !== undefined;
    if (stays && was !== now) lines.push(`column ${name}: written ${was} → ${now}`);
  }
  return lines;
}

function windowText(lock: Lock): string {
  const { window } = lock.data;
  return window ? `${window.column} until ${window.until}` : 'all rows';
}

/** @returns nothing where the same rows are drawn of as many. */
function sampleChange(before: SampleRecord | undefined, after: SampleRecord | undefined): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const words = (sample: SampleRecord | undefined): string => (sample ? sampleWords(sample) : 'all rows');
  const [was, is] = [words(before), words(after)];
  return [was === is ? `sample: ${is}, of other rows` : `sample: ${was} → ${is}`];
}

function sampleWords({ rows, of, by }: SampleRecord): string {
  const share = by === undefined ? '' : `, each ${by} in its share`;
  return `${formatCount(Math.min(rows, of))} of ${formatCount(of)}${share}`;
}

/** What another division means for the model in production. */
function divisionChange(before: number, after: number): string {
  const meaning =
    before === 0
      ? 'a model of test rows, as the one in production may be, is compared on its own test rows alone'
      : 'a model of folds, as the one in production may be, is compared by its stored out-of-fold predictions, whatever the folds';
  return `split: ${divisionWords(before)} → ${divisionWords(after)}; ${meaning}`;
}

/**
 * What changes from one lock to the next, in words, one line each; empty when nothing does.
 *
 * @param before undefined when there is no lock yet.
 * @param moved rows that lie on another side of the split than before, where keys are hashed otherwise.
 */
export function describeLockChange(before: Lock | undefined, after: Lock, moved?: number): string[] {
  if (!before) {
    const parts = after.data.parts.length;
    return [
      `new lock: ${counted(after.data.rows, 'row')} in ${counted(parts, 'part')}, ${windowText(after)}`,
      `key: ${after.key.join(', ')}`,
      ...(after.split.apart
        ? ['rows of equal key are divided one by one: few different ones come often, with different targets']
        : []),
      `split seed: ${after.split.seed}`,
      ...(after.split.folds === undefined
        ? []
        : [`split: ${divisionWords(after.split.folds)}, each predicted by models that have not seen it`]),
      ...(after.data.sample ? [`sample: ${sampleWords(after.data.sample)}`] : []),
      ...(after.positive === undefined ? [] : [`positive class: ${after.positive}`]),
    ];
  }
  const lines: string[] = [];
  if (before.name !== after.name) {
    lines.push(
      before.name === undefined
        ? `name: ${after.name}, pinned: what the folder is called does not matter any more`
        : `name: ${before.name} → ${after.name ?? 'none'}; versions, what is in production and the history of checks stay with ${before.name}`,
    );
  }
  if (windowText(before) !== windowText(after))
    lines.push(`window: ${windowText(before)} → ${windowText(after)}`);
  if (before.data.rows !== after.data.rows) {
    const change = difference(before.data.rows, after.data.rows);
    lines.push(`rows: ${counted(before.data.rows, 'row')} → ${counted(after.data.rows, 'row')} (${change})`);
  }
  lines.push(...sampleChange(before.data.sample, after.data.sample));
  const parts = partChanges(before, after);
  lines.push(...parts);
  const drawn = JSON.stringify(before.data.sample) !== JSON.stringify(after.data.sample);
  if (parts.length === 0 && !drawn && before.data.digest !== after.data.digest)
    lines.push('the order of the rows changed');
  lines.push(...sourceChanges(before, after));
  if (before.data.snapshot !== after.data.snapshot) {
    lines.push(`snapshot: ${before.data.snapshot ?? 'none'} → ${after.data.snapshot ?? 'none'}`);
  }
  const [engine, engineNow] = [before.data.engine?.name, after.data.engine?.name];
  if (engine !== engineNow) lines.push(`engine: ${engine ?? 'none'} → ${engineNow ?? 'none'}`);
  if (before.version !== after.version) {
    lines.push(
      `keys are hashed by value, whatever the type of their column (lock version ${before.version} → ${after.version}): ${moved === undefined || moved === 0 ? 'no row changes' : `${counted(moved, 'row')} ${byCount(moved, 'changes', 'change')}`} sides of the split`,
    );
  }
  if (before.key.join('\n') !== after.key.join('\n')) {
    lines.push(`key: ${before.key.join(', ')} → ${after.key.join(', ')}; rows may change sides of the split`);
  }
  if (before.split.seed !== after.split.seed) {
    lines.push(`split seed: ${before.split.seed} → ${after.split.seed}; rows change sides of the split`);
  }
  if (before.split.apart !== after.split.apart) {
    lines.push(
      `rows of equal key are divided ${after.split.apart ? 'one by one' : 'together'}; rows change sides of the split`,
    );
  }
  const [folds, now] = [before.split.folds ?? 0, after.split.folds ?? 0];
  if (folds !== now) lines.push(divisionChange(folds, now));
  if (before.positive !== after.positive) {
    lines.push(`positive class: ${before.positive ?? 'none'} → ${after.positive ?? 'none'}`);
  }
  return [...lines, ...typeChanges(before, after)];
}
