// Disks that come and go, as far as it takes a few clicks to see them.
import { detach, ofVolume, openAttach } from './diskActions.mjs';
import { problem } from './mock/api.mjs';
import { id } from './mock/data.mjs';

const HELLO = `/vms/${id('vm hello')}`;
const button = (page, name) => page.getByRole('button', { name, exact: true });
const isAttach = ({ method, path }) => method === 'POST' && path.endsWith('/disks');
const NO_ANSWER = problem(503, 'UNAVAILABLE', 'The service that keeps them does not answer. It may be starting.');

/** Opens a menu of the table of volumes; in the long world nothing is called what it is elsewhere. */
const firstMenu = async (page, action) => {
  await page
    .getByRole('grid', { name: 'Volumes', exact: true })
    .getByRole('button', { name: /^Actions for 06/ })
    .click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
};

export const DISKS = {
  'disk-attach': {
    path: HELLO,
    prepare: async (page) => {
      const dialog = await openAttach(page);
      await dialog.getByRole('radio', { name: 'scratch-disk0' }).check();
    },
  },
  'disk-attach-long': {
    path: HELLO,
    mode: 'long',
    prepare: async (page) => {
      await button(page, 'Attach volume').click();
      await page.getByRole('dialog').getByRole('radio').first().waitFor();
    },
  },
  'disk-attach-crowd': {
    path: `/vms/${id('vm vm-00001')}`,
    mode: 'crowd',
    prepare: async (page) => {
      await openAttach(page);
      await page.getByRole('dialog').getByRole('radio').first().waitFor();
    },
  },
  'disk-attach-empty': {
    path: HELLO,
    prepare: async (page, mock) => {
      mock.control.refuse = ({ path }) => path === '/volumes' && { status: 200, body: { items: [] } };
      await openAttach(page);
      await page.getByText('No volumes yet').waitFor();
    },
  },
  'disk-attach-failing': {
    path: HELLO,
    prepare: async (page, mock) => {
      mock.control.refuse = ({ path }) => path === '/volumes' && NO_ANSWER;
      await openAttach(page);
      await page.getByText('The volumes could not be read').waitFor();
    },
  },
  'disk-attach-refused': {
    path: HELLO,
    prepare: async (page, mock) => {
      const dialog = await openAttach(page);
      mock.control.refuse = (request) =>
        isAttach(request) &&
        problem(
          409,
          'CONFLICT',
          'A task works on the volume scratch-disk0 now; attach it when that has ended. '.repeat(2),
        );
      await dialog.getByRole('radio', { name: 'scratch-disk0' }).check();
      await dialog.getByRole('button', { name: 'Attach', exact: true }).click();
      await dialog.getByText('attach it when').waitFor();
    },
  },
  'disk-detach': {
    path: HELLO,
    prepare: async (page) => {
      await page.getByRole('row').filter({ hasText: 'shared-disk0' }).getByRole('button', { name: 'Detach' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  'disk-kept': {
    path: HELLO,
    control: { guestKeepsDisks: true },
    prepare: async (page) => {
      await detach(page, 'shared-disk0');
      await page.getByText('The guest has not let go').first().waitFor();
      await button(page, 'Tasks: 1 running').click();
    },
  },
  'disk-boot': {
    path: HELLO,
    prepare: async (page) => {
      await page.getByRole('row').filter({ hasText: 'hello-disk0' }).getByRole('button', { name: 'Detach' }).hover();
      await page.getByRole('tooltip').waitFor();
    },
  },
  'disk-to-vm': {
    path: '/storage',
    prepare: async (page) => {
      const dialog = await ofVolume(page, 'old-data-disk0', 'Attach to VM');
      await dialog.getByRole('radio', { name: 'web-2' }).check();
    },
  },
  'disk-from-vm-long': { path: '/storage', mode: 'long', prepare: (page) => firstMenu(page, 'Detach') },
  'disk-from-vm': { path: '/storage', prepare: (page) => ofVolume(page, 'shared-disk0', 'Detach') },
  'disk-share': { path: '/storage', prepare: (page) => ofVolume(page, 'scratch-disk0', 'Make shareable') },
  'disk-create-shared': {
    path: '/storage',
    prepare: async (page) => {
      await button(page, 'Create volume').click();
      await page.getByLabel('Several VMs may use it at once').check();
      await page.getByLabel('Several VMs may use it at once').scrollIntoViewIfNeeded();
    },
  },
  'disk-vm-delete': {
    path: HELLO,
    prepare: async (page) => {
      await button(page, 'Actions for hello').click();
      await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
      await page.getByText('stays, with all').waitFor();
    },
  },
};
