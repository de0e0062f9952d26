/** Runs a statement, one that changes something, too. @param url of the coordinator. */
export async function putInTrino(statement: string, url: string): Promise<void> {
  const headers = { 'x-trino-user': 'owner', 'x-trino-catalog': 'memory', 'x-trino-schema': 'default' };
  let answer = await fetch(`${url}/v1/statement`, { method: 'POST', headers, body: statement });
  for (;;) {
    const { nextUri, error } = (await answer.json()) as { nextUri?: string; error?: { message: string } };
    if (error) throw new Error(error.message);
    if (nextUri === undefined) return;
    answer = await fetch(nextUri, { headers });
  }
}
