import type { ServedVersion } from './served-version.ts';

/** Asks, within the container, whether the server takes requests. */
const healthCheck =
  "fetch('http://127.0.0.1:' + process.env.PORT + '/v2/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))";

/** A Dockerfile: Node's own slim image, three files, no root. */
export function dockerfile({ name, version }: ServedVersion): string {
  return `# docker build --tag ${name}:${version} .
# docker run --rm --read-only --publish 8080:8080 ${name}:${version}
FROM node:24-slim
LABEL org.opencontainers.image.title="${name}" org.opencontainers.image.version="${version}"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /app
COPY server.mjs model.zip licenses.txt ./
# The user "node" of the image, by number, so that Kubernetes sees that it is not root.
USER 1000:1000
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --retries=3 CMD ["node", "-e", "${healthCheck}"]
CMD ["node", "--max-semi-space-size=2", "server.mjs"]
`;
}
