#!/usr/bin/env bash
# The long runs: every simulated scenario over SEEDS seeds (5000), the planner against brute force in 10,000 worlds, histories of encrypted groups over as many seeds, NETLAB_SEEDS (50) random
# scenarios on real nodes in network namespaces, 10,000 connections that never say what they are for, then every fuzz target for MINUTES (10).
set -eu
cd "$(dirname "$0")/.."
dotnet build tests/Parley.Simulation.Tests -c Release --nologo -v quiet
PARLEY_SEEDS=${SEEDS:-5000} artifacts/bin/Parley.Simulation.Tests/release/Parley.Simulation.Tests --output Detailed
dotnet build tests/Parley.Routing.Tests -c Release --nologo -v quiet
PARLEY_PLAN_WORLDS=10000 artifacts/bin/Parley.Routing.Tests/release/Parley.Routing.Tests --filter-class '*OptimumTests' --output Detailed
PARLEY_MLS_SEEDS=${SEEDS:-5000} eng/web.sh test
eng/deps.sh iproute2
eng/web.sh build && eng/build.sh
dotnet build tests/Parley.NetLab -c Release --nologo -v quiet
PARLEY_NETLAB_SEEDS=${NETLAB_SEEDS:-50} artifacts/bin/Parley.NetLab/release/Parley.NetLab --filter-class '*RandomTests' --output Detailed --show-live-output on
dotnet build tests/Parley.Server.Tests -c Release --nologo -v quiet
PARLEY_HALF_OPEN=10000 artifacts/bin/Parley.Server.Tests/release/Parley.Server.Tests --filter-class '*HalfOpenTests' --output Detailed
eng/fuzz.sh
