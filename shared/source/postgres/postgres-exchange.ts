import type pg from 'pg';

/** Values of a row as PostgreSQL writes them: they are parsed by column type here. */
export type TextRow = readonly (string | null)[];

/** What the server answered to some messages. */
export interface Exchanged {
  readonly fields: readonly pg.FieldDef[];
  readonly rows: readonly TextRow[];
  /** There may be more rows. */
  readonly suspended: boolean;
}

/** The name of the rows that are read part by part, of which a session has one, and of their statement. */
const portal = 'ciclo';

/**
 * Understands a query, and what it answers; no row is worked out yet. Of several statements in one text the protocol takes none.
 *
 * @returns its columns; none of what is no SELECT.
 */
export async function openRows(client: pg.Client, query: string): Promise<readonly pg.FieldDef[]> {
  const { fields } = await exchange(client, (connection) => {
    understand(connection, query, portal);
  });
  return fields;
}

/**
 * The next rows of the query that was opened. Each fetch is a statement of its own to the server, which counts its time
 * (`statement_timeout`) from here on: not that of all rows, and not what is done with them in between.
 *
 * @param milliseconds that this fetch and later ones may take, where it is not what the session has.
 */
export function fetchRows(client: pg.Client, most: number, milliseconds?: number): Promise<Exchanged> {
  // The driver writes the number as it is, whatever its type says.
  const rows = most as unknown as string;
  return exchange(client, (connection) => {
    if (milliseconds !== undefined) {
      execute(connection, `SET LOCAL statement_timeout = ${milliseconds}`);
    }
    connection.execute({ portal, rows }, true);
  });
}

/** All rows of a statement. */
export function allRows(client: pg.Client, statement: string): Promise<Exchanged> {
  return exchange(client, (connection) => {
    execute(connection, statement);
  });
}

function execute(connection: pg.Connection, statement: string): void {
  understand(connection, statement, '');
  connection.execute({ portal: '' }, true);
}

function understand(connection: pg.Connection, text: string, name: string): void {
  connection.parse({ name, text, types: [] }, true);
  connection.bind({ portal: name, statement: name }, true);
  connection.describe({ type: 'P', name }, true);
}

/** Sends messages of the extended protocol, and takes what comes until the server is ready for the next ones. */
function exchange(client: pg.Client, send: (connection: pg.Connection) => void): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    let fields: readonly pg.FieldDef[] = [];
    const rows: TextRow[] = [];
    let suspended = false;
    // What the driver calls: a method that it misses would end the process.
    const taken: pg.Submittable & Record<`handle${string}`, (message: never) => void> = {
      submit(connection) {
        send(connection);
        connection.sync();
      },
      handleRowDescription(message: { readonly fields: readonly pg.FieldDef[] }) {
        fields = message.fields;
      },
      handleDataRow: (message: { readonly fields: TextRow }) => void rows.push(message.fields),
      handlePortalSuspended() {
        suspended = true;
      },
      handleCommandComplete: () => undefined,
      handleEmptyQuery: () => undefined,
      // Of COPY … TO, which answers no rows.
      handleCopyData: () => undefined,
      handleError: (error: Error) => reject(error),
      handleReadyForQuery: () => resolve({ fields, rows, suspended }),
    };
    client.query(taken);
  });
}
