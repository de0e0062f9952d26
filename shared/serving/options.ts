/** The settings of a server; each has a default. */
export interface ServerOptions {
  /** A token that requests must bear, but for probes; without it none is asked for. */
  readonly token?: string;
  /** Bytes of a request's body at most. */
  readonly maxBody: number;
  /** Bytes of all bodies that arrive or are being answered at a time, at most; and of all long answers that are being sent. */
  readonly maxBodies: number;
  /** Records of a request at most. */
  readonly maxRows: number;
  /** Connections at most; beyond them the one goes that has waited longest for a whole request. */
  readonly maxConnections: number;
  /** Requests that are answered at a time at most; the next ones get 503. */
  readonly maxInFlight: number;
  /** Milliseconds by which the event loop may be late before requests get 503. */
  readonly maxLag: number;
  /** Milliseconds for a request to arrive whole, and for a long batch to be predicted. */
  readonly timeout: number;
  /** Whether `/metrics` is answered at a port of its own, and not here. */
  readonly metricsApart?: boolean;
  /** A line in the log for every request, not only for those that failed by the server's fault. */
  readonly logRequests: boolean;
  /** Columns of records beside the features that the prediction log keeps. Default: `data.key`, where it is declared. */
  readonly keyColumns?: readonly string[] | undefined;
}
