#!/usr/bin/env bash
# The hot path in nanoseconds, then Parley and Janus on the same core under the same load, in turn. ROUNDS (3) and SECONDS_EACH (15) may be set; ONLY=load skips the first part; FORMER=/path/to/parley runs a build of before, too.
set -eu
cd "$(dirname "$0")/.."
address=10.74.0.1
if [ "${INSIDE:-}" = yes ]; then
  # A network of its own with one veth pair: Janus offers no loopback candidate.
  ip link set lo up
  ip link add here type veth peer name there
  ip address add "$address/24" dev here
  ip link set here up
  ip link set there up
  exec "$1/parley-comparison" "$address" "$PWD/out/parley" "${ROUNDS:-3}" "${SECONDS_EACH:-15}"
fi

eng/deps.sh janus iproute2 util-linux
[ "${ONLY:-}" = load ] || dotnet run -c Release --project bench/Parley.Benchmarks -- --filter '*'
eng/build.sh
tool=$PWD/artifacts/comparison
dotnet publish bench/Parley.Comparison/Parley.Comparison.csproj -c Release -o "$tool" --nologo -v quiet
root=(); [ "$(id -u)" -eq 0 ] || root=(--map-root-user)
INSIDE=yes unshare "${root[@]}" --net -- "$0" "$tool"
