import { type Config, configSchema } from '../config/sections/schema.ts';
import type { PreparedDataset } from '../dataset/prepare-dataset.ts';
import { rareLabels } from '../dataset/quality/rare-classes.ts';
import { defaultPositive } from '../dataset/schema/chosen-positive.ts';
import { trainingRows } from '../dataset/split/divided-rows.ts';
import { categoryCounts } from '../dataset/statistics/category-counts.ts';
import { columnOf } from '../dataset/table/table.ts';
import type { Finding } from './findings.ts';
import { type FirstLook, formatFeatures, formatFlags, type UnreadableColumn } from './first-look.ts';
import { notesOfProposal } from './notes.ts';
import type { Proposal, RareLabels } from './proposal.ts';
import type { FoundLabels } from './rare-labels.ts';
import { rolesOf } from './roles.ts';

/** What is decided before the other columns are looked at. */
export type Aim = Pick<
  Proposal,
  'name' | 'source' | 'task' | 'target' | 'classMarkers' | 'rareLabels' | 'formats' | 'exclude'
>;

/**
 * The configuration that says no more than what is predicted from where; columns that cannot be read are left out.
 *
 * @param excluded whether what a person has left out is so, too.
 */
export function configOfAim(aim: Aim, { unreadable }: FirstLook, { excluded = false } = {}): Config {
  const { source, task, target, classMarkers, rareLabels, formats = {}, exclude = [] } = aim;
  return configSchema.parse({
    task: task.value,
    target: target.value,
    data: { source },
    features: {
      ...formatFeatures(formats),
      ...(rareLabels ? { [target.value]: declaredLabels(rareLabels) } : {}),
    },
    prepare: {
      exclude: [...new Set([...unreadable.map(({ column }) => column), ...(excluded ? exclude : [])])].filter(
        (name) => name !== target.value,
      ),
      ...(classMarkers ? { 'missing-markers': { except: [...classMarkers.value] } } : {}),
    },
  });
}

/**
 * The proposal for a table, from what prepare finds in it.
 *
 * @param found what `prepareDataset` makes of the table under `configOfAim`. @param remaining the same without what a person
 *   has left out: a part of the target's sum gives nothing away once the other parts are gone.
 */
export function propose(
  aim: Aim,
  look: FirstLook,
  { found, remaining = found }: { readonly found: PreparedDataset; readonly remaining?: PreparedDataset },
): Proposal {
  const config = configOfAim(aim, look);
  const roles = rolesOf(look.table, { found, remaining }, config);
  const unread = look.unreadable.filter(({ column }) => column !== aim.target.value);
  const proposal = {
    ...aim,
    ...(found.schema.classes ? { classes: found.schema.classes } : {}),
    ...positiveOf(found),
    ...roles,
    leftOut: [...roles.leftOut, ...unread.map(({ column, why }) => ({ column, why }))],
    findings: [...roles.findings, ...unread.flatMap(readingNote)],
  };
  return { ...proposal, notes: notesOfProposal(proposal) };
}

/** How a column that was left out comes to be read. */
function readingNote({ column, why, lines, formats }: UnreadableColumn): Finding[] {
  if (lines.length === 0) return [];
  const message =
    formats.length > 0
      ? `${column} is left out, since ${why}. Say which is right: ${formatFlags(column, formats)}`
      : `${column} is left out, since ${why}. Take it out of prepare.exclude in ciclo.yml and write the line that is right: ${lines.join(', or ')}`;
  return [{ kind: 'unread', column, message }];
}

function positiveOf(found: PreparedDataset): Pick<Proposal, 'positive'> {
  const { schema } = found;
  const column = columnOf(trainingRows(found).table, schema.target);
  if (schema.positive === undefined || column.type !== 'category') return {};
  const counts = categoryCounts(column).categories.map(({ value, count }) => ({ label: value, rows: count }));
  const [first, second] = counts;
  const usual = first && second && defaultPositive([first, second]);
  const why = usual?.label === schema.positive ? usual.why : 'the rarer of the two';
  return { positive: { value: schema.positive, why } };
}

/** What `features` says of a target that has rare labels. */
function declaredLabels({ values, published }: RareLabels) {
  return { values: [...values], ...(published ? {} : { invalid: 'drop' }) };
}

/** Labels that too few training rows have, and of which nobody has said that they may be published. */
export function rareLabelsOf(found: PreparedDataset, { rareLabels: decided }: Aim): FoundLabels {
  const rare = decided?.published ? [] : rareLabels(trainingRows(found).table, found.schema);
  return { classes: found.schema.classes ?? [], rare };
}
