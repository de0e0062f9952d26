const plainName = /^[A-Za-z_][\w-]*$/;

/** The line of ciclo.yml that declares a column's type: `features: { zip: { type: category } }`. */
export function featureLine(name: string, type: 'number' | 'category'): string {
  return `features: { ${plainName.test(name) ? name : JSON.stringify(name)}: { type: ${type} } }`;
}
