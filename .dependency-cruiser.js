/**
 * The direction of imports between folders (CONTRIBUTING.md, "How the code is laid out", and docs/adr/0011-rooms.md):
 *
 *   cli, actions/entry → actions/<verb> → actions/pipeline
 *     → shared/{source,forge,artifacts,release,report,serving,site,init}
 *     → shared/{model, drift → metrics → dataset → config} → shared/{text, algebra, platform}
 *
 * Type imports count too: a type that a lower folder takes from a higher one is the same wrong arrow.
 */

const test = '\\.test\\.ts$|/testing/|^tests/';
/** What tests, benchmarks and scripts may do is not what the product may do. */
const product = { path: '^(shared|actions|cli)/', pathNot: test };

/** The folders of shared/, lowest first, with those that each may import. */
const layers = {
  platform: [],
  text: ['platform'],
  algebra: ['platform'],
  // Of the metrics, the facts of each as data (names, tasks, limits): ciclo.yml is checked by them.
  config: ['platform', 'text', 'metrics/descriptors'],
  dataset: ['platform', 'text', 'algebra', 'config'],
  // Several sources, and the steps that make one table of them.
  tables: ['platform', 'text', 'config', 'dataset'],
  metrics: ['platform', 'text', 'algebra', 'config', 'dataset'],
  model: ['platform', 'text', 'algebra', 'config', 'dataset', 'metrics'],
  drift: ['platform', 'text', 'algebra', 'config', 'dataset', 'metrics'],
  forge: ['platform', 'text'],
  // SQL as text, and profiles from what an engine answers: whoever calls it sends the statements.
  sql: ['platform', 'text', 'config', 'dataset'],
  source: ['platform', 'text', 'config', 'dataset', 'sql'],
  artifacts: ['platform', 'text', 'config', 'dataset', 'metrics', 'model'],
  release: ['platform', 'text', 'config', 'dataset', 'metrics', 'model', 'artifacts'],
  report: ['platform', 'text', 'algebra', 'config', 'dataset', 'metrics', 'model', 'drift'],
  // Of the sources, how CSV is read.
  serving: ['platform', 'text', 'config', 'dataset', 'source', 'metrics', 'model', 'artifacts', 'release'],
  site: ['platform', 'text', 'algebra', 'config', 'dataset', 'metrics', 'model', 'report', 'drift'],
  // What ciclo.yml and the workflows of a new repository are to say.
  init: ['platform', 'text', 'config', 'dataset', 'metrics'],
};

/**
 * The rooms of the larger folders, lowest first: a room imports those before it, never one after it. Files beside the
 * rooms are what the folder is used by from outside, and import any of them.
 */
const rooms = {
  'shared/config': ['messages', 'sections', 'checks', 'lock', 'declaration'],
  'shared/dataset': [
    'table',
    'values',
    'statistics',
    'types',
    'schema',
    'arrow',
    'csv',
    'parquet',
    'personal',
    'identity',
    'time',
    'lock',
    'split',
    'sample',
    'quality',
    'clean',
    'derive',
    'recipe',
    'profile',
  ],
  'shared/metrics': [
    'descriptors',
    'evaluation',
    'rows',
    'metric',
    'classification',
    'regression',
    'registry',
    'intervals',
    'slices',
    'gates',
    'uncertainty',
    'warnings',
    'external',
  ],
  'shared/model': [
    'report',
    'engine',
    'network',
    'kernel',
    'trees',
    'onnx',
    'ensemble',
    'predictor',
    'out-of-fold',
    'linear',
    'command',
    'search',
    'curve',
    'training',
    'card',
  ],
  'shared/model/training': [
    'data',
    'candidates',
    'fitting',
    'choice',
    'folds',
    'deployment',
    'trials',
    'growth',
  ],
  'shared/drift': [
    'samples',
    'dependence',
    'distributions',
    'hypothesis-tests',
    'distances',
    'report',
    'detectable',
    'structural',
    'evidence',
    'multivariate',
    'verdict',
    'performance',
    'segments',
    'history',
  ],
  'shared/forge': ['ports', 'limits', 'upsert', 'local', 'github'],
  'shared/artifacts': ['folders', 'store'],
  'shared/release': ['registry', 'bundle'],
  cli: [
    'terminal',
    'json',
    'session',
    'summaries',
    'records',
    'replay',
    'thread',
    'init',
    'doctor',
    'commands',
  ],
};

const roomOrder = Object.entries(rooms).flatMap(([folder, order]) => [
  ...order.map((room, index) => ({
    name: `rooms-${folder.replace('shared/', '')}-${room}`,
    comment: `${folder}/${room} imports of ${folder} only ${order.slice(0, index).join(', ') || 'itself'}`,
    severity: 'error',
    from: { path: `^${folder}/${room}/`, pathNot: test },
    to: { path: `^${folder}/`, pathNot: `^${folder}/(${order.slice(0, index + 1).join('|')})/` },
  })),
  {
    name: `rooms-${folder.replace('shared/', '')}-known`,
    comment: `a new room of ${folder} takes its place in the order above`,
    severity: 'error',
    from: {},
    to: { path: `^${folder}/[^/]+/`, pathNot: `^${folder}/(${order.join('|')}|testing|fixtures)/` },
  },
]);

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
    ...roomOrder,
    {
      name: 'arrows-known-folder',
      comment: 'a new folder of shared/ takes its place in the layers above',
      severity: 'error',
      from: {},
      to: { path: '^shared/', pathNot: `^shared/(${Object.keys(layers).join('|')})/` },
    },
    {
      name: 'arrows-metric-descriptors',
      comment: 'shared/config imports the descriptors of metrics, so they import no more than config may',
      severity: 'error',
      from: { path: '^shared/metrics/descriptors/', pathNot: test },
      to: {
        path: '^(shared|actions|cli|scripts|benchmarks|tests)/',
        pathNot: '^shared/(metrics/descriptors|platform|text)/',
      },
    },
    {
      name: 'arrows-verbs',
      comment: 'a verb imports shared/ and actions/ports.ts; not the command line, not the entry',
      severity: 'error',
      from: { path: '^actions/(?!entry/)', pathNot: test },
      to: { path: '^(cli|actions/entry|scripts|benchmarks|tests)/' },
    },
    {
      name: 'arrows-pipeline',
      comment: 'what every verb starts from imports only shared/, never a verb',
      severity: 'error',
      from: { path: '^actions/pipeline/', pathNot: test },
      to: { path: '^(actions|cli|scripts|benchmarks|tests)/', pathNot: '^actions/pipeline/' },
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
      comment:
        'config, dataset, tables, metrics and model take data as arguments; only config/load.ts reads files',
      severity: 'error',
      from: {
        path: '^shared/(config|dataset|tables|metrics|model)/',
        pathNot: `${test}|^shared/config/load\\.ts$|^shared/model/engine/engine\\.ts$`,
      },
      to: { path: `${io}|(^|/)node_modules/pg/` },
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
      comment: 'of the toolkit, shared/forge imports only the API client',
      severity: 'error',
      from: { path: '^shared/forge/', pathNot: test },
      to: { path: 'node_modules/@actions/(?!github/)' },
    },
    {
      name: 'toolkit-of-the-artifacts',
      comment: 'of the toolkit, shared/artifacts imports only the artifact client',
      severity: 'error',
      from: { path: '^shared/artifacts/', pathNot: test },
      to: { path: 'node_modules/@actions/(?!artifact/)' },
    },
    {
      name: 'octokit-in-the-forge',
      comment: 'only shared/forge sends requests to GitHub',
      severity: 'error',
      from: { ...product, pathNot: `${test}|^shared/forge/` },
      to: { path: 'node_modules/@octokit/' },
    },
    {
      name: 'tensorflow-in-the-engine',
      comment: 'only shared/model loads TensorFlow: predictions and reports run without it',
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
