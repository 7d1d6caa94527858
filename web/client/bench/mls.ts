/** Figures of the MLS member for docs/performance-log.md: run by bench/run.mjs. Times are processor time of the whole process, so that others on the machine matter less. */
import { MlsGroup } from '../src/mls/group';
import type { OwnKeyPackages } from '../src/mls/keyPackages';
import { makeKeyPackages } from '../src/mls/keyPackages';
import { openDeviceIdentity } from '../src/mls/deviceIdentity';
import { loadSuite, type SuiteName } from '../src/mls/suites';
import { World } from '../tests/mls/support/world';

declare const process: { argv: string[]; cpuUsage(): { user: number; system: number }; memoryUsage(): { heapUsed: number; external: number; arrayBuffers: number } };
declare const gc: (() => void) | undefined;

const scope = { meeting: 'eu-fra.meeting', generation: 1, secret: null };
const show = (line: string): void => console.log(line); // eslint-disable-line no-console

function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const before = processor();
  const result = await work();
  return [result, processor() - before];
}

async function packagesFor(participant: string, suite: SuiteName): Promise<OwnKeyPackages> {
  return makeKeyPackages(scope, participant, await openDeviceIdentity(undefined), [await loadSuite(suite)]);
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** One joins a group of n - 1, which was made by one commit. */
async function joins(suite: SuiteName): Promise<void> {
  for (const n of [2, 10, 50, 100]) {
    const [own] = (await packagesFor('p0', suite)).bySuite;
    if (!own) return;
    const founder = await MlsGroup.create(scope, own);
    let other: MlsGroup | null = null;
    if (n > 2) {
      const packages = await Promise.all(Array.from({ length: n - 2 }, (_, index) => packagesFor(`p${index + 1}`, suite)));
      const pending = await founder.commit(await Promise.all(packages.map(async (one) => (await founder.readKeyPackage(one.encoded)).keyPackage)), []);
      founder.apply(pending);
      other = await MlsGroup.join(scope, packages.slice(0, 1), pending.welcome ?? new Uint8Array(), pending.tree ?? new Uint8Array(), () => false);
    }
    const figures: { make: number[]; commit: number[]; process: number[]; join: number[]; update: number[]; remove: number[] } = { make: [], commit: [], process: [], join: [], update: [], remove: [] };
    let sizes = '';
    for (let round = 0; round < 5; round++) {
      const [newcomer, make] = await timed(() => packagesFor(`late${round}`, suite));
      const [pending, commit] = await timed(async () => founder.commit([(await founder.readKeyPackage(newcomer.encoded)).keyPackage], []));
      const [joined, join] = await timed(() => MlsGroup.join(scope, [newcomer], pending.welcome ?? new Uint8Array(), pending.tree ?? new Uint8Array(), () => false));
      founder.apply(pending);
      figures.make.push(make);
      figures.commit.push(commit);
      figures.join.push(join);
      if (other) figures.process.push((await timed(async () => other?.process(pending.commit)))[1]);
      sizes = `key package ${newcomer.encoded.length}, commit ${pending.commit.length}, welcome ${pending.welcome?.length ?? 0}, tree ${pending.tree?.length ?? 0} bytes`;
      const [out, remove] = await timed(() => founder.commit([], [joined.ownLeaf]));
      figures.remove.push(remove);
      founder.apply(out);
      await other?.process(out.commit);
      sizes += `, removal ${out.commit.length}`;
    }
    const text = Object.entries(figures).filter(([, values]) => values.length > 0).map(([name, values]) => `${name} ${median(values).toFixed(1)}`).join(', ');
    show(`${suite} n=${n}: ${text} ms; ${sizes}`);
  }
}

/** n arrive within a second in a meeting of their own; each has a processor of its own, the way is 20 ms long. */
async function burst(suite: SuiteName, n: number): Promise<void> {
  const world = new World({ suites: [suite] });
  world.work = processor;
  for (let index = 0; index < n; index++) {
    await world.arrive(`p${index}`);
    await world.run(1_000 / n);
  }
  const total = processor();
  while (!(world.present().every((one) => one.member.status.members.length === n) && world.agreed()) && world.now < 60_000) await world.run(50);
  const epochs = world.present()[0]?.member.status.epoch ?? 0;
  const inEpoch = world.present().map((one) => one.epochs.length);
  show(`${suite} burst of ${n}: all in one epoch ${(world.now / 1_000).toFixed(2)} s after the first click, ${epochs} commits, at most ${Math.max(...inEpoch)} epochs a member, faults ${world.present().flatMap((one) => one.faults).length}, ${((processor() - total) / n).toFixed(0)} ms of work a member`);
}

/** Memory over 1,000 epochs of a group of four, each committing in turn, with a message in each epoch. */
async function memory(): Promise<void> {
  const world = new World();
  for (const one of ['a', 'b', 'c', 'd']) {
    await world.arrive(one);
    await world.run(1_500);
  }
  const people = world.present();
  for (let n = 1; n <= 1_000; n++) {
    const person = people[n % people.length];
    if (!person) return;
    const { generation, epoch } = person.member.status;
    await world.give(person, { kind: 'event', name: 'mlsWork', argument: { generation, epoch, add: [], remove: [] } });
    await world.give(person, { kind: 'chat', id: `m${n}`, text: `message ${n}` });
    await world.run(5_000);
    for (const one of people) {
      // The harness keeps a record; what counts is what the members keep.
      one.epochs.splice(0, one.epochs.length - 1);
      one.chats.length = one.sent.length = one.faults.length = 0;
    }
    world.wire.length = 0;
    if (n === 50 || n % 250 === 0) {
      gc?.();
      const { heapUsed, external } = process.memoryUsage();
      show(`epoch ${person.member.status.epoch}: heap ${(heapUsed / 1e6).toFixed(2)} MB, outside it ${(external / 1e6).toFixed(2)} MB, agreed ${world.agreed()}`);
    }
  }
}

const parts: Record<string, () => Promise<void>> = {
  joins: async () => {
    await joins('classic');
    await joins('x-wing');
  },
  burst: async () => {
    for (const suite of ['classic', 'x-wing'] as const) await burst(suite, Number(process.argv[3] ?? 100));
  },
  memory,
};

for (const [name, part] of Object.entries(parts)) if ((process.argv[2] ?? name) === name) await part();
