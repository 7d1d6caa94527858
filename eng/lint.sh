#!/usr/bin/env bash
# Formatting and linters, changing nothing.
set -eu
cd "$(dirname "$0")/.."
dotnet restore Parley.slnx -v quiet
dotnet format Parley.slnx --verify-no-changes --no-restore --severity error
eng/web.sh lint
