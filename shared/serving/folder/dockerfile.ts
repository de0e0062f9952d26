import { runtimePackage } from '../../model/onnx/runtime-places.ts';
import { httpPort, nodeFlags, user } from './runtime.ts';
import type { ServedVersion } from './served-version.ts';

/**
 * Node's slim image by its digest, the index of all architectures. The digest is what many public repositories pin for this
 * tag; Docker's registry was not at hand to compare. A wrong one ends the build, and can bring no other image.
 */
const base =
  'docker.io/library/node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20';

/** Asks, within the container, whether the server takes requests. */
const healthCheck =
  "fetch('http://127.0.0.1:' + process.env.PORT + '/v2/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))";

/**
 * Installs the runtime of ONNX models, without its script, which fetches what graphics processors need, and without the
 * files of other platforms.
 */
const runtimeLines = `COPY package.json ./
RUN npm install --omit=dev --ignore-scripts --no-audit --no-fund \\
  && cd node_modules/${runtimePackage}/bin/napi-v6 \\
  && find . -mindepth 2 -maxdepth 2 ! -path "./linux/$(node -p process.arch)" -exec rm -r {} + \\
  && npm cache clean --force
`;

/** A Dockerfile: Node's own slim image, three files, for an ONNX model its runtime, no root. */
export function dockerfile({ name, version, isOnnx }: ServedVersion & { readonly isOnnx: boolean }): string {
  return `# docker build --tag ${name}:${version} .
# docker run --rm --read-only --memory 256m --publish 8080:8080 ${name}:${version}
# Another base, such as a newer one: --build-arg BASE=… (README.md says how to find its digest).
ARG BASE=${base}
FROM \${BASE}
LABEL org.opencontainers.image.title="${name}" org.opencontainers.image.version="${version}"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=${httpPort}
WORKDIR /app
${isOnnx ? runtimeLines : ''}COPY server.mjs model.zip licenses.txt ./
# The user "node" of the image, by number, so that Kubernetes sees that it is not root.
USER ${user}:${user}
EXPOSE ${httpPort}
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --retries=3 CMD ["node", "-e", "${healthCheck}"]
CMD [${['node', ...nodeFlags, 'server.mjs'].map((word) => `"${word}"`).join(', ')}]
`;
}
