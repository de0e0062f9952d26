import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseInputs, type Step as StepName, stepInputs } from '../../actions/entry/inputs.ts';
import { parseActionInterface, parseWorkflowInterface } from '../../scripts/action-tables.ts';
import { publishedActions } from '../../shared/init/published-actions.ts';
import { action, type Example, examples, textOf, workflow, workflowFiles } from './project-files.ts';

const verbs = Object.keys(stepInputs) as StepName[];
const { repository, ref } = publishedActions;
const reference = new RegExp(
  String.raw`^(?:\$|${repository})/(actions/([\w-]+)|\.github/workflows/[\w-]+\.yml)(?:@${ref})?$`,
);

/** What the action or workflow that `uses` names takes, if it is one of this project. */
function inputsOf(uses: string): string[] | undefined {
  const [, file, name] = reference.exec(uses) ?? [];
  if (file === undefined) return undefined;
  const taken =
    name === undefined
      ? parseWorkflowInterface(textOf(file))
      : parseActionInterface(textOf(`${file}/action.yml`));
  return Object.keys(taken.inputs);
}

describe.each(verbs)('the action %s', (verb) => {
  const { inputs = {}, outputs = {}, runs } = action(verb);

  test('takes exactly the inputs that the entry knows', () => {
    expect(Object.keys(inputs).sort()).toEqual(Object.keys(stepInputs[verb].shape).sort());
  });

  test('has defaults that the entry accepts', () => {
    const defaults = Object.entries(inputs).map(([name, { default: value }]) => [
      name,
      value === '${{ github.event.workflow_run.id }}' ? '17' : value,
    ]);
    expect(() => parseInputs(verb, JSON.stringify(Object.fromEntries(defaults)))).not.toThrow();
  });

  test('is one step: the entry, with its own name and all its inputs; deploy attests and setup installs after it', () => {
    expect(runs.using).toBe('composite');
    const steps = runs.steps ?? [];
    expect(steps.filter(({ id }) => id === 'run')).toEqual([
      {
        id: 'run',
        uses: '$/actions/entry',
        with: { step: verb, inputs: '${{ toJSON(inputs) }}' },
        // Whose token it is decides whether the checks of a pull request wait for an approval.
        ...(verb === 'drift-check' || verb === 'propose'
          ? { env: { CICLO_OWN_TOKEN: '${{ inputs.github-token == github.token }}' } }
          : {}),
      },
    ]);
    const others = steps.map(({ id }) => id).filter((id) => id !== 'run');
    const after: Partial<Record<StepName, string[]>> = {
      deploy: ['attest', 'attested'],
      setup: ['python', 'requirements'],
    };
    expect(others).toEqual(after[verb] ?? []);
  });

  test('hands on outputs of the same name, which the entry declares', () => {
    for (const [name, { value }] of Object.entries(outputs)) {
      if (name === 'attested') expect(value).toBe("${{ steps.attested.outputs.attested || 'false' }}");
      else expect(value).toBe(`\${{ steps.run.outputs.${name} }}`);
    }
  });
});

test('the entry declares the outputs of all actions and no others', () => {
  const all = verbs.flatMap((verb) =>
    [...textOf(`actions/${verb}/action.yml`).matchAll(/steps\.run\.outputs\.([\w-]+)/g)].map(
      ([, name]) => name!,
    ),
  );
  expect(Object.keys(action('entry').outputs ?? {}).sort()).toEqual([...new Set(all)].sort());
});

describe('whoever uses the actions and workflows', () => {
  const uses = workflowFiles.flatMap((file) =>
    Object.values(workflow(file).jobs).flatMap((job) => [job, ...(job.steps ?? [])]),
  );

  test('gives only inputs that they take', () => {
    for (const { uses: target, with: given = {} } of uses) {
      const taken = target === undefined ? undefined : inputsOf(target);
      if (taken) expect(taken).toEqual(expect.arrayContaining(Object.keys(given)));
    }
    expect(uses.filter((use) => use.uses !== undefined && inputsOf(use.uses))).not.toEqual([]);
  });

  test.each(examples())('finds only such inputs in the YAML block $number of $file', ({ text }: Example) => {
    for (const [, target, block] of text.matchAll(/uses: (\S+)\n((?: +(?:id|with|[\w-]+):.*\n)*)/g)) {
      const taken = inputsOf(target!);
      const given = /with:\n([\s\S]*)/.exec(block!)?.[1] ?? '';
      const names = [...given.matchAll(/^ +([\w-]+):/gm)].map((match) => match[1]);
      if (taken) expect(taken).toEqual(expect.arrayContaining(names));
    }
  });

  test('finds the full example of each README complete', () => {
    for (const verb of verbs) {
      const full = examples().filter(({ file }) => file === `actions/${verb}/README.md`)[1]!.text;
      const left = Object.keys(action(verb).inputs ?? {}).filter((name) => !full.includes(`${name}:`));
      expect(left.filter((name) => name !== 'github-token')).toEqual([]);
    }
  });
});

test.each(['gate', 'deploy', 'drift', 'pages'])('%s.yml hands on each of its inputs', (name) => {
  const { inputs, secrets } = parseWorkflowInterface(textOf(`.github/workflows/${name}.yml`));
  const text = textOf(`.github/workflows/${name}.yml`);
  for (const name of Object.keys(inputs)) expect(text).toContain(`inputs.${name}`);
  for (const name of Object.keys(secrets)) expect(text).toContain(`secrets.${name}`);
});

/** What a reusable workflow hands back, with the expression of each. */
function outputsOf(name: string): Readonly<Record<string, { readonly value?: string }>> {
  const called = parse(textOf(`.github/workflows/${name}.yml`)) as {
    on: { workflow_call: { outputs: Record<string, { value?: string }> } };
  };
  return called.on.workflow_call.outputs;
}

test.each(['gate', 'deploy', 'drift', 'comment'])(
  'each output of %s.yml is one of its job, and of its step',
  (name) => {
    const outputs = outputsOf(name);
    const { jobs } = workflow(`.github/workflows/${name}.yml`);
    for (const [output, { value = '' }] of Object.entries(outputs)) {
      const [, job = ''] = /^\$\{\{ jobs\.([\w-]+)\.outputs\.[\w-]+(?: \|\| 'none')? \}\}$/.exec(value) ?? [];
      expect(value).toContain(`jobs.${job}.outputs.${output}`);
      const [, id = ''] = /^\$\{\{ steps\.([\w-]+)\./.exec(jobs[job]!.outputs![output]!) ?? [];
      expect(jobs[job]!.outputs![output]).toBe(`\${{ steps.${id}.outputs.${output} }}`);
      const [, step = ''] =
        /\/actions\/(.+)$/.exec(jobs[job]!.steps!.find((one) => one.id === id)!.uses!) ?? [];
      expect(Object.keys(action(step).outputs ?? {})).toContain(output);
    }
  },
);
