#!/usr/bin/env bash
# Audits the workflows and actions: actionlint on the release tree rewritten to plain references (it does not know `$/`),
# zizmor on the files as they are. Both are fetched into a temporary folder; needs Go, Python with pip, and the network.
#
#   scripts/check-workflows.sh [<folder with actionlint and zizmor>]
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
programs=${1:-}

if [ -z "$programs" ]; then
  programs=$work/bin
  GOBIN=$programs go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
  python3 -m pip --quiet --disable-pip-version-check install --target "$work/python" zizmor==1.32.0
  ln -s "$work/python/bin/zizmor" "$programs/zizmor"
fi

# actionlint reads a repository's .github/workflows, and action.yml files by path within it.
lint=$work/lint
mkdir -p "$lint/.github/workflows"
cp .github/workflows/*.yml "$lint/.github/workflows/"
cp -r actions "$lint/actions"
for file in example-repo/.github/workflows/*.yml; do cp "$file" "$lint/.github/workflows/example-$(basename "$file")"; done
for file in docs/examples/*.yml; do cp "$file" "$lint/.github/workflows/docs-$(basename "$file")"; done
# What `ciclo init` writes into a repository.
init=$work/init/.github/workflows
mkdir -p "$init"
node --input-type=module -e '
  import { writeFileSync } from "node:fs";
  const { workflowFiles, workflowText } = await import(`${process.cwd()}/shared/init/workflow-texts.ts`);
  const plan = { folder: "models/fuel", defaultBranch: "main", secrets: ["CICLO_URL"], schedule: { minute: 7, hour: 5 } };
  for (const file of workflowFiles) writeFileSync(`${process.argv[1]}/${file}`, workflowText(file, plan));
' "$init"
for file in "$init"/*.yml; do cp "$file" "$lint/.github/workflows/init-$(basename "$file")"; done
find "$lint" -name '*.yml' -exec sed -i -E 's#^(\s*(-\s+)?uses:\s+)\$/(\S+)#\1ciclo-ml/ciclo/\3@v1#' {} +
git -C "$lint" init --quiet
(cd "$lint" && "$programs/actionlint" -color=false)
echo "actionlint: no finding in $(find "$lint/.github/workflows" -name '*.yml' | wc -l) workflows"

"$programs/zizmor" --persona=auditor --offline --no-progress --color=never --strict-collection \
  --config .github/zizmor.yml .github/workflows actions/*/action.yml example-repo/.github/workflows docs/examples/*.yml "$init"
