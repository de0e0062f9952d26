import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confidenceShare, declaredShare, measuredShare, parsePercent } from './percent.ts';

describe('a declared share', () => {
  test('is written as it was meant, with every digit', () => {
    expect([0, 0.123, 0.2, 1, 2.5, 0.9995, 0.07, 0.001, 1e-7].map(declaredShare)).toEqual([
      '0%',
      '12.3%',
      '20%',
      '100%',
      '250%',
      '99.95%',
      '7%',
      '0.1%',
      '0.00001%',
    ]);
  });

  test('reads back as exactly the same number', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), (share) => {
        expect(parsePercent(declaredShare(share))).toBe(share + 0);
      }),
    );
  });

  test('is a percentage only with its sign', () => {
    expect(['12.3%', ' 5 % ', '0.1'].map(parsePercent)).toEqual([0.123, 0.05, undefined]);
    expect(['%', '-1%', '1e2%', '1%%'].map(parsePercent)).toEqual(Array(4).fill(undefined));
  });
});

test('a computed level of confidence has four digits', () => {
  expect([0.95, 0.998712, 0.9 + 0.05].map(confidenceShare)).toEqual(['95%', '99.87%', '95%']);
});

describe('a measured share', () => {
  test.each([
    [0, '0%'],
    [0.00001, '<0.1%'],
    [0.001, '0.1%'],
    [0.015, '1.5%'],
    [0.0301, '3.0%'],
    [0.07, '7%'],
    [0.1234, '12%'],
    [0.95, '95%'],
    [0.99, '99%'],
    [0.9903, '99.0%'],
    [0.999, '99.9%'],
    [0.99999, '>99.9%'],
    [1, '100%'],
    [1.004, '100.4%'],
    [2.504, '250%'],
    [-0.032, '−3.2%'],
    [-0.0001, '>−0.1%'],
  ])('of %d is written %s', (share, expected) => {
    expect(measuredShare(share)).toBe(expected);
  });

  test('says that it grew', () => {
    expect([0.127, 0, -0.127, 0.0004].map((share) => measuredShare(share, { sign: true }))).toEqual([
      '+13%',
      '0%',
      '−13%',
      '<+0.1%',
    ]);
  });

  test('never reads as the bound that it is not', () => {
    expect(measuredShare(0.2003, { beside: 0.2 })).toBe('20.03%');
    expect(measuredShare(0.2, { beside: 0.2 })).toBe('20%');
    expect(measuredShare(0.1 + 0.2, { beside: 0.3 })).toBe('30%');
    expect(measuredShare(0.31, { beside: 0.3 })).toBe('31%');
    expect(measuredShare(0.2003)).toBe('20%');
    expect(measuredShare(0.00104, { beside: 0.001 })).toBe('0.104%');
    expect(measuredShare(0.0004, { beside: 0.001 })).toBe('<0.1%');
  });
});
