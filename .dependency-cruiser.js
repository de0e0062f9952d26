/**
 * The direction of imports between folders (docs/adr/README.md, "Layers"):
 *
 *   cli, actions/entry → actions/<verb> → shared/{source,artifacts,report,forge}
 *     → shared/{model → metrics → dataset → config} → shared/platform
 *
 * Type imports count too: a type that a lower folder takes from a higher one is the same wrong arrow.
 */

const test = '\\.test\\.ts$|/testing/|^tests/';
/** What tests, benchmarks and scripts may do is not what the product may do. */
const product = { path: '^(shared|actions|cli)/', pathNot: test };

/** The folders of shared/, lowest first, with those that each may import. */
const layers = {
  platform: [],
  config: ['platform'],
  dataset: ['platform', 'config'],
  metrics: ['platform', 'config', 'dataset'],
  model: ['platform', 'config', 'dataset', 'metrics'],
  source: ['platform', 'config', 'dataset'],
  report: ['platform', 'config', 'dataset', 'metrics', 'model', 'drift'],
  artifacts: ['platform', 'config', 'dataset', 'metrics', 'model'],
  release: ['platform', 'config', 'dataset', 'metrics', 'model', 'artifacts'],
  drift: ['platform', 'config', 'dataset', 'metrics'],
  serving: ['platform', 'config', 'dataset', 'metrics', 'model', 'artifacts', 'release'],
  site: ['platform', 'config', 'dataset', 'metrics', 'model', 'report', 'drift'],
  forge: ['platform'],
};

const arrows = Object.entries(layers).map(([folder, allowed]) => ({
  name: `arrows-${folder}`,
  comment: `shared/${folder} may import ${allowed.length === 0 ? 'nothing else of the project' : allowed.join(', ')}`,
  severity: 'error',
  from: { path: `^shared/${folder}/`, pathNot: test },
  to: {
    path: '^(shared|actions|cli|scripts|benchmarks|tests)/',
    pathNot: `^shared/(${[folder, ...allowed].join('|')})/`,
  },
}));

/** The verbs, each with those that come after it in the cycle. */
const verbs = {
  prepare: ['train', 'validate', 'deploy', 'drift-check'],
  train: ['validate', 'deploy', 'drift-check'],
  validate: ['deploy', 'drift-check'],
};

/** Modules through which a program reads or writes anything outside itself. */
const io =
  '^(node:)?(fs|net|tls|dgram|dns|http|https|http2|child_process|cluster|worker_threads|readline|os|process)(/|$)';

export default {
  forbidden: [
    ...arrows,
    {
      name: 'arrows-known-folder',
      comment: 'a new folder of shared/ takes its place in the layers above',
      severity: 'error',
      from: {},
      to: { path: '^shared/', pathNot: `^shared/(${Object.keys(layers).join('|')})/` },
    },
    {
      name: 'arrows-verbs',
      comment: 'a verb imports shared/ and actions/ports.ts; not the command line, not the entry',
      severity: 'error',
      from: { path: '^actions/(?!entry/)', pathNot: test },
      to: { path: '^(cli|actions/entry|scripts|benchmarks|tests)/' },
    },
    ...Object.entries(verbs).map(([verb, later]) => ({
      name: `arrows-${verb}`,
      comment: `${verb} may call the verbs before it in the cycle, never ${later.join(', ')}`,
      severity: 'error',
      from: { path: `^actions/${verb}/`, pathNot: test },
      to: { path: `^actions/(${later.join('|')})/` },
    })),
    {
      name: 'arrows-cli',
      comment: 'the product does not import scripts, benchmarks or tests',
      severity: 'error',
      from: { path: '^cli/', pathNot: test },
      to: { path: '^(scripts|benchmarks|tests|actions/entry)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'domain-without-io',
      comment: 'config, dataset, metrics and model take data as arguments; only config/load.ts reads files',
      severity: 'error',
      from: {
        path: '^shared/(config|dataset|metrics|model)/',
        pathNot: `${test}|^shared/config/load\\.ts$|^shared/model/engine\\.ts$`,
      },
      to: { path: `${io}|(^|/)node_modules/(pg|pg-cursor)/` },
    },
    {
      name: 'toolkit-at-the-edge',
      comment: 'only the entry and the command line speak to the runner',
      severity: 'error',
      from: { ...product, pathNot: `${test}|^(actions/entry|cli|shared/forge|shared/artifacts)/` },
      to: { path: 'node_modules/@actions/' },
    },
    {
      name: 'toolkit-of-the-forge',
      comment: 'of the toolkit, shared/forge has the API client alone',
      severity: 'error',
      from: { path: '^shared/forge/', pathNot: test },
      to: { path: 'node_modules/@actions/(?!github/)' },
    },
    {
      name: 'toolkit-of-the-artifacts',
      comment: 'of the toolkit, shared/artifacts has the artifact client alone',
      severity: 'error',
      from: { path: '^shared/artifacts/', pathNot: test },
      to: { path: 'node_modules/@actions/(?!artifact/)' },
    },
    {
      name: 'octokit-in-the-forge',
      comment: 'GitHub is spoken to through shared/forge alone',
      severity: 'error',
      from: { ...product, pathNot: `${test}|^shared/forge/` },
      to: { path: 'node_modules/@octokit/' },
    },
    {
      name: 'tensorflow-in-the-engine',
      comment: 'TensorFlow is loaded by shared/model alone: predictions and reports run without it',
      severity: 'error',
      from: { path: '^(shared|actions|cli)/', pathNot: `${test}|^shared/model/` },
      to: { path: 'node_modules/@tensorflow/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: product,
      to: { path: test },
    },
    {
      name: 'no-development-packages-in-the-product',
      severity: 'error',
      from: product,
      // tfjs-node is loaded when the user has it; fast-check and the like must never be.
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/(@types|@tensorflow/tfjs-node)/' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@tensorflow/tfjs-node$' },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    parser: 'swc',
    moduleSystems: ['es6'],
    // Not parsed, though seen as what others import: swc's walker does not know `using`, which tests use.
    doNotFollow: { path: `node_modules|${test}` },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
