/**
 * The words of a column's name, in lower case: of any way to write several of them as one.
 *
 * @example nameWords('isFraud2024_new-price') // ['is', 'fraud', '2024', 'new', 'price']
 */
export function nameWords(name: string): string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+|(?<=\p{L})(?=\p{N})/u)
    .filter((word) => word !== '');
}
