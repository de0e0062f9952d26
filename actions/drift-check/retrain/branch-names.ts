import type { Marker } from '../../../shared/forge/upsert/marker.ts';

/** The branch of a pipeline's retraining pull request. */
export function retrainBranch(pipeline: string): string {
  return `ciclo/retrain/${pipeline}`;
}

/** By this a pipeline's retraining pull request, or the issue in its place, is found again. */
export function retrainMarker(pipeline: string): Marker {
  return { pipeline, kind: 'retraining' };
}

/** By this the issue about changes of structure is found again. */
export function structureMarker(pipeline: string): Marker {
  return { pipeline, kind: 'structure' };
}

const championLine = /^<!-- ciclo-champion: (v\d+\.\d+\.\d+) -->$/m;

/** A hidden line that says which version a challenger was compared with. */
export function formatChampionLine(version: string): string {
  return `<!-- ciclo-champion: ${version} -->`;
}

/** The version of that line; undefined when a body has none. */
export function championOfBody(body: string): string | undefined {
  return championLine.exec(body)?.[1];
}
