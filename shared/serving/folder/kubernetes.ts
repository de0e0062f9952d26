import type { ServedVersion } from './served-version.ts';

/** A Deployment and its Service; the image is what the Dockerfile builds. */
export function kubernetesManifest({ name, version }: ServedVersion): string {
  return `# kubectl apply -f kubernetes.yaml, after the image was pushed where the cluster finds it.
# With a token: kubectl create secret generic ciclo-${name} --from-literal=token=…
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ciclo-${name}
  labels: &labels
    app.kubernetes.io/name: ciclo-${name}
    app.kubernetes.io/version: ${version}
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: ciclo-${name}
  strategy:
    rollingUpdate:
      maxUnavailable: 0
  template:
    metadata:
      labels: *labels
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "8080"
        prometheus.io/path: /metrics
    spec:
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 45
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        runAsGroup: 1000
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: server
          image: ${name}:${version}
          # Between "not ready" and the end, so that the Service sends no more requests.
          args: ["node", "--max-semi-space-size=2", "server.mjs", "--drain", "5"]
          env:
            - name: CICLO_TOKEN
              valueFrom:
                secretKeyRef:
                  name: ciclo-${name}
                  key: token
                  optional: true
          ports:
            - name: http
              containerPort: 8080
          startupProbe:
            httpGet: { path: /v2/health/ready, port: http }
            periodSeconds: 1
            failureThreshold: 30
          readinessProbe:
            httpGet: { path: /v2/health/ready, port: http }
            periodSeconds: 5
          livenessProbe:
            httpGet: { path: /v2/health/live, port: http }
            periodSeconds: 10
            timeoutSeconds: 3
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { cpu: "1", memory: 256Mi }
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
---
apiVersion: v1
kind: Service
metadata:
  name: ciclo-${name}
  labels:
    app.kubernetes.io/name: ciclo-${name}
spec:
  selector:
    app.kubernetes.io/name: ciclo-${name}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}
