#!/usr/bin/env bash
# Formatting and linters, changing nothing.
set -eu
cd "$(dirname "$0")/.."

dotnet restore Parley.slnx -v quiet
# Style and analyzers are errors of the build already; what is left is white space.
dotnet format whitespace Parley.slnx --verify-no-changes --no-restore
eng/web.sh lint
