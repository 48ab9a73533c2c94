// Moving VMs to other hosts.
import { id } from './mock/data.mjs';
import { addHosts } from './mock/migration.mjs';
import { problem } from './mock/api.mjs';

const path = `/vms/${id('vm web-1')}`;
const NETWORK = 'It has no network default. Make it there, or add the host to that network, first.';
const PROCESSOR =
  'Its processor lacks features that the guest uses: avx512f, avx512vl, pku. Choose a CPU model that both hosts have, and start the VM anew.';
const SNAPSHOT = 'The VM has snapshots on a pool that each host has for itself (local). Delete them first.';

async function openMigrate(page) {
  await page.getByRole('button', { name: 'Actions for web-1' }).click();
  await page.getByRole('menuitem', { name: 'Migrate…' }).click();
}

/** With so many hosts, of which the second and the third cannot take the VM. */
const withHosts = (count, then) => async (page, mock) => {
  addHosts(mock.state, count);
  mock.control.obstacles = ({ name }) => {
    if (name.startsWith('node-02')) return [NETWORK, PROCESSOR];
    return name.startsWith('node-03') ? [NETWORK] : [];
  };
  mock.control.remarks = ({ name }) =>
    name.startsWith('node-04') ? ['Its processor is newer: the VM gets its features when it is next started.'] : [];
  await openMigrate(page);
  await then?.(page, mock);
};

const choose = (page) => page.getByRole('radio', { name: 'node-01.example.net' }).check();
const submit = (page) => page.getByRole('dialog').getByRole('button', { name: 'Migrate', exact: true }).click();
const expert = (page) => page.getByRole('button', { name: 'Bandwidth and downtime' }).click();

export const MIGRATIONS = {
  'migrate-some': { path, prepare: withHosts(4, choose) },
  'migrate-storage': {
    path,
    prepare: async (page, mock) => {
      await openMigrate(page);
      mock.control.poolObstacles = ({ name }) => (name.startsWith('f') ? [`The pool ${name} is in maintenance.`] : []);
      await page.getByRole('radio', { name: 'Change storage' }).check();
      await page.getByRole('checkbox').first().waitFor();
    },
  },
  'migrate-many': { path, prepare: withHosts(30) },
  'migrate-expert': {
    path,
    prepare: withHosts(1, async (page) => {
      await choose(page);
      await expert(page);
      await page.getByLabel('Bandwidth (MiB/s)', { exact: true }).fill('0');
      await page.getByLabel('Slow the guest down if it must be').scrollIntoViewIfNeeded();
    }),
  },
  'migrate-none': {
    path,
    prepare: async (page, mock) => {
      addHosts(mock.state, 3);
      mock.control.obstacles = () => [SNAPSHOT];
      await openMigrate(page);
    },
  },
  'migrate-alone': {
    path,
    prepare: async (page, mock) => {
      mock.state.host.splice(1);
      await openMigrate(page);
    },
  },
  'migrate-loading': {
    path,
    prepare: async (page, mock) => {
      mock.control.slowly = ({ path: asked }) =>
        asked.endsWith('/migration-targets') ? new Promise(() => undefined) : undefined;
      await openMigrate(page);
    },
  },
  'migrate-forbidden': {
    path,
    prepare: async (page, mock) => {
      mock.control.refuse = ({ path: asked }) =>
        asked.endsWith('/migration-targets') && problem(403, 'FORBIDDEN', 'You may not see where this VM could be.');
      await openMigrate(page);
      await page.getByText('You may not see').waitFor();
    },
  },
  'migrate-refused': {
    path,
    prepare: withHosts(2, async (page, mock) => {
      mock.control.refuse = ({ path: asked }) =>
        asked.endsWith('/migrate') &&
        problem(409, 'CONFLICT', 'node-01.example.net has room for 1 GiB of memory, and the VM needs 8 GiB.');
      await choose(page);
      await submit(page);
      await page.getByText('has room for 1 GiB').waitFor();
    }),
  },
  'migrate-busy': {
    path,
    prepare: withHosts(2, async (page, mock) => {
      await choose(page);
      const vm = mock.state.vm.find(({ name }) => name === 'web-1');
      Object.assign(vm, { activeTaskId: id('task'), version: vm.version + 1 });
      mock.emit('vm', vm);
      await page.getByText('It cannot be migrated now').waitFor();
    }),
  },
  'migrate-off': {
    path: `/vms/${id('vm web-2')}`,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Actions for web-2' }).click();
      await page.getByRole('menuitem', { name: 'Migrate…' }).scrollIntoViewIfNeeded();
    },
  },
  'migrate-working': {
    path,
    prepare: withHosts(2, async (page, mock) => {
      mock.control.working = () => new Promise(() => undefined);
      await choose(page);
      await submit(page);
      await page.getByText('It is being migrated').waitFor();
      await page.getByRole('button', { name: /^Tasks: / }).click();
    }),
  },
  'migrate-done': {
    path,
    prepare: withHosts(2, async (page) => {
      await choose(page);
      await submit(page);
      await page.getByRole('link', { name: 'node-01.example.net' }).waitFor();
      await page.getByRole('tab', { name: 'Events' }).click();
      await page.getByText('Moved from').waitFor();
    }),
  },
  'migrate-long': {
    path,
    mode: 'long',
    prepare: async (page, mock) => {
      addHosts(mock.state, 3).forEach((one, i) => (one.name = `${i}-${'abcdefghij'.repeat(6)}`));
      mock.control.obstacles = ({ name }) =>
        name.startsWith('1') ? [`${name}: ${PROCESSOR} ${NETWORK}`.repeat(2)] : [];
      mock.control.remarks = ({ name }) => (name.startsWith('2') ? [PROCESSOR.repeat(2)] : []);
      await page.getByRole('button', { name: 'Actions', exact: false }).filter({ hasText: 'Actions' }).click();
      await page.getByRole('menuitem', { name: 'Migrate…' }).click();
      await page.getByRole('radio', { name: /^0-abc/ }).check();
    },
  },
  'migrate-bulk': {
    path: '/vms',
    prepare: async (page, mock) => {
      addHosts(mock.state, 3).forEach((one) => mock.emit('host', one, 'created'));
      await page.getByRole('link', { name: 'hello', exact: true }).waitFor();
      await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
      await page.getByLabel('Selected VMs').getByRole('button', { name: 'Migrate', exact: true }).click();
      await page
        .getByRole('dialog')
        .getByLabel('Host')
        .selectOption({ value: id('host node-01') });
    },
  },
};
