/** CSV of houses: a number to predict, two numbers and a category; the numbers follow from the row's number. */
export function housesCsv(
  rows: number,
  change: (row: number, cells: string[]) => string[] = (_, c) => c,
): string {
  const lines = ['id,area,rooms,town,price'];
  for (let row = 1; row <= rows; row++) {
    const area = 40 + ((row * 37) % 160);
    const rooms = 1 + ((row * 7) % 6);
    const town = ['Ulm', 'Bern', 'Graz'][row % 3]!;
    const price = 1000 * area + 5000 * rooms + 20000 * (row % 3) + ((row * 7919) % 9973);
    lines.push(change(row, [`${row}`, `${area}`, `${rooms}`, town, `${price}`]).join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** A ciclo.yml for {@link housesCsv}, quick to train; `more` is added at its end. */
export function housesConfig(more = '', source = '{ type: file, path: data/*.csv }'): string {
  return `task: regression
target: price
data:
  source: ${source}
  key: id
prepare:
  exclude: [id]
train:
  candidates:
    - { type: linear }
${more}`;
}
