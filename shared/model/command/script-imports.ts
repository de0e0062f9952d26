// What a script takes from files beside it, by its text alone.

/** How the files of a script's language name each other. */
interface Language {
  readonly extensions: readonly string[];
  /**
   * Paths that a script may mean, with forward slashes. Those that begin with `./` or `../` are relative to the script's own
   * folder, the others to any folder that its language looks in. Most of them will not be there.
   */
  readonly mentions: (text: string) => string[];
}

/** Python: a module is a file, or a package's `__init__.py`; a package runs the `__init__.py` of each above it. */
const python: Language = {
  extensions: ['.py', '.pyw'],
  mentions(text) {
    const joined = text.replaceAll(/\\\r?\n/g, ' ');
    const found: string[] = [];
    for (const [, names = ''] of joined.matchAll(/(?:^|;)[ \t]*import[ \t]+([^\n;#]+)/gm)) {
      for (const name of itemsOf(names)) found.push(...modulePaths(name));
    }
    for (const [, from = '', names = ''] of joined.matchAll(
      /(?:^|;)[ \t]*from[ \t]+(\.*[ \t]*[\w.]*)[ \t]+import[ \t]*(\([^)]*\)|[^\n;#]+)/gm,
    )) {
      const module = from.replaceAll(/\s/g, '');
      found.push(...modulePaths(module));
      // A name may be a module of the package.
      const inside = /[^.]$/.test(module) ? `${module}.` : module;
      for (const name of itemsOf(names.replaceAll(/#[^\n]*|[()]/g, ' ')))
        found.push(...modulePaths(`${inside}${name}`));
    }
    for (const [, , name = ''] of joined.matchAll(/\b(?:import_module|__import__)\(\s*(["'])([\w.]+)\1/g)) {
      found.push(...modulePaths(name));
    }
    return found;
  },
};

/** Names of a list, without what they are called here: `a, b as c`. */
function itemsOf(list: string): string[] {
  return list
    .split(',')
    .map((item) => item.trim().split(/\s+/)[0]!)
    .filter((name) => /^[\w.]+$/.test(name));
}

/** The files that a module's name may mean: `a.b` is a/b.py or a/b/__init__.py, after a/__init__.py. */
function modulePaths(name: string): string[] {
  const [, dots = '', rest = ''] = /^(\.*)(.*)$/.exec(name)!;
  const start = dots === '' ? '' : `./${'../'.repeat(dots.length - 1)}`;
  const parts = rest.split('.').filter((part) => part !== '');
  const packages = parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  return [
    ...(dots === '' ? [] : [`${start}__init__.py`]),
    ...packages.flatMap((path) => [`${start}${path}.py`, `${start}${path}/__init__.py`]),
  ];
}

/** The files that a call with one path names, in languages that read other files by one. */
function called(functions: string): Language['mentions'] {
  const call = new RegExp(`\\b(?:${functions})\\(\\s*(?:file\\s*=\\s*)?(["'])([^"'\\n]+)\\1`, 'g');
  return (text) => [...text.matchAll(call)].flatMap(([, , path = '']) => besideOrRoot(path));
}

/** A path from the script's own folder, or from where it runs. */
function besideOrRoot(path: string): string[] {
  return path.startsWith('.') ? [path, path.replace(/^\.\//, '')] : [`./${path}`, path];
}

const r: Language = { extensions: ['.r'], mentions: called('source|sys\\.source') };
const julia: Language = { extensions: ['.jl'], mentions: called('include') };

const scriptEnds = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.json'];

/** JavaScript and TypeScript: relative imports alone; packages are pinned by the lists of requirements. */
const javascript: Language = {
  extensions: ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'],
  mentions(text) {
    const quoted = /\b(?:from|import|require\(|import\()\s*(["'])(\.{1,2}\/[^"'\n]+)\1/g;
    return [...text.matchAll(quoted)].flatMap(([, , path = '']) => [
      ...scriptEnds.map((end) => `${path}${end}`),
      // A source in TypeScript is imported by the name that it is compiled to.
      path.replace(/\.([mc]?)js$/, '.$1ts'),
      ...scriptEnds.slice(1).map((end) => `${path}/index${end}`),
    ]);
  },
};

/** Lists of requirements, which name further ones. */
const requirements = /^\s*(?:-r|-c|--requirement|--constraint)[\s=]+(\S+)/gm;

const languages = [python, r, julia, javascript];

/**
 * The files that a script may read by its own words: modules of Python, `source` of R, `include` of Julia, relative imports
 * of JavaScript and TypeScript, the words of a shell script, further lists of a list of requirements. Of other files none.
 *
 * @param file its name, for the language. @returns paths as {@link Language.mentions} has them.
 */
export function mentionedFiles(file: string, text: string): string[] {
  const name = file.slice(file.lastIndexOf('/') + 1).toLowerCase();
  const extension = /\.[^.]+$/.exec(name)?.[0] ?? '';
  if (extension === '.txt') return [...text.matchAll(requirements)].map(([, path = '']) => `./${path}`);
  const language = languages.find(({ extensions }) => extensions.includes(extension));
  if (language) return language.mentions(text);
  const isShell = ['.sh', '.bash', '.zsh'].includes(extension) || /^#!.*\b(ba|z|da)?sh\b/.test(text);
  return isShell ? text.split('\n').flatMap((line) => commandWords(line).flatMap(besideOrRoot)) : [];
}

/** The words of a command line that may be files: quotes and what follows `=` apart; `-m a.b` as the module's files. */
export function commandWords(run: string): string[] {
  const words = [...run.matchAll(/"([^"]*)"|'([^']*)'|[^\s"';&|<>()`]+/g)].map(
    ([whole, double, single]) => double ?? single ?? whole,
  );
  return words.flatMap((word, i) => {
    if (words[i - 1] === '-m') return [...modulePaths(word), `${word.replaceAll('.', '/')}/__main__.py`];
    if (word === 'make') return ['Makefile', 'makefile', 'GNUmakefile'];
    const value = /^[\w-]+=(.+)$/.exec(word)?.[1];
    return value === undefined ? [word, `${word}/__main__.py`] : [value];
  });
}

/** Files beside a script that pin what it runs with. */
export function isRequirementsFile(name: string): boolean {
  return (
    pinningNames.has(name) || /^(requirements|constraints)[\w.-]*\.txt$|^pylock(\.[\w-]+)?\.toml$/.test(name)
  );
}

const pinningNames = new Set([
  ...[
    'pyproject.toml',
    'setup.py',
    'setup.cfg',
    'uv.lock',
    'poetry.lock',
    'pdm.lock',
    'Pipfile',
    'Pipfile.lock',
  ],
  ...['.python-version', 'environment.yml', 'environment.yaml', 'conda-lock.yml', 'pixi.toml', 'pixi.lock'],
  ...['renv.lock', 'DESCRIPTION', 'Project.toml', 'Manifest.toml'],
  ...['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml'],
]);
