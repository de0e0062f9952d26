#!/usr/bin/env bash
# Builds the site of the guides, website/dist, and checks its links, search and pages. Needs the root's npm ci, Chromium, and the network.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export ASTRO_TELEMETRY_DISABLED=1 PATH="$PWD/node_modules/.bin:$PATH"
npm ci --prefix website --no-audit --no-fund
npm run --silent --prefix website build
node scripts/check-docs-site.ts
