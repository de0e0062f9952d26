import { deriveColumns } from '../dataset/derive/derive.ts';
import { type NamedType, planDerivations } from '../dataset/derive/derive-plan.ts';
import { describeType } from '../dataset/derive/derive-values.ts';
import type { Column, ColumnType } from '../dataset/table/table.ts';
import { columnOf } from '../dataset/table/table.ts';
import type { StepInput } from './join-step.ts';
import { stepError } from './step-site.ts';
import { typedColumn } from './step-types.ts';
import { madeColumn, plainTable, takeWorkRows, type WorkTable, withColumns } from './work-table.ts';

/** A name that no column of a file has. */
const condition = '\0condition';

/** The rows of which an expression is true; where it is missing the row goes, as in SQL. */
export function runFilter(input: StepInput, expression: string): WorkTable {
  const { table, site } = input;
  const [kept] = computed(input, { [condition]: expression }, () => `${site.name} of ${table.name}`);
  const column = kept![1];
  if (column.type !== 'boolean') {
    throw stepError(
      site,
      `${JSON.stringify(expression)} gives ${describeType(column.type)}; a filter is true or false for each row, such as "d => d.amount > 0"`,
    );
  }
  const rows = new Int32Array(table.rows).map((_, row) => row).filter((row) => column.values[row] === 1);
  return takeWorkRows(table, rows);
}

/** New columns; each may use those before it. */
export function runDerive(input: StepInput, expressions: Readonly<Record<string, string>>): WorkTable {
  const { table, site } = input;
  const made = `derived (step ${site.number})`;
  return withColumns(
    table,
    computed(input, expressions, (name) => `${site.name} of ${table.name}: ${name}`).map(([name, column]) => [
      name,
      madeColumn(table, column, made),
    ]),
  );
}

function computed(
  input: StepInput,
  expressions: Readonly<Record<string, string>>,
  where: (name: string) => string,
): (readonly [string, Column])[] {
  const { table } = input;
  const lazy = new Map([...table.columns.keys()].map((name) => [name, lazyType(input, name)]));
  const derivations = Object.entries(expressions).map(([name, expression]) => ({ name, expression }));
  const plan = planDerivations([...lazy.values()], derivations, where);
  const used = new Set(plan.derived.flatMap(({ reads }) => reads.map((slot) => plan.slots[slot]!.name)));
  const typed = [...used].flatMap((name) => {
    const column = lazy.get(name)?.column();
    return column ? [[name, column] as const] : [];
  });
  const derived = deriveColumns(
    { rows: table.rows, columns: new Map([...plainTable(table).columns, ...typed]) },
    plan,
  );
  return plan.derived.map(({ name }) => [name, columnOf(derived, name)] as const);
}

/** A column whose type is found when an expression names it, and not before. */
function lazyType({ table, site, types }: StepInput, name: string): NamedType & { column(): Column } {
  let known: Column | undefined;
  const column = (): Column => {
    known ??= typedColumn(site, table, name, types).column;
    return known;
  };
  return {
    name,
    get type(): ColumnType {
      return column().type;
    },
    column,
  };
}
