// What every way to run the server has in common: Docker, Kubernetes and systemd.

/** Mebibytes that the server's container or unit may take. */
export const memoryLimit = 256;

/**
 * Mebibytes of Node's heap. Beside it there are Node itself (some 60), bodies and answers on their way (`--max-bodies`,
 * twice 4), and what the system keeps for connections; all of it fits into {@link memoryLimit}.
 */
const heapLimit = 128;

/** Node's own flags: without the first, it would take the machine's memory for the measure of its heap. */
export const nodeFlags: readonly string[] = [`--max-old-space-size=${heapLimit}`, '--max-semi-space-size=2'];

export const httpPort = 8080;
export const metricsPort = 9090;

/** The user "node" of Node's image, by number, so that Kubernetes sees that it is not root. */
export const user = 1000;
