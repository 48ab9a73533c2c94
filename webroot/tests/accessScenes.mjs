// How somebody gets in: keys of the profile, what a form and a VM's page say of it.
import { create, createForm, goTo } from './createForm.mjs';
import { fillCreateForm } from './createScenes.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const FINGERPRINT = 'SHA256:8bkqvPbEwOKwjoO82KH/MCGrzEABx7evyHaM0UHKCJQ';
const LINE = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f me@here';
const named = (name) => ({ id: name, name, publicKey: LINE, type: 'ssh-ed25519', fingerprint: FINGERPRINT });
const sshKeys = [named('laptop'), named('workstation at the office')];

export const ACCESS = {
  'access-nobody': {
    path: '/vms/new',
    control: { sshKeys },
    prepare: async (page) => {
      await goTo(createForm(page), 'Access');
      await button(page, 'Next').click();
      await page.locator('#vm-nobody-logs-in').scrollIntoViewIfNeeded();
    },
  },
  'access-first-start': {
    path: '/vms/new',
    control: {
      refuseCreate: [
        {
          field: 'cloudInit.userData',
          message: 'Line 2: cloud-init does not know "packges". Did you mean "packages"?',
        },
      ],
    },
    prepare: async (page) => {
      await fillCreateForm(page);
      await goTo(createForm(page), 'Boot and first start');
      await button(page, 'Host name, locale, commands and user-data').click();
      await page.locator('#vm-user-data').fill('#cloud-config\npackges: [vim]\n');
      await create(createForm(page));
      await page.locator('#vm-user-data-hint').scrollIntoViewIfNeeded();
    },
  },
  'access-preview': {
    path: '/vms/new',
    prepare: async (page) => {
      await fillCreateForm(page);
      await goTo(createForm(page), 'Review');
      await button(page, 'Preview what the guest is told').click();
      await page.getByText('network-config').waitFor();
    },
  },
  'access-keys': {
    path: '/vms',
    control: { sshKeys },
    prepare: async (page) => {
      await button(page, 'User menu: admin').click();
      await page.getByRole('menuitem', { name: 'SSH keys' }).click();
    },
  },
  'access-card': {
    path: '/vms',
    prepare: async (page) => {
      await page.getByRole('link', { name: 'web-1', exact: true }).first().click();
      await page.getByText('me@here').scrollIntoViewIfNeeded();
    },
  },
};
