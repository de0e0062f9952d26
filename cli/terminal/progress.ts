import { createLogUpdate } from 'log-update';
import type { Clock } from '../../shared/platform/clock.ts';
import type { Progress } from '../../shared/platform/logger.ts';
import type { Output } from './io.ts';
import type { Style } from './style.ts';

/** Shows how far the work is. */
export interface ProgressDisplay {
  update(progress: Progress): void;
  /** Takes away what is shown for the moment, so that other lines can be written. */
  clear(): void;
}

/** Milliseconds between two redraws of the live line. */
const frame = 60;
/** Milliseconds between two plain lines of one task at least, and at most while it goes on. */
const pause = { least: 1000, most: 10_000 };
const barWidth = 24;

/** One line that is redrawn in place, on a terminal. */
export function liveProgress(stream: Output, style: Style, clock: Clock): ProgressDisplay {
  const draw = createLogUpdate(stream, { showCursor: true });
  let last = Number.NEGATIVE_INFINITY;
  let shown = false;
  return {
    update(progress) {
      const now = clock.now();
      if (now - last < frame && progress.done !== progress.total) return;
      last = now;
      shown = true;
      draw(liveLine(progress, (stream.columns || 80) - 1, style));
    },
    clear() {
      if (!shown) return;
      draw.clear();
      shown = false;
      last = Number.NEGATIVE_INFINITY;
    },
  };
}

/** `train linear  ━━━━━━──────  12/50  loss 0.21`, cut at the terminal's width. */
export function liveLine(progress: Progress, width: number, style: Style): string {
  const { task, done, total, detail } = progress;
  const filled =
    total === undefined ? 0 : Math.round((barWidth * Math.min(done, total)) / Math.max(total, 1));
  const bar = total === undefined ? [] : ['━'.repeat(filled), '─'.repeat(barWidth - filled)];
  const before = `${task}  `;
  const after = `${bar.length > 0 ? '  ' : ''}${countOf(progress)}${detail ? `  ${detail}` : ''}`;
  const room = width - before.length - (bar.length > 0 ? barWidth : 0);
  if (room < 8) return cut(`${before}${countOf(progress)}`, width);
  return `${before}${style.accent(bar[0] ?? '')}${style.dim(bar[1] ?? '')}${cut(after, room)}`;
}

/**
 * Whole lines for logs and pipes: one for each tenth of the work, but at most one a second, at least one in ten
 * seconds, and one at its end.
 */
export function plainProgress(stream: Output, clock: Clock): ProgressDisplay {
  const tasks = new Map<string, { tenth: number; at: number; done: number }>();
  return {
    update(progress) {
      const { task, done, total, detail } = progress;
      const now = clock.now();
      const state = tasks.get(task) ?? { tenth: 0, at: now, done: 0 };
      if (done < state.done) state.tenth = 0; // the task started again
      const tenth = total === undefined ? state.tenth + 1 : Math.floor((10 * done) / Math.max(total, 1));
      const ended = done === total && state.done !== done;
      tasks.set(task, state);
      state.done = done;
      const since = now - state.at;
      if (!ended && since < pause.most && (tenth <= state.tenth || since < pause.least)) return;
      Object.assign(state, { tenth, at: now });
      stream.write(`${task}  ${countOf(progress)}${detail ? `  ${detail}` : ''}\n`);
    },
    clear() {},
  };
}

function countOf({ done, total }: Progress): string {
  return total === undefined ? String(done) : `${String(done).padStart(String(total).length)}/${total}`;
}

function cut(text: string, width: number): string {
  const letters = [...text];
  return letters.length <= width ? text : `${letters.slice(0, Math.max(0, width - 1)).join('')}…`;
}
