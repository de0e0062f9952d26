import { expect, test } from 'vitest';
import { absoluteLinks } from './relative-links.ts';

const home = 'https://example.com/blob/main/actions/prepare';

test('relative links become absolute; addresses, anchors and files that are kept stay', () => {
  const text = '[a](../../docs/a.md#b) ![i](i.png) [c](#c) [w](https://example.org/) [l](LICENSE)';
  expect(absoluteLinks(text, home, ['LICENSE'])).toBe(
    '[a](https://example.com/blob/main/docs/a.md#b) ![i](https://example.com/blob/main/actions/prepare/i.png) [c](#c) [w](https://example.org/) [l](LICENSE)',
  );
});
