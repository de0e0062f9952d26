import { z } from 'zod';
import { namedValues } from './named-values.ts';

type RecordOf<Value extends z.core.$ZodType> = z.ZodRecord<z.ZodString, Value>;

/** zod's record leaves `__proto__` out and gives an object with a prototype. */
const NamedRecord: z.core.$constructor<z.ZodRecord> = z.core.$constructor(
  'NamedRecord',
  (instance, definition) => {
    z.ZodRecord.init(instance, definition);
    const parseRecord = instance._zod.parse;
    instance._zod.parse = (payload, context) => {
      const input: unknown = payload.value;
      const parsed = parseRecord(payload, context);
      if (parsed instanceof Promise) throw new TypeError('values by name cannot be parsed asynchronously');
      if (typeof input !== 'object' || input === null || Array.isArray(input)) return parsed;
      if (typeof parsed.value !== 'object' || parsed.value === null) return parsed;
      const values = new Map<string, unknown>(Object.entries(parsed.value));
      if (Object.hasOwn(input, '__proto__')) {
        const value = definition.valueType._zod.run(
          { value: new Map<string, unknown>(Object.entries(input)).get('__proto__'), issues: [] },
          context,
        );
        if (value instanceof Promise) throw new TypeError('values by name cannot be parsed asynchronously');
        parsed.issues.push(...z.core.util.prefixIssues('__proto__', value.issues));
        values.set('__proto__', value.value);
      }
      parsed.value = namedValues(
        Object.keys(input).flatMap((name) => (values.has(name) ? [[name, values.get(name)] as const] : [])),
      );
      return parsed;
    };
  },
);

/** A map of values by names that come from data, see {@link namedValues}: any name is allowed, also `__proto__`. */
export function namedRecord<Value extends z.core.$ZodType>(value: Value): RecordOf<Value> {
  return new NamedRecord({
    type: 'record',
    keyType: z.string(),
    valueType: value,
  }) as unknown as RecordOf<Value>;
}
