// What is only seen after a few clicks.
import { ACCESS } from './accessScenes.mjs';
import { createForm, goTo } from './createForm.mjs';
import { CREATIONS, fillCreateForm } from './createScenes.mjs';
import { CATALOGUE } from './catalogueScenes.mjs';
import { DEFINITIONS } from './definitionScenes.mjs';
import { SNAPSHOTS } from './snapshotScenes.mjs';
import { DISKS } from './diskScenes.mjs';
import { EDITS } from './editScenes.mjs';
import { IMAGES } from './imageScenes.mjs';
import { id } from './mock/data.mjs';
import { LISTS } from './listScenes.mjs';
import { MIGRATIONS } from './migrationScenes.mjs';
import { MONITORING } from './monitoringScenes.mjs';
import { NETWORKS } from './networkScenes.mjs';
import { create as createPool, fillDirectoryPool, openPoolWizard } from './poolWizard.mjs';
import { REFUSED } from './refusedScenes.mjs';
import { TRANSFERS } from './transferScenes.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const field = (page, name) => page.getByRole('textbox', { name });

export const SCENES = {
  ...ACCESS,
  ...CATALOGUE,
  ...CREATIONS,
  ...DEFINITIONS,
  ...SNAPSHOTS,
  ...DISKS,
  ...EDITS,
  ...IMAGES,
  ...LISTS,
  ...MIGRATIONS,
  ...MONITORING,
  ...NETWORKS,
  ...REFUSED,
  ...TRANSFERS,
  'log-in': { path: '/', control: { loggedIn: false } },
  'first-password': { path: '/', control: { mustChangePassword: true } },
  'change-password-refused': {
    path: '/',
    prepare: async (page) => {
      await button(page, 'User menu: admin').click();
      await page.getByRole('menuitem', { name: 'Change password' }).click();
      await field(page, 'Old password').fill('wrong');
      await field(page, 'New password', { exact: true }).first().fill('correct horse battery');
      await field(page, 'New password again').fill('correct horse battery');
      await page.getByRole('dialog').getByRole('button', { name: 'Change password' }).click();
      await page.getByText('This is not your password.').waitFor();
    },
  },
  'log-in-again': {
    path: '/vms/new',
    prepare: async (page, mock) => {
      await fillCreateForm(page);
      await goTo(createForm(page), 'Review');
      mock.control.loggedIn = false;
      await button(page, 'Create VM').click();
      await page.getByRole('dialog').waitFor();
    },
  },
  'vm-menu': {
    path: '/vms',
    prepare: (page) => button(page, 'Actions for web-2').click(),
  },
  'vm-delete': {
    path: `/vms/${id('vm web-1')}`,
    prepare: async (page) => {
      await button(page, 'Actions for web-1').click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
    },
  },
  'vm-gone': { path: '/vms/0192e000-0000-7000-8000-999999999999' },
  'task-drawer': {
    path: '/vms',
    prepare: async (page) => {
      await button(page, 'Tasks: 1 running').click();
      await button(page, 'Log').first().click();
    },
  },
  'task-log': {
    path: '/tasks',
    prepare: (page) =>
      page
        .getByRole('button', { name: /^Log of/ })
        .first()
        .click(),
  },
  'tasks-failed': { path: '/tasks', mode: 'crowd', prepare: (page) => button(page, 'Failed').click() },
  'task-cancel': {
    path: '/tasks',
    prepare: (page) => button(page, 'Cancel').first().click(),
  },
  'audit-forbidden': { path: '/audit', control: { forbidden: true } },
  'image-add': { path: '/images', prepare: (page) => button(page, 'Add image').click() },
  'image-details': {
    path: '/images',
    prepare: async (page) => {
      await button(page, 'Actions for debian-13').click();
      await page.getByRole('menuitem', { name: 'Details' }).click();
    },
  },
  'pool-capacity': {
    path: `/storage/pools/${id('pool rbd')}`,
    prepare: async (page) => {
      await button(page, 'Week').click();
      const chart = page.locator('.lqx-chart canvas');
      await chart.waitFor();
      await chart.scrollIntoViewIfNeeded();
    },
  },
  'pool-type': { path: '/storage', prepare: (page) => openPoolWizard(page) },
  'pool-settings': {
    path: '/storage',
    prepare: async (page) => {
      const wizard = await openPoolWizard(page);
      await field(wizard, 'Name').fill('cluster');
      await wizard.getByRole('radio', { name: /^Ceph RBD/ }).check();
      await button(wizard, 'Next').click();
    },
  },
  'pool-test-failed': {
    path: '/storage',
    prepare: async (page) => {
      const wizard = await openPoolWizard(page);
      await fillDirectoryPool(wizard, 'fast', '/srv/fast');
      await button(wizard, 'Test on these hosts').click();
      await wizard.getByText('There is no such directory.').waitFor();
    },
  },
  'pool-refused': {
    path: '/storage',
    prepare: async (page) => {
      const wizard = await openPoolWizard(page);
      await fillDirectoryPool(wizard, 'fast', '/mnt/fast');
      await createPool(wizard).click();
      await wizard.getByText('The pool cannot be created.').waitFor();
      await button(wizard, 'Back').click();
    },
  },
  'pool-unmanaged': {
    path: `/storage/pools/${id('pool local')}`,
    prepare: async (page) => {
      await button(page, 'Look for them').click();
      await page.getByText('by hand.qcow2').waitFor();
      await page.getByText('Made by hand', { exact: true }).scrollIntoViewIfNeeded();
    },
  },
  snapshots: {
    path: '/storage',
    prepare: async (page) => {
      await button(page, 'Actions for old-data-disk0').click();
      await page.getByRole('menuitem', { name: 'Snapshots' }).click();
      await page.getByText('before-the-upgrade').waitFor();
    },
  },
  'volume-menu': { path: '/storage', prepare: (page) => button(page, 'Actions for hello-disk0').click() },
  'volume-clone': {
    path: '/storage',
    prepare: async (page) => {
      await button(page, 'Actions for old-data-disk0').click();
      await page.getByRole('menuitem', { name: 'Clone or copy' }).click();
    },
  },
  'volume-create': { path: '/storage', prepare: (page) => button(page, 'Create volume').click() },
  'search-nothing': {
    path: '/vms',
    mode: 'crowd',
    prepare: async (page) => {
      await field(page, 'Find by name').fill('no-such-vm');
      await page.getByText('Nothing matches').waitFor();
    },
  },
  'search-crowd': {
    path: '/vms',
    mode: 'crowd',
    prepare: async (page) => {
      await field(page, 'Find by name').fill('vm-0999');
      await page.getByText('vm-09999').waitFor();
      await page.getByText('vm-00001').waitFor({ state: 'detached' });
    },
  },
  toast: {
    path: `/vms/${id('vm web-2')}`,
    prepare: async (page) => {
      await button(page, 'Start').click();
      await page.getByText('Done.').waitFor();
    },
  },
};
