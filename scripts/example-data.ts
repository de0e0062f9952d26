/**
 * The data of the example's five pipelines, made from the npm package vega-datasets: where rows have a date, a file for each
 * year (of flights, month), so that new data can arrive a year at a time. Values are as they are there; a missing one is an empty cell.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

type Cell = string | number | null;
/** Columns of a written file by name, with what they hold of one record. */
type Columns<Entry> = Readonly<Record<string, (entry: Entry) => Cell>>;

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

const carColumns: Columns<Car> = {
  model: (car) => car.Name,
  mpg: (car) => car.Miles_per_Gallon,
  cylinders: (car) => car.Cylinders,
  displacement: (car) => car.Displacement,
  horsepower: (car) => car.Horsepower,
  weight: (car) => car.Weight_in_lbs,
  acceleration: (car) => car.Acceleration,
  year: (car) => Number(car.Year.slice(0, 4)),
  origin: (car) => car.Origin,
};

/** A row of a CSV file, by its column names. */
type CsvRow = ReadonlyMap<string, string>;

/** What a column of the package's file holds, as it stands there. */
function same(name: string): (row: CsvRow) => string {
  return (row) => {
    const value = row.get(name);
    if (value === undefined) throw new Error(`the package's file has no column "${name}"`);
    return value;
  };
}

const damageOf = same('Effect Amount of damage');

const strikeColumns: Columns<CsvRow> = {
  date: same('Flight Date'),
  airport: same('Airport Name'),
  state: same('Origin State'),
  operator: same('Aircraft Airline Operator'),
  aircraft: same('Aircraft Make Model'),
  phase: same('Phase of flight'),
  time_of_day: same('Time of day'),
  speed: same('Speed IAS in knots'),
  species: same('Wildlife Species'),
  size: same('Wildlife Size'),
  damage: (row) => (damageOf(row) === 'None' ? 'no' : 'yes'),
  cost_repair: same('Cost Repair'),
  cost_other: same('Cost Other'),
  cost_total: same('Cost Total $'),
};

const weatherColumns: Columns<CsvRow> = Object.fromEntries(
  ['date', 'precipitation', 'temp_max', 'temp_min', 'wind', 'weather'].map((name) => [name, same(name)]),
);

const penguins = z.array(
  z.strictObject({
    Species: z.string(),
    Island: z.string(),
    'Beak Length (mm)': number,
    'Beak Depth (mm)': number,
    'Flipper Length (mm)': number,
    'Body Mass (g)': number,
    Sex: z.string().nullable(),
  }),
);
type Penguin = z.output<typeof penguins>[number];

const penguinColumns: Columns<Penguin> = {
  species: (penguin) => penguin.Species,
  island: (penguin) => penguin.Island,
  beak_length: (penguin) => penguin['Beak Length (mm)'],
  beak_depth: (penguin) => penguin['Beak Depth (mm)'],
  flipper_length: (penguin) => penguin['Flipper Length (mm)'],
  body_mass: (penguin) => penguin['Body Mass (g)'],
  sex: (penguin) => penguin.Sex,
};

const flights = z.array(
  z.strictObject({
    date: z.string().regex(/^2001\/\d\d\/\d\d \d\d:\d\d$/),
    delay: z.number(),
    distance: z.number(),
    origin: z.string(),
    destination: z.string(),
  }),
);
type Flight = z.output<typeof flights>[number];

const flightColumns: Columns<Flight> = {
  date: (flight) => flight.date.replaceAll('/', '-').replace(' ', 'T'),
  delay: (flight) => flight.delay,
  distance: (flight) => flight.distance,
  origin: (flight) => flight.origin,
  destination: (flight) => flight.destination,
};

const airportColumns: Columns<CsvRow> = Object.fromEntries(
  ['iata', 'city', 'state', 'latitude', 'longitude'].map((name) => [name, same(name)]),
);

/** Every file of the example's data: its path in example-repo/, and its text. */
export async function exampleFiles(): Promise<ReadonlyMap<string, string>> {
  const entries = cars.parse(JSON.parse(await packaged('cars.json')));
  const strikes = csvRows(await packaged('birdstrikes.csv'));
  const days = csvRows(await packaged('seattle-weather.csv'));
  const flown = flights.parse(JSON.parse(await packaged('flights-10k.json')));
  const served = new Set(flown.flatMap(({ origin, destination }) => [origin, destination]));
  const airports = csvRows(await packaged('airports.csv')).filter((row) => served.has(row.get('iata') ?? ''));
  const birds = penguins.parse(JSON.parse(await packaged('penguins.json')));
  return new Map([
    ['python/data/penguins.csv', csvText(birds, penguinColumns)],
    ...filesByYear('data/cars', entries, carColumns, 'year'),
    ...filesByYear('strikes/data/strikes', strikes, strikeColumns, 'date'),
    ['flights/airports.csv', csvText(airports, airportColumns)],
    ...filesByTime('flights/data/flights', flown, flightColumns, { column: 'date', digits: 7 }),
    ...filesByYear('weather/data/weather', days, weatherColumns, 'date'),
  ]);
}

async function packaged(name: string): Promise<string> {
  return readFile(new URL(`../node_modules/vega-datasets/data/${name}`, import.meta.url), 'utf8');
}

/** Rows of a CSV file whose cells have no line ends, as those of the package are. */
function csvRows(text: string): CsvRow[] {
  const [header = [], ...lines] = text.trimEnd().split(/\r?\n/).map(csvCells);
  return lines.map((cells) => new Map(header.map((name, index) => [name, cells[index] ?? ''])));
}

function csvCells(line: string): string[] {
  const cells = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))(?=,|$)/g);
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

/** The year is the first four digits of a column. */
function filesByYear<Entry>(
  prefix: string,
  entries: readonly Entry[],
  columns: Columns<Entry>,
  time: string,
): [path: string, text: string][] {
  return filesByTime(prefix, entries, columns, { column: time, digits: 4 });
}

/** @param time a column, and how many of its first digits say the period. */
function filesByTime<Entry>(
  prefix: string,
  entries: readonly Entry[],
  columns: Columns<Entry>,
  time: { readonly column: string; readonly digits: number },
): [path: string, text: string][] {
  const periods = Map.groupBy(entries, (entry) =>
    String(columns[time.column]?.(entry)).slice(0, time.digits),
  );
  return [...periods].map(([period, rows]) => [`${prefix}-${period}.csv`, csvText(rows, columns)]);
}

function csvText<Entry>(entries: readonly Entry[], columns: Columns<Entry>): string {
  const lines = entries.map((entry) => Object.values(columns).map((read) => cell(read(entry))));
  return [Object.keys(columns), ...lines].map((cells) => `${cells.join(',')}\n`).join('');
}

/** RFC 4180. */
function cell(value: Cell): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
