/**
 * Writes example-repo/data/cars-<year>.csv, one file for each model year, from the cars of the npm package
 * vega-datasets. Values are written as they are there; a missing one is an empty cell.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const number = z.number().nullable();
const cars = z.array(
  z.strictObject({
    Name: z.string(),
    Miles_per_Gallon: number,
    Cylinders: number,
    Displacement: number,
    Horsepower: number,
    Weight_in_lbs: number,
    Acceleration: number,
    Year: z.iso.date(),
    Origin: z.string(),
  }),
);
type Car = z.output<typeof cars>[number];

/** Column name in the CSV, and its value. */
const columns: Readonly<Record<string, (car: Car) => string | number | null>> = {
  model: (car) => car.Name,
  mpg: (car) => car.Miles_per_Gallon,
  cylinders: (car) => car.Cylinders,
  displacement: (car) => car.Displacement,
  horsepower: (car) => car.Horsepower,
  weight: (car) => car.Weight_in_lbs,
  acceleration: (car) => car.Acceleration,
  year: yearOf,
  origin: (car) => car.Origin,
};

function yearOf(car: Car): number {
  return Number(car.Year.slice(0, 4));
}

/** RFC 4180, with a line feed at the end of a line. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const input = new URL('../node_modules/vega-datasets/data/cars.json', import.meta.url);
const output = new URL('../example-repo/data/', import.meta.url);
const all = cars.parse(JSON.parse(await readFile(input, 'utf8')));
const years = Map.groupBy(all, yearOf);

await mkdir(output, { recursive: true });
for (const [year, rows] of years) {
  const lines = [
    Object.keys(columns).join(','),
    ...rows.map((car) =>
      Object.values(columns)
        .map((read) => cell(read(car)))
        .join(','),
    ),
  ];
  await writeFile(new URL(`cars-${year}.csv`, output), `${lines.join('\n')}\n`);
}
console.log(`${all.length} cars of ${years.size} model years written to ${fileURLToPath(output)}`);
