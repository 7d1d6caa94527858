// The states of the route and the fence: before the meeting, in it, and when it is refused.
import { crowd, join } from './scenes.mjs';

const path = '/m/eu-fra-demo';
const people = crowd(5);
const where = { p_Amira: 'eu-fra', p_Wei: 'ap-sin', p_Tomas: 'ap-sin', p_Priya: 'ap-sin', p_Lena: 'eu-fra' };
const meeting = { title: 'Project Heron', where, fence: { deny: ['country:US'] }, out: { 'us-iad': ['deny country:US', 'meeting'] } };
const live = { ...meeting, participants: people, speaker: 'p_Amira', worst: 98 };
const noSwiss = { 'ch-zur': ['allow group:EEA', 'participant'], 'ap-sin': ['allow group:EEA', 'participant'], 'ap-nrt': ['allow group:EEA', 'participant'] };
const problem = (code, status, more = {}) => ({ code, title: code, status, detail: code, ...more });
const conflict = problem('fence-conflict', 409, {
  conflicts: [
    { scope: 'meeting', rule: 'allow country:DE country:FR', regions: ['ch-zur'] },
    { scope: 'participant', rule: 'allow country:CH', regions: ['eu-fra', 'eu-par'] },
  ],
  regions: [
    { id: 'eu-fra', allowed: false, rule: 'allow country:CH', scope: 'participant', reason: '' },
    { id: 'eu-par', allowed: false, rule: 'allow country:CH', scope: 'participant', reason: '' },
    { id: 'ch-zur', allowed: false, rule: 'allow country:DE country:FR', scope: 'meeting', reason: '' },
    { id: 'us-iad', allowed: false, rule: 'allow country:DE country:FR', scope: 'meeting', reason: '' },
    { id: 'ap-sin', allowed: false, rule: 'allow country:DE country:FR', scope: 'meeting', reason: '' },
    { id: 'ap-nrt', allowed: false, rule: 'allow country:DE country:FR', scope: 'meeting', reason: '' },
    { id: 'br-gru', allowed: false, rule: 'servesOnly BR', scope: 'platform', reason: '' },
  ],
});
const refused = (cause) => ({ outcome: 'refused', node: null, region: null, delay: null, consequences: null, problem: cause, out: Object.fromEntries((cause.regions ?? []).map(({ id, rule, scope }) => [id, [rule, scope]])) });

const shown = async (page) => {
  await page.getByRole('heading', { name: 'Your own rule' }).waitFor();
  await page.locator('.frame svg').waitFor();
  // What is allowed has been measured.
  await page.waitForFunction(() => !document.querySelector('tr.used') || document.querySelector('tr.used td')?.textContent !== '');
  await page.waitForTimeout(400);
};
/** Sets the own rule through the page's own control. */
const rule = async (page, list, names) => {
  await shown(page);
  await page.getByRole('button', { name: `${list} ...` }).click();
  for (const name of names) await page.getByRole('checkbox', { name }).first().check();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.waitForTimeout(700);
};
const press = (page) => page.getByRole('button', { name: 'Join', exact: true }).click();
const top = (page) => page.evaluate(() => (innerWidth < 720 ? document.querySelector('#where')?.scrollIntoView() : scrollTo(0, 0)));
const openRoute = async (page) => {
  await join(page);
  await page.keyboard.press('r');
  await page.locator('.frame svg').waitFor();
  await page.waitForTimeout(500);
};
const asHost = (page) => page.addInitScript(() => sessionStorage.setItem('parley.host.eu-fra-demo', 'k'));

export const routeScenes = [
  { name: 'demo', path: '/', world: { demo: { places: ['BR', 'CH', 'DE', 'FR', 'JP', 'SG', 'US'] } }, act: (page) => page.locator('#pretend').waitFor() },
  {
    name: 'start-fence', path: '/', world: {},
    act: async (page) => {
      await page.getByText('Choose where it may be carried').click();
      await page.getByRole('button', { name: 'Only within ...' }).click();
      await page.getByRole('checkbox', { name: 'The European Economic Area' }).check();
      await page.getByRole('button', { name: 'Done' }).click();
      await page.evaluate(() => scrollTo(0, 0));
    },
  },
  { name: 'route-fine', path, world: meeting, act: async (page) => { await shown(page); await top(page); } },
  {
    name: 'route-tightened', path,
    world: { ...meeting, preview: ({ fence }) => (fence?.allow ? { outcome: 'tightens', out: noSwiss, consequences: { moves: 3, leaves: 0, worstBefore: 98, worstAfter: 131, growth: 33, computed: true } } : {}) },
    act: async (page) => { await rule(page, 'Only within', ['the European Economic Area']); await top(page); },
  },
  {
    name: 'route-asks', path,
    world: { ...meeting, preview: ({ fence }) => (fence?.deny ? { outcome: 'asks', out: { 'ap-sin': ['deny country:SG', 'participant'] }, consequences: { moves: 2, leaves: 1, worstBefore: 98, worstAfter: 240, growth: 142, computed: true } } : {}) },
    act: async (page) => { await rule(page, 'Not through', ['Singapore']); await top(page); },
  },
  {
    name: 'route-conflict', path, world: { ...meeting, preview: ({ fence }) => (fence?.allow ? refused(conflict) : {}) },
    act: async (page) => { await rule(page, 'Only within', ['Switzerland']); await top(page); },
  },
  {
    name: 'route-nobody', path,
    world: {
      ...meeting, where: {},
      preview: () => refused(problem('no-region-allowed', 422, { regions: conflict.regions.map((one) => (one.rule.startsWith('serves') ? one : { ...one, rule: one.id.startsWith('us') || one.id.startsWith('ap-nrt') ? 'deny operator:US' : 'allow country:BR', scope: one.id.startsWith('us') || one.id.startsWith('ap-nrt') ? 'platform' : 'meeting' })) })),
    },
    act: async (page) => { await shown(page); await top(page); },
  },
  { name: 'route-picker', path, world: meeting, act: async (page) => { await shown(page); await page.getByRole('button', { name: 'Not through ...' }).click(); await top(page); } },
  {
    name: 'conflict', path, world: { ...meeting, refusal: conflict, preview: ({ fence }) => (fence?.allow ? refused(conflict) : {}) },
    act: async (page) => { await rule(page, 'Only within', ['Switzerland']); await press(page); await page.getByRole('heading', { name: /no region in common/ }).waitFor(); },
  },
  {
    name: 'declined', path, world: { ...meeting, refusal: problem('tighten-refused', 403) },
    act: async (page) => { await rule(page, 'Not through', ['Singapore']); await press(page); await page.getByRole('heading', { name: /declined/ }).waitFor(); },
  },
  {
    name: 'host-silent', path, world: { ...meeting, refusal: problem('host-silent', 408) },
    act: async (page) => { await rule(page, 'Not through', ['Singapore']); await press(page); await page.getByRole('heading', { name: /No host/ }).waitFor(); },
  },
  {
    name: 'waiting-host', path, world: { ...meeting, waits: 'host' },
    act: async (page) => { await rule(page, 'Not through', ['Singapore']); await press(page); await page.getByText('Waiting for the host').waitFor(); },
  },
  { name: 'live-route', path, world: live, act: openRoute },
  {
    name: 'live-proof', path, world: live,
    act: async (page) => {
      await openRoute(page);
      await page.getByRole('button', { name: /^Proof: You/ }).click();
      await page.locator('table').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'fence-editor', path, before: asHost,
    world: { ...live, host: true, preview: ({ fence, edits }) => (edits && fence?.deny?.includes('country:SG') ? { outcome: 'tightens', out: { 'ap-sin': ['deny country:SG', 'meeting'] }, consequences: { moves: 3, leaves: 0, movers: ['p_Wei', 'p_Tomas', 'p_Priya'], leavers: [], worstBefore: 98, worstAfter: 112, growth: 14, computed: true } } : {}) },
    act: async (page) => {
      await openRoute(page);
      await page.getByRole('button', { name: 'Edit the fence' }).click();
      await page.getByRole('button', { name: 'Not through more' }).click();
      await page.getByRole('checkbox', { name: 'Singapore' }).first().check();
      await page.getByRole('button', { name: 'Done' }).click();
      await page.waitForTimeout(700);
      await page.getByRole('button', { name: 'Apply' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'host-question', path, before: asHost, world: { ...live, host: true },
    act: async (page, world) => {
      await join(page);
      world.event('tightenAsked', { request: 'r1', name: 'Jonas', fence: { deny: ['country:SG', 'operator:US'] }, consequences: { moves: 3, leaves: 1, worstBefore: 98, worstAfter: 240, growth: 142, computed: true } });
      await page.getByRole('button', { name: 'Accept' }).waitFor();
    },
  },
  {
    name: 'route-changed', path, world: live,
    act: async (page, world) => {
      await openRoute(page);
      world.event('routeChanged', { ...world.route({ p_own: 'eu-fra', p_Amira: 'eu-fra', p_Wei: 'eu-par', p_Tomas: 'eu-par', p_Priya: 'ch-zur', p_Lena: 'eu-fra' }), epoch: 4 });
      await page.locator('.notices p').waitFor();
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'check-failed', path, world: { ...meeting, tamper: 'region' },
    act: async (page) => { await shown(page); await press(page); await page.getByRole('heading', { name: /check failed/ }).waitFor(); },
  },
  { name: 'directory-forged', path, world: { ...meeting, tamper: 'directory' }, act: (page) => page.getByRole('heading', { name: /check failed/ }).waitFor() },
];
