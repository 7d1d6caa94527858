// Builds the figures of the MLS member as a page would be built (with the corrections of ts-mls) and runs them in Node:
// node client/bench/run.mjs [joins | burst [N] | memory]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const out = mkdtempSync(join(tmpdir(), 'parley-bench-'));
try {
  await build({ configFile: fileURLToPath(new URL('vite.config.ts', import.meta.url)), build: { outDir: out } });
  const { status } = spawnSync(process.execPath, ['--expose-gc', join(out, 'bench.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
