import type { Session } from '../session/session.ts';
import type { InitFlags } from './init-flags.ts';

/** Answers that come too late: what they would say is in the ciclo.yml that is there. */
export function warnOfUnused(flags: InitFlags, { ports }: Session): void {
  const names = [
    ...(['target', 'task', 'positive', 'name', 'key', 'time', 'group', 'exclude', 'query'] as const),
    'publishRareLabels' as const,
  ];
  const unused = names.flatMap((name) => {
    const value = flags[name];
    // Flags that are left out have no value; `--no-key` is false.
    if (value === undefined) return [];
    return [
      value === false
        ? `--no-${name}`
        : `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    ];
  });
  if (unused.length === 0) return;
  ports.logger.warn(
    `${unused.join(', ')} ${unused.length === 1 ? 'changes' : 'change'} nothing: ciclo.yml is there and stays. Change it there, or move the file away and run ciclo init again`,
  );
}
