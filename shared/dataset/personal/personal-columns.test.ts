import { describe, expect, test } from 'vitest';
import type { Lock } from '../../config/lock/lock.ts';
import { createRandom } from '../../platform/random.ts';
import fixture from '../fixtures/personal-numbers.json' with { type: 'json' };
import { categories, numbers } from '../testing/dataset-builders.ts';
import { configOf, prepared, refusal, sourceOf } from '../testing/source-builder.ts';
import { personalKind } from './personal-columns.ts';

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

describe('columns of personal data', () => {
  test.each<[string, string, readonly string[]]>([
    ['e-mail', 'contact', times(10, (i) => `person.${i}@example.org`)],
    ['e-mail', 'Courriel', times(10, (i) => (i < 6 ? `p${i}@exämple.fr` : `unknown ${i}`))],
    ['phone', 'x', times(10, (i) => `+49 30 90182${100 + i}`)],
    ['phone', 'x', times(10, (i) => `(415) 555-01${10 + i}`)],
    ['phone', 'telefono_movil', times(10, (i) => `61234567${i}`)],
    ['ip-address', 'client', times(10, (i) => `192.168.${i}.7`)],
    ['ip-address', 'client', times(10, (i) => `2001:db8::${i.toString(16)}`)],
    ['national-number', 'x', times(10, (i) => `123-45-67${10 + i}`)],
    ['national-number', 'passport_no', times(10, (i) => `C01X0006${i}`)],
    ['name', 'customerLastName', ['Müller', 'O’Brien', 'van den Berg', 'Nguyễn', 'García Márquez', '山田']],
    ['name', 'Vorname', ['Anna', 'Karl-Heinz', 'Zoë', 'Aylin', 'Tim']],
    ['name', 'patient_name', ['Anna Schmidt', 'Tim Vogel']],
    ['name', 'doctor', ['Anna Schmidt', 'Maria Lopez', 'Peter Huber', 'Thomas Berg']],
    ['name', 'sales_rep', ['Mr. Owen Braund', 'Mrs. Anna Futrelle', 'Miss Laina Heikkinen']],
    ['name', 'Name', times(25, (i) => `Braund, Mr. Owen ${String.fromCharCode(65 + i)}`)],
    ['name', 'name', times(30, (i) => `${['Mary', 'Ivan', 'Aisha'][i % 3]} ${'BCDFGHJKLM'[i % 10]}arker`)],
  ])('are recognised: %s in %s', (kind, name, values) => {
    expect(personalKind(name, categories(values))).toBe(kind);
  });

  test.each(Object.entries(fixture.numbers))('are recognised by their check digits: %s', (kind, values) => {
    const expected = kind === 'card' ? 'card-number' : kind === 'iban' ? 'iban' : 'national-number';
    expect(personalKind('x', categories(values))).toBe(expected);
    // As numbers too, where a program read digits and lost the zeros before them; 18 digits are beyond a double.
    if (values.every((value) => /^\d{9,15}$/.test(value))) {
      expect(personalKind('x', numbers(values.map(Number)))).toBe(expected);
    }
    const spaced = values.map((value) => value.replace(/(.{4})/g, '$1 ').trim());
    expect(personalKind('x', categories(spaced))).toBe(expected);
  });

  test('are not random numbers, of which one in ten passes Luhn’s check and one in eleven another', () => {
    for (const length of [9, 10, 11, 12, 13, 14, 15]) {
      const random = createRandom(length);
      const draw = (): number => 10 ** (length - 1) + Math.floor(random.next() * 9 * 10 ** (length - 1));
      for (const rows of [20, 50, 1000]) {
        const values = times(rows, draw);
        expect(personalKind('x', numbers(values))).toBeUndefined();
        expect(personalKind('x', categories(values.map(String)))).toBeUndefined();
      }
    }
  });

  test.each<[string, readonly string[]]>([
    [
      'name',
      [
        'chevrolet chevelle malibu',
        'buick skylark 320',
        'plymouth satellite',
        'amc rebel sst',
        'ford torino',
      ],
    ],
    ['name', times(40, (i) => `New Country ${'ABCDEFGH'[i % 8]}${i}`)],
    ['email_opened', ['yes', 'no', 'maybe', 'later', 'never']],
    ['phone', ['android', 'ios', 'windows', 'other', 'none']],
    ['date', times(30, (i) => `2024-01-${10 + (i % 20)}`)],
    ['version', times(30, (i) => `1.${i}.3`)],
    ['time', times(30, (i) => `12:34:${10 + i}`)],
    ['isbn', times(30, (i) => `978-3-16-1484${10 + i}-0`)],
    ['zip', times(30, (i) => `12345-67${10 + i}`)],
  ])('are not those of things: %s', (name, values) => {
    expect(personalKind(name, categories(values))).toBeUndefined();
  });

  test('are not measurements that are called so', () => {
    expect(personalKind('ip', numbers(times(30, (i) => i / 7)))).toBeUndefined();
    expect(personalKind('mobile', numbers(times(30, (i) => i)))).toBeUndefined();
    expect(
      personalKind('timestamp', numbers(times(500, (i) => 1_700_000_000_000 + 61_337 * i))),
    ).toBeUndefined();
  });

  test('are not quoted in messages, whose place is enough to find the value', () => {
    const phones = times(30, (i) => (i === 7 ? 'call Jane Roe' : String(4_930_900_000 + i)));
    const message = refusal(
      sourceOf({ phone: phones, y: times(30, (i) => i) }),
      configOf({ features: { phone: { type: 'number' } } }),
    );
    expect(message).toContain('rows.csv row 8: a value that is not shown, because the column looks personal');
    expect(message).not.toContain('Jane');
  });
});

describe('a dataset with columns of personal data', () => {
  const people = sourceOf({
    email: times(60, (i) => `person.${i}@example.org`),
    city: times(60, (i) => ['Northtown', 'Southport'][i % 2]!),
    age: times(60, (i) => 20 + (i % 30)),
    y: times(60, (i) => i % 13),
  });
  const rolesOf = (parts: Parameters<typeof configOf>[0] = {}, lock?: Lock) => {
    const { schema, quality, lock: locked } = prepared(people, configOf(parts), lock ? { lock } : {});
    const role = schema.columns.find(({ name }) => name === 'email')!.role;
    return { role, remark: quality.remarks?.find(({ kind }) => kind === 'personal')?.message, locked };
  };

  test('tells them, and shows them to no model', () => {
    const { role, remark, locked } = rolesOf();
    expect(role).toBe('ignored');
    expect(remark).toBe(
      'email looks like e-mail addresses (60 different values), so models do not see it. If it is none, or they may, say so: prepare: { checks: { personal: { allowed: [email] } } }; prepare.exclude: [email] ends this remark',
    );
    expect(locked.personal).toEqual(['email']);
  });

  test('shows them where ciclo.yml allows it, all or by name, and only then although they are declared', () => {
    const features = { email: {} };
    expect(rolesOf({ features }).role).toBe('ignored');
    for (const personal of ['allowed' as const, { allowed: ['email'] }]) {
      const { role, remark } = rolesOf({ features, prepare: { checks: { personal } } });
      expect(role).toBe('feature');
      expect(remark).toContain('is a feature, because prepare.checks.personal allows it');
    }
    expect(rolesOf({ features, prepare: { checks: { personal: { allowed: ['city'] } } } }).role).toBe(
      'ignored',
    );
    expect(
      refusal(people, configOf({ prepare: { checks: { personal: { allowed: ['emial'] } } } })),
    ).toContain('prepare.checks.personal.allowed: the data has no column "emial"; did you mean email?');
  });

  test('says nothing of those that ciclo.yml leaves out itself, and keeps to what the lock froze', () => {
    expect(rolesOf({ prepare: { exclude: ['email'] } }).remark).toBeUndefined();
    const { locked } = rolesOf();
    const { role, remark } = rolesOf({}, { ...locked, identifiers: [], personal: ['city'] });
    expect(role).toBe('feature');
    expect(remark).toContain('city looks like personal data, by ciclo.lock (2 different values)');
  });
});
