// Networks and cards, as far as it takes a few clicks to see them.
import { id } from './mock/data.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });

export const NETWORKS = {
  'network-create': {
    path: '/networks',
    prepare: async (page) => {
      await button(page, 'Create network').click();
      await page.getByRole('dialog').getByLabel('Type').selectOption('BRIDGE');
    },
  },
  'network-edit': {
    path: `/networks/${id('network lan')}`,
    prepare: async (page) => {
      await button(page, 'Actions for lan').click();
      await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  'nic-add': {
    path: `/vms/${id('vm hello')}`,
    prepare: async (page) => {
      await button(page, 'Add network card').click();
      await page.getByRole('dialog').waitFor();
    },
  },
};
