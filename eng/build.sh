#!/usr/bin/env bash
# The release build: out/parley runs, with the web app beside it.
set -eu
cd "$(dirname "$0")/.."
echo "building the server"
dotnet publish src/Parley.Cli/Parley.Cli.csproj -c Release -o out --nologo -v quiet
