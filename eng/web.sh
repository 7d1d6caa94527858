#!/usr/bin/env bash
# The web workspace: build (the web app, or the page for trials in browsers), test, lint or format. Installs its packages when the lock file changed.
set -eu
cd "$(dirname "$0")/../web"
installed=node_modules/.package-lock.json
[ -f "$installed" ] && [ ! package-lock.json -nt "$installed" ] || { npm ci --no-audit --no-fund --loglevel=error; touch "$installed"; }
case "${1:-build}" in
  build) npm run --silent build ;;
  harness) npm run --silent harness ;;
  test) npm test --silent ;;
  lint) npm run --silent lint && npm run --silent check ;;
  format) npm run --silent format ;;
  *) echo "eng/web.sh build|harness|test|lint|format" >&2; exit 2 ;;
esac
