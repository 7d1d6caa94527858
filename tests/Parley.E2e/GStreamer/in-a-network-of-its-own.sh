#!/usr/bin/env bash
# Runs a node and GStreamer in a network namespace with one veth pair: GStreamer's ICE takes no loopback addresses.
# Arguments: the node's command, a data directory, the script. The namespace ends with this process.
set -eu
if [ "${INSIDE:-}" != yes ]; then
  root=(); [ "$(id -u)" -eq 0 ] || root=(--map-root-user)
  INSIDE=yes exec unshare "${root[@]}" --net -- "$0" "$@"
fi
command=$1 data=$2 script=$3 address=10.73.0.1
ip link set lo up
ip link add here type veth peer name there
ip address add "$address/24" dev here
ip link set here up
ip link set there up

node=http://127.0.0.1:18080
"$command" serve --http "$node" --media-port 40000 --data "$data" --announce "$address" >"$data/node.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT
for _ in $(seq 100); do curl -fs -o /dev/null "$node/readyz" && break; sleep 0.1; done
meeting=$(curl -fs -H 'Content-Type: application/json' -d '{"title":"GStreamer","e2ee":"off"}' "$node/api/v1/meetings" | sed -E 's/.*"id":"([^"]+)".*/\1/')
/usr/bin/python3 "$script" "$node" "$meeting" 20
