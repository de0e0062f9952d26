import type { ServedVersion } from './served-version.ts';

export interface ServerReadmeParts extends ServedVersion {
  /** The bundle as the release has it. */
  readonly archive: { readonly name: string; readonly digest: string };
  /** What the server answers to example.json. */
  readonly response: object;
}

/** How to run the folder and ask it, with the model's own answer to a typical record. */
export function serverReadme({ name, version, archive, response }: ServerReadmeParts): string {
  return `# ${name} ${version}, a server

Everything that it takes to serve the model is here. It needs Node 24 or newer, and nothing installed.

\`\`\`sh
node server.mjs                                   # http://127.0.0.1:8080
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
\`-H "authorization: Bearer $CICLO_TOKEN"\`.

| File | |
|---|---|
| \`server.mjs\` | the server; the licences of what it holds are in \`licenses.txt\` |
| \`model.zip\` | \`${archive.name}\` of the release, \`${archive.digest}\`; every byte is checked before it is served |
| \`Dockerfile\` | \`docker build --tag ${name}:${version} .\` |
| \`kubernetes.yaml\` | two replicas of that image with probes and limits, and a Service |
| \`ciclo-${name}.service\` | a systemd unit; its first line installs it |

Another version of the same model: replace \`model.zip\`, in one step (\`mv\`). The server sees it within two seconds, or on
SIGHUP, checks it whole, and goes on with the former one if it is damaged. SIGTERM ends it when the requests in flight have
their answers.
`;
}
