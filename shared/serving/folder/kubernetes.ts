// A Kustomize base and one overlay: what runs the server's image in a cluster.
import { httpPort, memoryLimit, metricsPort, nodeFlags, user } from './runtime.ts';
import type { ServedVersion } from './served-version.ts';

/** The files of the folder `kubernetes`, by their path. */
export function kubernetesFiles(version: ServedVersion): readonly (readonly [string, string])[] {
  const app = `ciclo-${version.name}`;
  return [
    ['kubernetes/base/deployment.yaml', deployment(version, app)],
    ['kubernetes/base/disruption-budget.yaml', disruptionBudget(app)],
    ['kubernetes/base/kustomization.yaml', baseKustomization(version, app)],
    ['kubernetes/base/network-policy.yaml', networkPolicy(app)],
    ['kubernetes/base/service.yaml', service(app)],
    ['kubernetes/production/kustomization.yaml', productionKustomization(version, app)],
  ];
}

function baseKustomization({ name, version }: ServedVersion, app: string): string {
  return `# kubectl apply --kustomize kubernetes/base, after the image was pushed where the cluster finds it.
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - deployment.yaml
  - service.yaml
  - disruption-budget.yaml
  - network-policy.yaml
labels:
  - pairs:
      app.kubernetes.io/name: ${app}
    includeSelectors: true
  - pairs:
      app.kubernetes.io/version: ${version}
    includeTemplates: true
images:
  - name: ${name}
    newTag: ${version}
`;
}

function productionKustomization({ name, version }: ServedVersion, app: string): string {
  return `# An overlay to make your own: a namespace, the image by its digest, and a token that clients must bear.
#   kubectl --namespace ${name} create secret generic ${app} --from-literal=token="$(openssl rand -hex 32)"
#   kubectl apply --kustomize kubernetes/production
# Without that Secret the pods do not start: nobody is served by mistake.
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${name}
resources:
  - ../base
replicas:
  - name: ${app}
    count: 3
images:
  - name: ${name}
    newName: registry.example.com/${name}
    newTag: ${version} # or digest: sha256:…, as docker push prints it
patches:
  - target:
      kind: Deployment
      name: ${app}
    patch: |-
      - op: add
        path: /spec/template/spec/containers/0/env
        value:
          - name: CICLO_TOKEN
            valueFrom:
              secretKeyRef:
                name: ${app}
                key: token
`;
}

function deployment({ name }: ServedVersion, app: string): string {
  const words = ['node', ...nodeFlags, 'server.mjs', '--drain', '5', '--metrics-port', String(metricsPort)];
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${app}
spec:
  replicas: 2
  strategy:
    rollingUpdate:
      maxUnavailable: 0
  template:
    metadata:
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "${metricsPort}"
        prometheus.io/path: /metrics
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      # 5 seconds not ready, up to 30 for the requests in flight, and some to spare.
      terminationGracePeriodSeconds: 45
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: ${app}
      securityContext:
        runAsNonRoot: true
        runAsUser: ${user}
        runAsGroup: ${user}
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: server
          image: ${name}
          # Between "not ready" and the end there are 5 seconds: the Service sends no more requests, and each answer asks its
          # client to come back by a new connection, which goes to another pod.
          args: [${words.map((word) => `"${word}"`).join(', ')}]
          ports:
            - name: http
              containerPort: ${httpPort}
            - name: metrics
              containerPort: ${metricsPort}
          startupProbe:
            httpGet: { path: /v2/health/ready, port: metrics }
            periodSeconds: 1
            failureThreshold: 30
          readinessProbe:
            httpGet: { path: /v2/health/ready, port: metrics }
            periodSeconds: 5
            timeoutSeconds: 3
          livenessProbe:
            httpGet: { path: /v2/health/live, port: metrics }
            periodSeconds: 10
            timeoutSeconds: 3
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { cpu: "1", memory: ${memoryLimit}Mi }
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
`;
}

function service(app: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}

function disruptionBudget(app: string): string {
  return `# Nodes that are drained take one pod at a time.
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${app}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: ${app}
`;
}

function networkPolicy(app: string): string {
  return `# Predictions for pods of the same namespace, and of those that are labelled for it; figures for Prometheus; nothing outwards.
# An ingress controller is let in by: kubectl label namespace ingress-nginx ciclo-clients=true
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${app}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: ${app}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector: {}
        - namespaceSelector:
            matchLabels:
              ciclo-clients: "true"
      ports:
        - port: http
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: monitoring
      ports:
        - port: metrics
  egress: []
`;
}
