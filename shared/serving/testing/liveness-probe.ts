// Asks a server whether it lives, from a process of its own, until its input ends: node liveness-probe.ts <address> <pid>.
import { readFileSync } from 'node:fs';

const [address, pid] = process.argv.slice(2);

/** Milliseconds of processor time that the server took so far. A tick is ten of them. */
function worked(): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

const seen = { asked: 0, unanswered: 0, longest: 0 };
let going = true;
process.stdin.on('end', () => {
  going = false;
});
process.stdin.resume();
process.stdout.write('ready\n');
while (going) {
  const before = worked();
  const answer = await fetch(address!).catch(() => undefined);
  await answer?.body?.cancel();
  seen.asked++;
  if (answer?.status !== 200) seen.unanswered++;
  seen.longest = Math.max(seen.longest, worked() - before);
  await new Promise((resolve) => setTimeout(resolve, 20));
}
process.stdout.write(JSON.stringify(seen));
