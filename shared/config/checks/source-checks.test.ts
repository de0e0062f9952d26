import { describe, expect, it } from 'vitest';
import { problems, smallestConfig, withData } from '../testing/problems-of.ts';

describe('sources', () => {
  it('read no variable that is not named CICLO_…', () => {
    const name = '$' + '{{ env.GITHUB_TOKEN }}';
    expect(
      withData(`  source:
    type: http
    url: https://example.org/${name}
    headers: { X-Token: "\${{ secrets.TOKEN }}", X-Ok: "\${{ env.CICLO_TOKEN }}" }
    query: { key: "\${{ env.ACTIONS_RUNTIME_TOKEN }}" }
`),
    ).toEqual([
      'data.source.url: "${{ env.GITHUB_TOKEN }}": the variable GITHUB_TOKEN may not be read here; only names that start with CICLO_ may; write ${{ env.CICLO_NAME }}',
      'data.source.headers.X-Token: "${{ secrets.TOKEN }}": this is not a reference to an environment variable; write ${{ env.CICLO_NAME }}',
      'data.source.query.key: "${{ env.ACTIONS_RUNTIME_TOKEN }}": the variable ACTIONS_RUNTIME_TOKEN may not be read here; only names that start with CICLO_ may; write ${{ env.CICLO_NAME }}',
    ]);
  });

  it('hold no secret in the clear, and do not repeat it', () => {
    const http = withData(`  source:
    type: http
    url: https://user:hunter2@example.org/
    headers: { Authorization: Bearer hunter2, "bad name": x }
`);
    expect(http).toEqual([
      'data.source.url: the file contains a password, and is committed; write ${{ env.CICLO_PASSWORD }} for it',
      'data.source.headers.Authorization: the file contains a secret, and is committed; write ${{ env.CICLO_TOKEN }} for it',
      'data.source.headers["bad name"]: "bad name" is not the name of a header (RFC 9110)',
    ]);
    const postgres = withData(
      '  source: { type: postgres, url: "postgresql://u:hunter2@db/x", query: "select ${{ env.CICLO_X }}" }\n',
    );
    expect(postgres).toEqual([
      'data.source.url: the file contains a password, and is committed; write ${{ env.CICLO_POSTGRES_URL }} for it',
      'data.source.query: "${{ env.CICLO_X }}": values of the environment are not put into SQL; write the value itself',
    ]);
    const trino = withData(
      '  source: { type: trino, url: "https://u:hunter2@t:8443", password: hunter2, token: hunter2, query: "select ${{ env.CICLO_X }}" }\n',
    );
    expect(trino).toEqual([
      'data.source.url: the file contains a password, and is committed; write ${{ env.CICLO_TRINO_URL }} for it',
      'data.source.password: the file contains a secret, and is committed; write ${{ env.CICLO_PASSWORD }} for it',
      'data.source.token: the file contains a secret, and is committed; write ${{ env.CICLO_TRINO_TOKEN }} for it',
      'data.source.token: is a credential beside password, and Trino takes one of them; leave the other out',
      'data.source.query: "${{ env.CICLO_X }}": values of the environment are not put into SQL; write the value itself',
    ]);
    expect([...http, ...postgres, ...trino].join()).not.toContain('hunter2');
  });

  it('have only the keys of their format', () => {
    expect(withData('  source: { type: file, path: a.parquet, delimiter: ";", rows: $.x }\n')).toEqual([
      'data.source.delimiter: ";": a delimiter is for csv, and the files are parquet; leave it out',
      'data.source.rows: "$.x" is a path into JSON, and the files are parquet; leave it out',
    ]);
    expect(withData("  source: { type: file, path: a.csv, delimiter: '\"' }\n")).toEqual([
      'data.source.delimiter: "\\"" ends or quotes fields in CSV; allowed: another character, such as ";"',
    ]);
    expect(
      withData(
        '  source: { type: http, url: "https://example.org", format: csv, rows: $.x, pagination: { type: cursor, parameter: c, path: $.n } }\n',
      ),
    ).toEqual([
      'data.source.rows: "$.x" is a path into JSON, and format is csv; leave it out',
      'data.source.pagination.type: "cursor" is read from a JSON answer, and format is csv; allowed: link, page, offset',
    ]);
    expect(withData('  source: { type: http, url: ftp://example.org }\n')).toEqual([
      'data.source.url: "ftp://example.org" is not a URL; allowed: a URL that starts with https:// or http://',
    ]);
    expect(withData('  source: { type: postgres, url: localhost, query: select 1 }\n')).toEqual([
      'data.source.url: "localhost" is not a connection URL; allowed: ${{ env.CICLO_POSTGRES_URL }}, or postgresql://host/database',
    ]);
    expect(withData('  source: { type: trino, url: "https://t:8443/hive", query: select 1 }\n')).toEqual([
      'data.source.url: "https://t:8443/hive" is not the address of a coordinator; allowed: ${{ env.CICLO_TRINO_URL }}, or https://host:port, with catalog and schema as keys of their own',
    ]);
  });
});

describe('labels that come late', () => {
  const labels = 'monitor: { labels: { type: file, path: labels.csv } }\n';

  it('need a key to find their rows by', () => {
    expect(problems(labels)).toEqual([
      'monitor.labels: labels find their rows by a key; name its columns in monitor.key, of a prediction log [_request, _record]',
    ]);
    expect(problems(labels, `${smallestConfig}  key: id\n`)).toEqual([]);
    expect(problems(labels.replace(' } }', ' }, key: [_request, _record] }'))).toEqual([]);
  });

  it('have a key that joins something, and not by what is to be known', () => {
    expect(problems('monitor: { key: id }\n')).toEqual([
      'monitor.key: "id" joins labels to rows that come from elsewhere, and neither monitor.labels nor monitor.source is there; name one, or leave it out',
    ]);
    expect(problems('monitor: { key: [id, mpg], source: { type: file, path: log/*.ndjson } }\n')).toEqual([
      'monitor.key: "mpg" is the target, which rows without a label do not have; name columns that identify a row',
    ]);
  });

  it('are read as carefully as any source', () => {
    expect(
      problems(
        "monitor: { key: id, labels: { type: http, url: 'https://a.example/x', headers: { Authorization: abc } } }\n",
      ),
    ).toEqual([
      'monitor.labels.headers.Authorization: the file contains a secret, and is committed; write ${{ env.CICLO_TOKEN }} for it',
    ]);
  });
});
