// How smooth a list of 10,000 VMs stays while many of them change: npm run build && npm run smooth -- [changes a second]
import { performance } from 'node:perf_hooks';
import { launchBrowser } from './browser/launch.mjs';
import { startMock } from './mock/server.mjs';

const CHANGES = Number(process.argv[2] ?? 1000);
const SECONDS = 10;
const TICK_MS = 50;

const STATES = ['RUNNING', 'PAUSED', 'STOPPED'];
const mock = await startMock(0, 'crowd');
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
page.setDefaultTimeout(120_000);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Begins to count what holds the page up: tasks of more than 50 ms, and the time between two frames. */
const count = () =>
  page.evaluate(() => {
    const seen = { tasks: [], frames: [] };
    globalThis.seen = seen;
    new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      entryTypes: ['longtask'],
    });
    let last = globalThis.performance.now();
    const frame = (now) => {
      seen.frames.push(now - last);
      last = now;
      globalThis.requestAnimationFrame(frame);
    };
    globalThis.requestAnimationFrame(frame);
  });

const told = async (what, asked) => {
  const { tasks, frames } = await page.evaluate(() => globalThis.seen);
  const sum = tasks.reduce((all, one) => all + one, 0);
  const late = [...frames].sort((a, b) => a - b)[Math.floor(frames.length * 0.99)] ?? 0;
  console.log(
    `${what}: ${tasks.length} long tasks, ${sum.toFixed(0)} ms together, the longest ${Math.max(0, ...tasks).toFixed(0)} ms;` +
      ` ${frames.length} frames, 99 % of them within ${late.toFixed(0)} ms; ${asked} pages asked for`,
  );
};
const pagesAsked = () => mock.asked.filter(({ method, path }) => method === 'GET' && path === '/vms').length;

/** Changes VMs for a while, one after the other through all of them. */
async function change(next, onEach) {
  const end = performance.now() + SECONDS * 1000;
  let done = next;
  const began = performance.now();
  while (performance.now() < end) {
    const due = next + ((performance.now() - began) * CHANGES) / 1000;
    for (; done < due; done++) onEach(done);
    await pause(TICK_MS);
  }
  return done;
}

function changeState(i) {
  const vm = mock.state.vm[i % mock.state.vm.length];
  Object.assign(vm, { powerState: STATES[i % STATES.length], version: vm.version + 1 });
  mock.emit('vm', vm);
}

function comeOrGo(i) {
  const made = { ...mock.state.vm[0], id: `0192e000-0000-7000-8000-${String(i).padStart(12, 'a')}`, name: `a-${i}` };
  mock.state.vm.push(made);
  mock.emit('vm', made, 'created');
}

await page.goto(`${mock.url}/vms`);
await page.getByRole('link', { name: 'vm-00001', exact: true }).waitFor();
await pause(2000);

await count();
await pause(SECONDS * 1000);
await told('at rest', 0);

await count();
let asked = pagesAsked();
const next = await change(0, changeState);
await told(`${CHANGES} changes a second for ${SECONDS} s`, pagesAsked() - asked);

await count();
asked = pagesAsked();
await change(next, (i) => (i % 20 === 0 ? comeOrGo(i) : changeState(i)));
await told(`the same, one of 20 a new VM`, pagesAsked() - asked);

await count();
asked = pagesAsked();
for (let i = 0; i < 10; i++) {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await pause(500);
}
await told('10 pages turned', pagesAsked() - asked);

await browser.close();
mock.close();
