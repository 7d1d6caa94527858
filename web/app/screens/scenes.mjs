// Every state that has a picture. `act` brings the page into it; what follows is the shot.
import { nowhere } from './fakeServer.mjs';

const names = [
  'Amira', 'Wei', 'Tomas', 'Priya', 'Lena', 'Jonas', 'Sofía', 'Kwame', 'Yuki', 'Noor', 'Elif', 'Marek', 'Ingrid', 'Thiago',
  'Fatou', 'Oskar', 'Mei', 'Ravi', 'Chloé', 'Anton', 'Zeynep', 'Luca', 'Hana', 'Emeka', 'Freya', 'Mateo', 'Aisha', 'Björn', 'Nadia',
];

export const crowd = (count, change = () => ({})) =>
  names.slice(0, count).map((name, index) => ({
    id: `p_${name}`, name, microphone: index % 4 !== 3, camera: index % 5 !== 2, since: index + 1, hue: (index * 47) % 360, ...change(index),
  }));

export const join = async (page) => {
  await page.getByLabel('Your name').fill('Jonas Weber');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('button', { name: 'Leave' }).waitFor();
  await page.waitForTimeout(1500);
};
const devicesUp = (page) => page.locator('video').first().waitFor();
const heading = (page) => page.locator('h1').waitFor();

export const scenes = [
  { name: 'start', path: '/', world: {}, act: heading },
  {
    name: 'start-down', path: '/', world: { meeting: 'down' },
    act: async (page) => {
      await page.getByRole('button', { name: 'Start a meeting' }).click();
      await page.locator('.problem').waitFor();
    },
  },
  { name: 'start-nowhere', path: '/', world: { regions: [nowhere] }, act: heading },
  { name: 'prejoin-nowhere', path: '/m/eu-fra-demo', world: { regions: [nowhere] }, act: devicesUp },
  { name: 'prejoin', path: '/m/eu-fra-demo', world: { title: 'Project Heron' }, act: devicesUp },
  { name: 'prejoin-refused', path: '/m/eu-fra-demo', world: { title: 'Project Heron' }, devices: 'refused', act: (page) => page.locator('.problem').waitFor() },
  { name: 'prejoin-none', path: '/m/eu-fra-demo', world: {}, devices: 'none', act: (page) => page.locator('.problem').waitFor() },
  { name: 'prejoin-busy', path: '/m/eu-fra-demo', world: {}, devices: 'busy', act: (page) => page.locator('.problem').waitFor() },
  { name: 'prejoin-asking', path: '/m/eu-fra-demo', world: {}, devices: 'asking', act: heading },
  { name: 'loading', path: '/m/eu-fra-demo', world: { meeting: 'slow' }, act: (page) => page.waitForTimeout(500) },
  { name: 'unknown', path: '/m/eu-fra-demo', world: { meeting: 'unknown' }, act: heading },
  { name: 'ended-before', path: '/m/eu-fra-demo', world: { meeting: 'ended' }, act: heading },
  { name: 'down', path: '/m/eu-fra-demo', world: { meeting: 'down' }, act: heading },
  {
    name: 'locked', path: '/m/eu-fra-demo', world: { meeting: 'locked' },
    act: async (page) => {
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await page.getByRole('heading', { name: /locked/ }).waitFor();
    },
  },
  { name: 'alone', path: '/m/eu-fra-demo', world: { title: 'Project Heron' }, act: join },
  { name: 'two', path: '/m/eu-fra-demo', world: { title: 'Project Heron', participants: crowd(1) }, act: join },
  { name: 'six', path: '/m/eu-fra-demo', world: { title: 'Project Heron', participants: crowd(5), speaker: 'p_Amira', levels: { p_Wei: 2, p_Priya: 1 } }, act: join },
  {
    name: 'six-people', path: '/m/eu-fra-demo',
    world: { title: 'Project Heron', participants: crowd(5), speaker: 'p_Amira', levels: { p_Wei: 2, p_Priya: 1 } },
    act: async (page) => {
      await join(page);
      await page.getByRole('button', { name: 'People' }).click();
    },
  },
  {
    name: 'muted-menu', path: '/m/eu-fra-demo', world: { title: 'Project Heron', participants: crowd(2) },
    act: async (page) => {
      await join(page);
      await page.getByRole('button', { name: 'Mute microphone', exact: true }).click();
      await page.getByRole('button', { name: 'Turn camera off' }).click();
      await page.getByRole('button', { name: /Choose microphone/ }).click();
    },
  },
  { name: 'twelve', path: '/m/eu-fra-demo', world: { participants: crowd(11), speaker: 'p_Yuki' }, act: join },
  { name: 'thirty', path: '/m/eu-fra-demo', world: { participants: crowd(29), speaker: 'p_Amira' }, act: join },
  {
    name: 'long-names', path: '/m/eu-fra-demo',
    world: { title: 'A meeting whose title is far too long to fit into any bar of any window that people use', participants: crowd(3, (i) => ({ name: ['Maximiliane Wolkenstein-Trostburg von und zu Hohenfels-Altenburg', 'محمد عبد الرحمن بن عبد الله', 'Wei'][i] })) },
    act: async (page) => {
      await join(page);
      await page.getByRole('button', { name: 'People' }).click();
    },
  },
  {
    name: 'reconnecting', path: '/m/eu-fra-demo', world: { title: 'Project Heron', participants: crowd(2) },
    act: async (page, world) => {
      await join(page);
      await page.routeWebSocket('**/hub*', (socket) => socket.close());
      world.drop();
      await page.getByText('Reconnecting').waitFor();
    },
  },
  {
    name: 'ended', path: '/m/eu-fra-demo', world: { participants: crowd(1) },
    act: async (page, world) => {
      await join(page);
      world.event('ended', { reason: 'host' });
      await page.getByRole('heading', { name: 'The meeting has ended' }).waitFor();
    },
  },
  {
    // The whole way by keyboard alone.
    name: 'keyboard', path: '/', world: { participants: crowd(2) },
    act: async (page) => {
      const press = async (key, times = 1) => {
        for (let i = 0; i < times; i++) await page.keyboard.press(key);
      };
      const focused = (text) => page.waitForFunction((want) => (document.activeElement?.ariaLabel ?? document.activeElement?.textContent ?? '').includes(want), text, { timeout: 5000 });
      await heading(page);
      await press('Tab', 2);
      await focused('Start a meeting');
      await press('Enter');
      await page.waitForFunction(() => document.activeElement?.id === 'name');
      await page.keyboard.type('Jonas Weber');
      await press('Tab', 2);
      await focused('Not through');
      await press('Enter');
      await page.waitForFunction(() => document.activeElement?.type === 'checkbox');
      await press('Space');
      await press('Escape');
      await focused('Not through more');
      await press('Shift+Tab', 3);
      await page.waitForFunction(() => document.activeElement?.id === 'name');
      await press('Enter');
      await page.getByRole('button', { name: 'Leave' }).waitFor();
      await press('Tab');
      await focused('Checked by your browser');
      await press('Enter');
      await focused('Route');
      await press('Tab', 2);
      await focused('Proof');
      await press('Enter');
      await page.getByText('Fingerprint of the connection').waitFor();
      await press('r');
      await focused('Checked by your browser');
      await press('Tab');
      await focused('Mute microphone');
      await press('m');
      await page.getByRole('button', { name: 'Unmute microphone' }).waitFor();
      await press('v');
      await page.getByRole('button', { name: 'Turn camera on' }).waitFor();
      await press('Tab');
      await press('Enter');
      await page.waitForFunction(() => document.activeElement?.tagName === 'SELECT');
      await press('Escape');
      await focused('Choose microphone');
      await press('?');
      await page.getByText('Esc', { exact: true }).waitFor();
      await press('Escape');
      await focused('Choose microphone');
      await press('p');
      await page.getByRole('heading', { name: '3 people' }).waitFor();
    },
  },
  {
    name: 'left', path: '/m/eu-fra-demo', world: { participants: crowd(1) },
    act: async (page) => {
      await join(page);
      await page.getByRole('button', { name: 'Leave' }).click();
      await page.getByRole('heading', { name: 'You left the meeting' }).waitFor();
    },
  },
];
