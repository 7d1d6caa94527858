#!/usr/bin/env bash
# Runs a command in a network namespace with one veth pair and a default route: Firefox's ICE takes no loopback addresses, and no address without a route.
set -eu
if [ "${PARLEY_E2E_NETWORK:-}" != own ]; then
  root=(); [ "$(id -u)" -eq 0 ] || root=(--map-root-user)
  PARLEY_E2E_NETWORK=own exec unshare "${root[@]}" --net -- "$0" "$@"
fi
ip link set lo up
ip link add here type veth peer name there
ip address add 10.75.0.1/24 dev here
ip link set here up
ip link set there up
ip route add default via 10.75.0.2 dev here
exec "$@"
