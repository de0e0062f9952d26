#!/usr/bin/env bash
# Checks the files of a server's folder by the tools of those who run it: kustomize builds base and overlay, kubeconform
# compares each object with Kubernetes' schemas, promtool reads the alert rules.
#
#   scripts/check-server-folder.sh install <folder>   fetches the programs; needs Go, Python with pip, apt-get, the network
#   scripts/check-server-folder.sh check <folder>
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
programs=$2
kubernetes=1.37.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

install_programs() {
  mkdir -p "$programs"
  GOBIN=$programs go install github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0
  GOBIN=$programs go install sigs.k8s.io/kustomize/kustomize/v5@v5.8.1 # later ones need a newer Go
  # Debian's package would start a Prometheus; only promtool is taken out of it.
  [ -n "$(ls -A /var/lib/apt/lists/*_Packages* 2>/dev/null)" ] || apt-get -qq update
  (cd "$work" && apt-get -qq download prometheus && dpkg-deb --fsys-tarfile prometheus_*.deb | tar -xO ./usr/bin/promtool >promtool)
  command install -m 755 "$work/promtool" "$programs/promtool"
  # kubeconform's own schemas are on the web; those of this package are the same for one release, but for how they refer to
  # each other, which kubeconform reads as paths of files.
  python3 -m pip --quiet --disable-pip-version-check install --no-deps --target "$work/python" kubernetes-validate==1.37.0
  mkdir -p "$programs/kubernetes-schemas"
  local from=$work/python/kubernetes_validate/kubernetes-json-schema/v$kubernetes-local-strict name
  for name in _definitions deployment-apps-v1 service-v1 poddisruptionbudget-policy-v1 networkpolicy-networking-v1; do
    sed -e 's#"/api/_definitions.json\##"_definitions.json\##' -e 's#"$id": "[^"]*"#"$comment": ""#' \
      "$from/$name.json" >"$programs/kubernetes-schemas/$name.json"
  done
}

check_folder() {
  node scripts/write-server-folder.ts "$work"
  local folder
  for folder in base production; do
    "$programs/kustomize" build "$work/kubernetes/$folder" >"$work/$folder.yaml"
    "$programs/kubeconform" -strict -summary \
      -schema-location "$programs/kubernetes-schemas/{{.ResourceKind}}{{.KindSuffix}}.json" "$work/$folder.yaml"
  done
  "$programs/promtool" check rules "$work/alerts.yaml"
}

case $1 in
  install) install_programs ;;
  check) check_folder ;;
  *) echo "install or check, not $1" >&2 && exit 2 ;;
esac
