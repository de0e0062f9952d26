/** Shorter names are never broken. */
const shortest = 17;

/**
 * A name in the pieces between which a line may break, after underscores, slashes and points within it: browsers know no such
 * places, and would break `sensor_measurement` wherever the line ends.
 *
 * @example namePieces('sensor_17_of_channel_r') // ['sensor_', '17_', 'of_', 'channel_', 'r']
 */
export function namePieces(name: string): string[] {
  return name.length < shortest ? [name] : name.split(/(?<=[\p{L}\p{N}][_/]|\p{L}\.)(?=[\p{L}\p{N}])/u);
}
