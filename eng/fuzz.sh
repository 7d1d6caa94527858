#!/usr/bin/env bash
# Coverage-guided fuzzing of every target, MINUTES each (10), one after another, or of the TARGETS named. What was found interesting joins fuzz/corpora; a crash ends with an error.
set -eu
cd "$(dirname "$0")/.."
minutes=${MINUTES:-10}
work=artifacts/fuzz
eng/deps.sh afl++
dotnet publish fuzz/Parley.Fuzz/Parley.Fuzz.csproj -c Release -o "$work/bin" --nologo -v quiet
[ -x "$work/tools/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$work/tools" >/dev/null
for library in Parley.Rtc Parley.Sfu Parley.Routing Parley.Server; do "$work/tools/sharpfuzz" "$work/bin/$library.dll"; done
targets=${TARGETS:-$("$work/bin/parley-fuzz" 2>&1 | sed 's/.*: //' || true)}
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 DOTNET_TieredPGO=0
crashes=0
for target in $targets; do
  rm -rf "$work/$target"
  afl-fuzz -i "fuzz/corpora/$target" -o "$work/$target" -t 5000 -m none -V "$(awk "BEGIN {print int($minutes * 60)}")" -- "$work/bin/parley-fuzz" "$target" >"$work/$target.log" 2>&1 || { tail -5 "$work/$target.log"; exit 1; }
  stats=$work/$target/default/fuzzer_stats
  runs=$(sed -nE 's/^execs_done *: *//p' "$stats"); found=$(find "$work/$target/default/crashes" "$work/$target/default/hangs" -name 'id*' | wc -l)
  echo "$target: $runs inputs in $minutes min, $(sed -nE 's/^corpus_count *: *//p' "$stats") interesting, $found crashes or hangs"
  crashes=$((crashes + found))
  # Small inputs say as much as large ones; the name is the content's hash, so nothing is kept twice.
  find "$work/$target/default/queue" -maxdepth 1 -type f -size -3k | sort | head -n 300 | while read -r file; do
    kept=fuzz/corpora/$target/$(sha1sum "$file" | cut -c1-16)
    [ -e "$kept" ] || cp "$file" "$kept"
  done
done
[ "$crashes" -eq 0 ]
