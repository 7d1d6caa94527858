// Screenshots of every state, and axe on each: node app/screens/run.mjs [scene ...] ; sizes and themes as UI.md asks.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import { allowDevices, launch, plainCandidates } from './browser.mjs';
import { fakeServer } from './fakeServer.mjs';
import { routeScenes } from './routeScenes.mjs';
import { scenes } from './scenes.mjs';

// `zoom` is 1280 x 800 at 200 %, `low` a phone on its side.
const sizes = { desk: [1280, 800], phone: [390, 844], large: [1920, 1080], zoom: [640, 400], low: [844, 390] };
const usual = ['desk', 'phone'];
const themes = ['light', 'dark'];
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const only = (key, all) => {
  const given = process.argv.find((word) => word.startsWith(`--${key}=`));
  return given ? given.slice(key.length + 3).split(',') : all;
};
const locale = only('locale', ['en-GB'])[0];
const out = fileURLToPath(new URL('./out/', import.meta.url));
mkdirSync(out, { recursive: true });

const loopback = readFileSync(new URL('./loopback.js', import.meta.url), 'utf8');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Replaces the camera's answer: what a person's browser says in each of the sad cases. */
const deviceCases = {
  refused: 'navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "NotAllowedError"); }',
  none: 'navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "NotFoundError"); }',
  busy: 'navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "NotReadableError"); }',
  asking: 'navigator.mediaDevices.getUserMedia = () => new Promise(() => {})',
};

// As strict as the node's own policy, and no style attributes either.
const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "media-src 'self' blob: mediastream:",
  "connect-src 'self' ws: https://*.parley.example", "base-uri 'none'", "form-action 'self'",
].join('; ');

const site = await preview({ root: fileURLToPath(new URL('..', import.meta.url)), preview: { port: 0, host: '127.0.0.1', headers: { 'content-security-policy': policy } }, logLevel: 'error' });
const origin = site.resolvedUrls.local[0].replace(/\/$/, '');
const browser = await launch([allowDevices, plainCandidates]);
let shots = 0;
const faults = [];

async function shoot(scene, size, theme) {
  const [width, height] = sizes[size];
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: theme, locale, reducedMotion: 'reduce', permissions: ['clipboard-write'],
    hasTouch: size === 'phone', isMobile: size === 'phone',
  });
  const page = await context.newPage();
  const label = `${scene.name}-${size}-${theme}`;
  page.on('pageerror', (error) => faults.push(`${label}: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Uncaught/.test(message.text())) faults.push(`${label}: ${message.text().slice(0, 200)}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url) && !/^https:\/\/[a-z-]+\.parley\.example\/probe$/.test(url)) faults.push(`${label}: third-party request ${url}`);
  });
  try {
    await page.addInitScript(loopback);
    if (scene.devices) await page.addInitScript(deviceCases[scene.devices]);
    await scene.before?.(page);
    const world = { ...scene.world };
    await fakeServer(page, world);
    await page.goto(origin + scene.path);
    if (process.argv.includes('--rtl')) await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    await scene.act(page, world);
    await page.waitForTimeout(250);
    for (const region of Object.keys(world.out ?? {})) {
      if (world.probed.has(region)) faults.push(`${label}: contacted ${region}, which the fence leaves out`);
    }
    await page.screenshot({ path: `${out}${label}.png` });
    shots++;
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, nodes } of violations) faults.push(`${label}: axe ${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) faults.push(`${label}: ${wide}px wider than the window`);
  } catch (error) {
    faults.push(`${label}: ${error.message.split('\n')[0]}`);
    await page.screenshot({ path: `${out}${label}-fault.png` }).catch(() => undefined);
  } finally {
    await context.close();
  }
}

for (const scene of [...scenes, ...routeScenes].filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  for (const size of only('size', usual)) {
    for (const theme of only('theme', themes)) await shoot(scene, size, theme);
  }
}
await browser.close();
await site.close();
for (const fault of faults) console.log(fault);
console.log(`${shots} screenshots, ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;
