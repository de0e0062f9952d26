import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IntegrityError } from '../../platform/errors.ts';
import { onnxFixture } from '../testing/onnx-models.ts';
import { parseOnnx, shapeWords } from './onnx-file.ts';

describe('an ONNX file', () => {
  test('tells its inputs and outputs, with their types and shapes', () => {
    const { inputs, outputs } = parseOnnx(onnxFixture('sklearn-multiclass'));
    expect(inputs.map((input) => `${input.name} ${shapeWords(input)}`)).toEqual([
      'Beak_Length__mm_ float [N, 1]',
      'Beak_Depth__mm_ float [N, 1]',
      'Flipper_Length__mm_ float [N, 1]',
      'Body_Mass__g_ float [N, 1]',
      'Island string [N, 1]',
      'Sex string [N, 1]',
    ]);
    expect(outputs.map((output) => `${output.name} ${shapeWords(output)}`)).toEqual([
      'label string [N]',
      'probabilities float [N, 3]',
    ]);
  });

  test('tells outputs that are no tensors', () => {
    const { outputs } = parseOnnx(onnxFixture('refused-zipmap'));
    expect(outputs.map(({ name, type }) => [name, type])).toEqual([
      ['output_label', 'string'],
      ['output_probability', 'sequence'],
    ]);
  });

  test.each(['refused-external-data', 'refused-external-data-within'])(
    'that reads another file is refused with that file’s name: %s',
    (name) => {
      expect(() => parseOnnx(onnxFixture(name))).toThrow(
        new IntegrityError(
          'model.onnx: its tensor two is not in it but in the file ../../secrets.bin: save the model in one file (onnx.save with save_as_external_data=False)',
        ),
      );
    },
  );

  test.each([
    ['empty', new Uint8Array(), 'it is empty'],
    [
      'of text',
      new TextEncoder().encode('hello, this is no model at all'),
      'a field has the unknown wire type 4',
    ],
    ['cut off', onnxFixture('nan-output').slice(0, 60), 'the bytes end within a field'],
    [
      "of onnxruntime's own format",
      new TextEncoder().encode('\b\0\0\0ORTM\0\0'),
      "it has onnxruntime's own format",
    ],
    ['of another message', new Uint8Array([0x08, 0x01]), 'it has no graph'],
  ])('%s is refused as none', (_what, bytes, why) => {
    expect(() => parseOnnx(bytes)).toThrow(IntegrityError);
    expect(() => parseOnnx(bytes)).toThrow(
      `model.onnx: it is no ONNX model (${why}): write it with onnx.save or the converter's SerializeToString()`,
    );
  });

  test('with any bytes changed is read or refused, and never crashes', () => {
    const whole = onnxFixture('refused-external-data-within');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        fc.nat(whole.length),
        (changes, length) => {
          const bytes = whole.slice();
          for (const [at, value] of changes) bytes[at] = value;
          try {
            parseOnnx(bytes.subarray(0, length));
          } catch (error) {
            expect(error).toBeInstanceOf(IntegrityError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('whose graphs lie deeper in each other than any model’s is refused', () => {
    const field = (number: number, bytes: Uint8Array): Uint8Array => {
      const size: number[] = [];
      for (let rest = bytes.length; ; rest >>>= 7) {
        size.push(rest > 127 ? (rest & 127) | 128 : rest);
        if (rest <= 127) break;
      }
      return Uint8Array.from([number * 8 + 2, ...size, ...bytes]);
    };
    let graph: Uint8Array = new Uint8Array();
    // A graph in an attribute (6) of a node's (5) in a graph (1).
    for (let depth = 0; depth < 40; depth++) graph = field(1, field(5, field(6, graph)));
    const model = Uint8Array.from([0x08, 0x08, ...field(7, graph)]);
    expect(() => parseOnnx(model)).toThrow(
      /it is no ONNX model \(graphs lie more than 64 deep in each other\)/,
    );
  });
});
