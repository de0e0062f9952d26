import { expect, test } from 'vitest';
import { problemsOf } from '../testing/problems-of.ts';

/** The problems of a source's settings, without their places. */
function problems(source: string): string[] {
  const text = `task: regression\ntarget: mpg\ndata:\n  source: ${source}\n`;
  return problemsOf(text).map((line) => line.replace(/^ciclo\.yml:\d+:\d+: /, ''));
}

test('the settings of text are accepted for CSV, from files and from APIs', () => {
  const settings =
    'encoding: windows-1252, comment: "#", skip-rows: 3, header: [a, b], decimal: ",", thousands: "."';
  expect(problems(`{ type: file, path: a.csv, ${settings} }`)).toEqual([]);
  expect(problems(`{ type: http, url: https://example.org, format: csv, ${settings} }`)).toEqual([]);
  expect(problems('{ type: file, path: a.csv, header: false }')).toEqual([]);
  expect(problems('{ type: file, path: a.ndjson, encoding: utf-16le }')).toEqual([]);
});

test('settings that a format does not use are named', () => {
  expect(problems('{ type: file, path: a.parquet, encoding: gbk, skip-rows: 1, decimal: "," }')).toEqual([
    'data.source.encoding: "gbk": an encoding is for text, and the files are parquet; leave it out',
    'data.source.skip-rows: 1: skip-rows is for csv, and the files are parquet; leave it out',
    'data.source.decimal: ",": decimal is for csv, and the files are parquet; leave it out',
  ]);
  expect(problems('{ type: http, url: https://example.org, header: false }')).toEqual([
    'data.source.header: false: header is for csv, and the format is json; leave it out',
  ]);
});

test('an encoding that nobody knows is refused with usual ones', () => {
  expect(problems('{ type: file, path: a.csv, encoding: latin-9000 }')).toEqual([
    expect.stringMatching(
      /^data\.source\.encoding: "latin-9000" is not an encoding that is known; allowed: utf-8,/,
    ),
  ]);
});

test('one character cannot stand before decimals and between thousands', () => {
  expect(problems('{ type: file, path: a.csv, thousands: "." }')).toEqual([
    'data.source.thousands: "." stands before the decimals (decimal: "."), so it cannot stand between thousands; did you mean decimal: ","?',
  ]);
  expect(problems('{ type: file, path: a.csv, decimal: ",", thousands: "," }')).toHaveLength(1);
});

test('a comment begins with a character that no row begins with, and names differ', () => {
  expect(problems('{ type: file, path: a.csv, comment: "a" }')).toEqual([
    'data.source.comment: "a" cannot begin a comment; allowed: a character that no row begins with, such as "#" or "%"',
  ]);
  expect(problems('{ type: file, path: a.csv, delimiter: ";", comment: ";" }')).toHaveLength(1);
  expect(problems('{ type: file, path: a.csv, header: [x, y, x] }')).toEqual([
    'data.source.header[2]: columns 1 and 3 are both named "x"; allowed: a name of its own for every column',
  ]);
});
