import { runtimePackage, runtimeVersion } from '../../model/onnx/runtime-places.ts';
import type { ServedVersion } from './served-version.ts';

export interface ServerReadmeParts extends ServedVersion {
  /** The bundle as the release has it. */
  readonly archive: { readonly name: string; readonly digest: string };
  /** What the server answers to example.json. */
  readonly response: object;
  /** The model is run by ONNX Runtime, which has to be installed. */
  readonly isOnnx: boolean;
}

const neededForOnnx = `The model is an ONNX model, which ONNX Runtime runs: npm installs it into this folder by package.json, and the Dockerfile into
the image. Its install script is left out, as it fetches what only graphics processors need. The package has files for all
platforms, 290 MB; of \`node_modules/${runtimePackage}/bin/napi-v6\` this machine needs one folder. All else that it takes to
serve the model is here, beside Node 24 or newer.`;

/** How to run the folder and ask it, with the model's own answer to a typical record. */
export function serverReadme({ name, version, archive, response, isOnnx }: ServerReadmeParts): string {
  return `# ${name} ${version}, a server

${isOnnx ? neededForOnnx : 'Everything that it takes to serve the model is here. It needs Node 24 or newer, and nothing installed.'}

\`\`\`sh
${isOnnx ? 'npm install --omit=dev --ignore-scripts           # once: ONNX Runtime\n' : ''}node server.mjs                                   # http://127.0.0.1:8080
HOST=0.0.0.0 PORT=9000 node server.mjs            # node server.mjs --help says what else there is
\`\`\`

\`\`\`sh
curl localhost:8080/predict -H 'content-type: application/json' -d @example.json
\`\`\`

\`\`\`json
${JSON.stringify(response, null, 2)}
\`\`\`

example.json is a typical record, made up from the training data's statistics. A list of records gets a list of
predictions.

\`\`\`sh
curl localhost:8080/openapi.json      # every route, field and example
curl localhost:8080/v2/health/ready   # for probes
curl localhost:8080/metrics           # Prometheus
\`\`\`

It also answers by MLflow's protocol (\`/invocations\`), Open Inference v2 (\`/v2/models/${name}/infer\`) and TensorFlow
Serving's (\`/v1/models/${name}:predict\`).

With \`CICLO_TOKEN\` in its environment, 16 characters or more, all but the probes needs
\`-H "authorization: Bearer $CICLO_TOKEN"\`; an empty one is refused at the start. With \`METRICS_PORT=9090\` metrics and
probes are answered at that port, without the token, and \`/metrics\` there alone.

| File | |
|---|---|
| \`server.mjs\` | the server; the licences of what it holds are in \`licenses.txt\` |
${isOnnx ? `| \`package.json\` | names ${runtimePackage} ${runtimeVersion}, which runs the model |\n` : ''}| \`model.zip\` | \`${archive.name}\` of the release, \`${archive.digest}\`; every byte is checked before it is served |
| \`Dockerfile\` | \`docker build --tag ${name}:${version} .\` |
| \`kubernetes/base\` | \`kubectl apply -k kubernetes/base\`: two replicas of that image, a Service, a disruption budget, a network policy |
| \`kubernetes/production\` | an overlay to make your own: namespace, registry, a token from a Secret |
| \`alerts.yaml\` | alert rules for Prometheus |
| \`ciclo-${name}.service\` | a systemd unit; its first line installs it |

The server speaks plain HTTP. Where it leaves the machine or the cluster, let a proxy end TLS before it: one that reads a
request whole before it passes it on (nginx does; \`proxy_request_buffering on\`), that takes bodies as large as
\`--max-body\` (\`client_max_body_size 1m\`), and that closes idle connections before the server does, after 72 seconds.

The Dockerfile names Node's image by its digest. A newer one:

\`\`\`sh
docker buildx imagetools inspect node:24-bookworm-slim --format '{{.Manifest.Digest}}'
docker build --build-arg BASE=node:24-bookworm-slim@sha256:… --tag ${name}:${version} .
\`\`\`

Another version of the same model: replace \`model.zip\`, in one step (\`mv\`). The server sees it within two seconds, or on
SIGHUP, checks it whole, and goes on with the former one if it is damaged. SIGTERM ends it when the requests in flight have
their answers.
`;
}
