#!/usr/bin/env bash
# Runs the tests and sums them up in one closing line. `eng/test.sh e2e` runs those in browsers alone, `eng/test.sh netlab` those on an emulated network.
set -u
cd "$(dirname "$0")/.."
only=${1:-all}
results=artifacts/test-results
rm -rf "$results"; mkdir -p "$results"
passed=0; failed=0; skipped=0; broken=()

# Adds up what a test run printed, and remembers a run that failed without a failed test (a crash, a build error).
count() { # NAME EXIT-CODE LOG
  local ok bad out
  ok=$(sed -E 's/\x1b\[[0-9;]*m//g' "$3" | grep -oE '^ *succeeded: [0-9]+|Tests .* [0-9]+ passed' | grep -oE '[0-9]+( passed)?$' | grep -oE '[0-9]+' | paste -sd+ | bc)
  bad=$(sed -E 's/\x1b\[[0-9;]*m//g' "$3" | grep -oE '^ *failed: [0-9]+|Tests +[0-9]+ failed' | grep -oE '[0-9]+' | paste -sd+ | bc)
  out=$(sed -E 's/\x1b\[[0-9;]*m//g' "$3" | grep -oE '^ *skipped: [0-9]+|Tests .* [0-9]+ skipped' | grep -oE '[0-9]+( skipped)?$' | grep -oE '[0-9]+' | paste -sd+ | bc)
  passed=$((passed + ${ok:-0})); failed=$((failed + ${bad:-0})); skipped=$((skipped + ${out:-0}))
  [ "$2" -eq 0 ] || [ "${bad:-0}" -gt 0 ] || { failed=$((failed + 1)); broken+=("$1"); }
}

step() { # NAME COMMAND...
  local name=$1 started=$SECONDS; shift
  echo "== $name"
  "$@" 2>&1 | tee "$results/$name.log" | grep -vE '^ *$' | tail -n "${TAIL:-40}"
  count "$name" "${PIPESTATUS[0]}" "$results/$name.log"
  echo "   $((SECONDS - started)) s"
}

eng/deps.sh bc chromium firefox-esr fonts-noto-color-emoji iproute2 gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-nice python3-gi gir1.2-gst-plugins-base-1.0 gir1.2-gst-plugins-bad-1.0 curl || exit 1

if [ "$only" = all ]; then
  step web eng/web.sh test
  step lint eng/lint.sh
fi
step build bash -c 'eng/web.sh build && eng/build.sh && dotnet build Parley.slnx -c Release --nologo -v quiet'
if [[ " ${broken[*]:-} " != *" build "* ]]; then
  if [ "$only" = all ]; then
    step architecture dotnet test --test-modules 'artifacts/bin/*/release/Parley.Architecture.dll'
    step unit dotnet test --test-modules 'artifacts/bin/*/release/*.Tests.dll' --max-parallel-test-modules 2
  fi
  [ "$only" = netlab ] || step e2e dotnet test --test-modules 'artifacts/bin/*/release/Parley.E2e.dll'
  # Real nodes under an emulated network: minutes in which nothing else should run. Skipped with a word why where this machine gives no namespaces or TUN devices.
  [ "$only" != netlab ] || step netlab artifacts/bin/Parley.NetLab/release/Parley.NetLab --output Detailed --show-live-output on --progress off
fi

# Named once more at the end, where a log that is cut short still shows them.
sed -E 's/\x1b\[[0-9;]*m//g' "$results"/*.log | grep -aE '^ *(failed [A-Z][A-Za-z.]+\.Tests?\.|failed Parley|skipped Parley|FAIL )' | sort -u | head -40
[ ${#broken[@]} -eq 0 ] || echo "failed without a failing test: ${broken[*]} (logs in $results)"
[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
