/** A command as completion knows it. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
}

/** An option of a command: `--task`, and the values that it takes, where they are few. */
export interface CompletedOption {
  readonly flag: string;
  readonly description: string;
  readonly values: readonly string[];
}

export const shells = ['bash', 'zsh'] as const;

export type Shell = (typeof shells)[number];

/** The script that a shell reads to complete a program's command line; file names where nothing else fits. */
export function completionScript(
  shell: Shell,
  program: string,
  commands: readonly CompletedCommand[],
): string {
  return shell === 'bash' ? bashScript(program, commands) : zshScript(program, commands);
}

function bashScript(program: string, commands: readonly CompletedCommand[]): string {
  const names = [...commands.map(({ name }) => name), 'help'].join(' ');
  return `# Completion of ${program} for bash: eval "$(${program} completion bash)"
_${program}() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]} words=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    words='${names} --help --version'
  else
    case $command in
      help) ((COMP_CWORD == 2)) && words='${names}' ;;
${commands.map(bashCase).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _${program} ${program}
`;
}

function bashCase({ name, options }: CompletedCommand): string {
  const chosen = options.filter(({ values }) => values.length > 0);
  const flags = options.map(({ flag }) => flag).join(' ');
  return [
    `      ${name})`,
    ...chosen.map(({ flag, values }) => `        [[ $before == ${flag} ]] && words='${values.join(' ')}'`),
    `        [[ $word == -* ]] && words='${flags}' ;;`,
  ].join('\n');
}

function zshScript(program: string, commands: readonly CompletedCommand[]): string {
  const entries = [...commands, { name: 'help', summary: 'explain a command' }];
  return `#compdef ${program}
# Completion of ${program} for zsh: eval "$(${program} completion zsh)" after compinit, or this text in a file _${program} of $fpath
_${program}() {
  local -a commands options
  commands=(
${entries.map(({ name, summary }) => `    ${zshEntry(name, summary)}`).join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  case $words[2] in
    help) ((CURRENT == 3)) && _describe command commands; return ;;
${commands.map(zshCase).join('\n')}
  esac
  if [[ \${words[CURRENT]} == -* ]]; then _describe -o option options; else _files; fi
}
if [[ $funcstack[1] == _${program} ]]; then _${program} "$@"; else compdef _${program} ${program}; fi
`;
}

function zshCase({ name, options }: CompletedCommand): string {
  const chosen = options.filter(({ values }) => values.length > 0);
  return [
    `    ${name})`,
    ...chosen.map(
      ({ flag, values }) =>
        `      [[ \${words[CURRENT-1]} == ${flag} ]] && { options=(${values.join(' ')}); _describe value options; return }`,
    ),
    `      options=(${options.map(({ flag, description }) => zshEntry(flag, description)).join(' ')}) ;;`,
  ].join('\n');
}

/** `'name:what it is'`: a colon ends the name, and a quote the text. */
function zshEntry(name: string, text: string): string {
  const [first = ''] = text.split(/[:(\n]/);
  return `'${name}:${first.trim().replaceAll("'", '’')}'`;
}
