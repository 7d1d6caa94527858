#!/usr/bin/env bash
# The web workspace: build, test, lint or format. Installs its packages when the lock file changed.
set -eu
cd "$(dirname "$0")/../web"
installed=node_modules/.package-lock.json
[ -f "$installed" ] && [ ! package-lock.json -nt "$installed" ] || { npm ci --no-audit --no-fund --loglevel=error; touch "$installed"; }
case "${1:-build}" in
  build) npm run --silent build ;;
  test) npm test --silent ;;
  lint) npm run --silent lint && npm run --silent check ;;
  format) npm run --silent format ;;
  *) echo "eng/web.sh build|test|lint|format" >&2; exit 2 ;;
esac
