// What encryption of media costs in Chromium: loopbacks of one page with and without it, alternating; CPU of all processes of the browser.
// node web/harness/measure.mjs [codec] [tracks] [bitrate] [rounds]
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';

const [codec = 'video/VP8', tracks = '1', bitrate = '500000', rounds = '3'] = process.argv.slice(2);
const root = join(import.meta.dirname, 'dist');
const types = { '.html': 'text/html', '.js': 'text/javascript' };
const server = createServer((request, response) => {
  const path = normalize(new URL(request.url, 'http://localhost').pathname);
  try {
    const body = readFileSync(join(root, path === '/' ? 'index.html' : path));
    response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'text/html' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
    '--autoplay-policy=no-user-gesture-required', '--disable-renderer-backgrounding', '--disable-background-timer-throttling',
  ],
});

/** Clock ticks (10 ms) of this process's descendants. */
function ticks() {
  const parents = new Map();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
      parents.set(Number(entry), { parent: Number(fields[1]), used: Number(fields[11]) + Number(fields[12]) });
    } catch {
      // Ended meanwhile.
    }
  }
  let sum = 0;
  for (const [id, { used }] of parents) {
    for (let up = id; up !== undefined && up !== 0; up = parents.get(up)?.parent) {
      if (up !== process.pid || id === process.pid) continue;
      sum += used;
      break;
    }
  }
  return sum;
}

const seconds = 8;
for (let round = 0; round < Number(rounds); round++) {
  for (const sealed of round % 2 === 0 ? [false, true] : [true, false]) {
    const page = await (await browser.newContext()).newPage();
    page.on('pageerror', (error) => console.error(String(error)));
    page.on('console', (message) => console.error(message.text()));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const before = ticks();
    const options = { codec, sealed, tracks: Number(tracks), seconds, width: 640, height: 360, rate: 30, bitrate: Number(bitrate) };
    const result = await page.evaluate((given) => window.harness.loopback(given), options);
    const percent = (ticks() - before) / seconds;
    const [sent, opened] = [result.statistics?.sending, result.statistics?.slots].map((list) => list?.reduce(
      (sum, one) => ({
        passed: sum.passed + one.passed, bytes: sum.bytes + one.bytesAdded, ms: sum.ms + one.delayMs, asked: sum.asked + one.keyFrameRequests,
        dropped: sum.dropped + Object.values(one.dropped).reduce((a, b) => a + b, 0),
      }),
      { passed: 0, bytes: 0, ms: 0, asked: 0, dropped: 0 },
    ));
    const each = (sum) => (sum ? `${sum.passed} frames, ${(sum.bytes / sum.passed).toFixed(1)} B and ${(sum.ms / sum.passed).toFixed(2)} ms each, ${sum.dropped} dropped, ${sum.asked} key frames asked for` : '');
    console.log(`${codec} ${sealed ? 'sealed' : 'plain '} ${percent.toFixed(1)} % CPU, tenth frame ${result.tenthFrameMs} ms, decoded ${Math.min(...result.decoded)} to ${Math.max(...result.decoded)}, ${result.colours[0]}`);
    if (sealed) console.log(`  sealed ${each(sent)}\n  opened ${each(opened)}`);
    await page.context().close();
  }
}
await browser.close();
server.close();
