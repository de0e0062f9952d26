import fc from 'fast-check';
import type { Dialect } from '../../sql/dialect.ts';

/** Types of columns, and how any value of one is written in quotes. */
type Literals = Readonly<Record<string, fc.Arbitrary<string>>>;

/** Few values, one value or all of them: ties, constants, and neither. */
function tied(values: fc.Arbitrary<string>): fc.Arbitrary<fc.Arbitrary<string>> {
  const some = (most: number) => fc.array(values, { minLength: 1, maxLength: most });
  return fc.oneof(
    fc.constant(values),
    some(3).map((few) => fc.constantFrom(...few)),
    values.map((one) => fc.constant(one)),
  );
}

const whole = (least: bigint, most: bigint) => fc.bigInt({ min: least, max: most }).map(String);
const safe = whole(BigInt(Number.MIN_SAFE_INTEGER), BigInt(Number.MAX_SAFE_INTEGER));
const long = fc.oneof(safe, whole(-(2n ** 63n), 2n ** 63n - 1n), whole(-3n, 3n));
const cents = fc
  .integer({ min: -9_999_999, max: 9_999_999 })
  .map((hundredths) => (hundredths / 100).toFixed(2));
const double = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value + 0)),
  fc.integer({ min: -4, max: 4 }).map(String),
  fc.constantFrom('NaN', 'Infinity', '-Infinity', '0.1', '0.30000000000000004', '0.3', '1e-300', '5e-324'),
  fc.constantFrom('1.7976931348623157e308', '-1.7976931348623157e308', '2.2250738585072014e-308', '1e22'),
);
const single = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value + 0)),
  fc.constantFrom('NaN', 'Infinity', '-Infinity', '0.1', '16777217', '3.4028234663852886e38', '1e-45'),
);
const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const microseconds = fc
  .tuple(
    fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }),
    fc.nat({ max: 999 }),
  )
  .map(
    ([date, rest]) => `${date.toISOString().replace('T', ' ').slice(0, 23)}${String(rest).padStart(3, '0')}`,
  );
const zoned = fc
  .tuple(microseconds, fc.constantFrom('+00', '+05:30', '-11', '+14'))
  .map((parts) => parts.join(''));
/** Trino wants minutes. */
const zonedFully = fc
  .tuple(microseconds, fc.constantFrom('+00:00', '+05:30', '-11:00', '+14:00', ' Europe/Rome'))
  .map((parts) => parts.join(''));
const clock = fc
  .integer({ min: 0, max: 86_399 })
  .map((second) => new Date(second * 1000).toISOString().slice(11, 19));

/** What ends literals, means missing, is white space somewhere, or is written in two ways. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.constantFrom(
      "'",
      '\\',
      '',
      ' ',
      'NA',
      ' NA ',
      '\u00a0NA',
      'na',
      'é',
      'e\u0301',
      '日本',
      '🙂',
      '\u3000x',
      'x\u200b',
    ),
    fc.constantFrom('a', 'b', 'c', 'NULL', '1.0', 'true', '2024-01-01', '--', '/*'),
  )
  .filter((value) => !value.includes('\0'));

/** Columns of all types that a table can hold. PostgreSQL's numeric has no bounds that matter, and reaches beyond doubles. */
const literals: Readonly<Record<Dialect['name'], Literals>> = {
  duckdb: {
    ...{
      SMALLINT: whole(-32_768n, 32_767n),
      BIGINT: long,
      HUGEINT: long,
      UBIGINT: whole(0n, 2n ** 64n - 1n),
    },
    ...{ 'DECIMAL(9,2)': cents, 'DECIMAL(38,0)': long, FLOAT: single, DOUBLE: double },
    ...{ BOOLEAN: fc.constantFrom('true', 'false'), DATE: day, TIMESTAMP: microseconds },
    ...{ 'TIMESTAMP WITH TIME ZONE': zoned, VARCHAR: text, TIME: clock, UUID: fc.uuid() },
  },
  postgres: {
    ...{ int2: whole(-32_768n, 32_767n), int8: long, float4: single, float8: double, 'numeric(9,2)': cents },
    numeric: fc.oneof(
      cents,
      long,
      fc.constantFrom('NaN', '1e-400', '-1e-310', '1.7976931348623157e308', '1e309', '0.1'),
    ),
    ...{ bool: fc.constantFrom('true', 'false'), date: day, timestamp: microseconds, timestamptz: zoned },
    ...{ text, varchar: text, 'char(4)': text, 'char(12)': text, time: clock, uuid: fc.uuid() },
    ...{ inet: fc.constantFrom('10.0.0.1', '10.0.0.1/24', '::1'), oid: whole(0n, 2n ** 32n - 1n) },
  },
  trino: {
    ...{ smallint: whole(-32_768n, 32_767n), bigint: long, 'decimal(9, 2)': cents, 'decimal(38, 0)': long },
    ...{ real: single, double, boolean: fc.constantFrom('true', 'false'), date: day },
    ...{ 'timestamp(6)': microseconds, 'timestamp(6) with time zone': zonedFully, varchar: text },
    ...{ 'char(4)': text, 'char(12)': text, time: clock, uuid: fc.uuid() },
  },
};

/** A SELECT of rows of all types that the engine has, by its own literals: none, few, or up to forty. */
export function engineRows(dialect: Dialect): fc.Arbitrary<string> {
  const columns = Object.entries(literals[dialect.name]);
  const names = columns.map((_, i) => `v${i}`).join(', ');
  const cast = columns.map(([type], i) => `CAST(v${i} AS ${type}) AS c${i}`).join(', ');
  return fc
    .tuple(fc.nat({ max: 40 }), ...columns.map(([, values]) => tied(values)))
    .chain(([rows, ...kinds]) =>
      fc.tuple(
        ...kinds.map((values) =>
          fc.array(fc.option(values, { freq: 5 }), { minLength: rows, maxLength: rows }),
        ),
      ),
    )
    .map((values) => {
      const cell = (value: string | null) => (value === null ? 'NULL' : dialect.text(value));
      const rows = values[0]!.map((_, row) => values.map((column) => cell(column[row]!)));
      const none = columns.map(() => 'NULL');
      const listed = [...rows, none].map((row, n) => `(${n}, ${row.join(', ')})`).join(', ');
      // The last row is there for its columns only.
      return `SELECT ${cast} FROM (VALUES ${listed}) AS rows(n, ${names}) WHERE n < ${rows.length}`;
    });
}
