import { memoryLimit } from './runtime.ts';
import type { ServedVersion } from './served-version.ts';

interface Alert {
  readonly name: string;
  readonly expression: string;
  /** For how long, before it is told. */
  readonly after: string;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
}

const rate = (metric: string, labels = '', window = '5m'): string =>
  `sum by (job) (rate(${metric}${labels}[${window}]))`;

/** What somebody wants to know of a server, by the names that its `/metrics` has. */
function alerts(name: string): readonly Alert[] {
  return [
    {
      name: 'CicloNobodyServes',
      expression: `absent(ciclo_model_info{model="${name}"})`,
      after: '5m',
      severity: 'critical',
      summary: `no server of ${name} is scraped`,
    },
    {
      name: 'CicloNotReady',
      expression: 'ciclo_ready == 0',
      after: '5m',
      severity: 'warning',
      summary: 'the server takes no requests',
    },
    {
      name: 'CicloServerFails',
      expression: `${rate('ciclo_requests_total', '{status="500"}')} > 0`,
      after: '5m',
      severity: 'critical',
      summary: 'requests end in 500: the log has the stack',
    },
    {
      name: 'CicloBusy',
      expression: `${rate('ciclo_requests_rejected_total')} > 0.05 * ${rate('ciclo_requests_total')}`,
      after: '5m',
      severity: 'warning',
      summary: 'more than 5 % of the requests are turned away: add replicas',
    },
    {
      name: 'CicloSlow',
      expression:
        'histogram_quantile(0.99, sum by (job, le) (rate(ciclo_request_duration_seconds_bucket{route!="unmatched"}[10m]))) > 1',
      after: '10m',
      severity: 'warning',
      summary: 'one request in a hundred takes longer than a second',
    },
    {
      name: 'CicloBehindItsWork',
      expression: 'ciclo_event_loop_lag_seconds > 0.5',
      after: '5m',
      severity: 'warning',
      summary: 'the event loop is late: batches are too large, or the processor too slow',
    },
    {
      name: 'CicloMemory',
      expression: `process_resident_memory_bytes{job=~".*ciclo.*"} > ${Math.round(0.9 * memoryLimit * 2 ** 20)}`,
      after: '10m',
      severity: 'warning',
      summary: `more than 90 % of ${memoryLimit} MiB are taken`,
    },
    {
      name: 'CicloRoomIsMade',
      expression: `${rate('ciclo_connections_displaced_total')} + ${rate('ciclo_bodies_dropped_total')} > 0`,
      after: '10m',
      severity: 'warning',
      summary: 'connections or bodies are dropped to make room: somebody is slow, or sends too much',
    },
    {
      name: 'CicloModelRefused',
      expression: 'increase(ciclo_model_reloads_total{result="refused"}[15m]) > 0',
      after: '0m',
      severity: 'warning',
      summary: 'a new model was damaged or another pipeline’s, and was refused: the former one goes on',
    },
    {
      name: 'CicloVersionsDiffer',
      expression: `count(count by (digest) (ciclo_model_info{model="${name}"})) > 1`,
      after: '30m',
      severity: 'warning',
      summary: `servers answer with different models of ${name}`,
    },
    {
      name: 'CicloLogLosesPredictions',
      expression: 'increase(ciclo_prediction_log_dropped_total[15m]) > 0',
      after: '0m',
      severity: 'warning',
      summary: 'the prediction log drops records: the disk is slow or full',
    },
    {
      name: 'CicloUnusualValues',
      expression:
        'sum by (job, feature) (increase(ciclo_feature_findings_total{finding=~"unseen|out_of_range"}[1h])) > on (job) group_left () (0.2 * sum by (job) (increase(ciclo_predictions_total[1h])))',
      after: '1h',
      severity: 'warning',
      summary:
        'a feature has values that training never saw in more than a fifth of the records: see drift-check',
    },
  ];
}

/** Rules for Prometheus, as `rule_files` of its configuration takes them. */
export function alertRules({ name }: ServedVersion): string {
  const rules = alerts(name).map(
    (alert) => `      - alert: ${alert.name}
        expr: >-
          ${alert.expression}
        for: ${alert.after}
        labels:
          severity: ${alert.severity}
        annotations:
          summary: "${alert.summary}"
`,
  );
  return `# promtool check rules alerts.yaml; then name the file under rule_files of prometheus.yml.
groups:
  - name: ciclo-${name}
    rules:
${rules.join('')}`;
}
