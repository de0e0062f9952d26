import { html, type Markup } from '../markup/html.ts';

const width = 320;
const height = 18;

/** A bar from 0 to a value, to the left where it is negative, on a scale that tables share; a thin line for its deviation. */
export function signedBar(value: number, [low, high]: readonly [number, number], deviation?: number): Markup {
  const place = (number: number) => Math.round((2 + ((number - low) / (high - low)) * (width - 4)) * 10) / 10;
  const zero = place(0);
  const spread =
    deviation !== undefined &&
    html`<path class="deviation" d="M${place(value - deviation)} ${height / 2}H${place(value + deviation)}"/>`;
  return html`<svg class="bar" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false"><path class="fill${value < 0 && ' negative'}" d="M${zero} 3H${place(value)}V${height - 3}H${zero}z"/>${spread}<path class="zero" d="M${zero} 0V${height}"/></svg>`;
}
