import { button, heading, openFromMenu, takeAction, textBox, vmRow } from './pageParts.mjs';
import { create, createForm, goTo } from '../createForm.mjs';
import { MINUTE, SECOND, until } from './until.mjs';

export async function logIn({ page, settings }) {
  await page.goto(settings.url);
  await textBox(page, 'User name').fill(settings.user);
  await textBox(page, 'Password').fill(settings.password);
  await button(page, 'Log in').click();
  await heading(page, 'Dashboard').waitFor({ timeout: 30 * SECOND });
  // A reload would lose this: the rest is to work live.
  await page.evaluate(() => (window.lqxNotReloaded = true));
}

async function fillForm({ page, settings }) {
  const form = createForm(page);
  const number = (name) => form.getByRole('spinbutton', { name, exact: true });
  await textBox(form, 'Name').fill(settings.vmName);
  await goTo(form, 'Image and disks');
  const image = form.getByRole('combobox', { name: 'Image' });
  const option = await until(`the image ${settings.image} is offered`, 30 * SECOND, async () => {
    const labels = await image.getByRole('option').allTextContents();
    return labels.find((label) => label.startsWith(`${settings.image} (`));
  });
  await image.selectOption({ label: option });
  await goTo(form, 'Hardware');
  await number('vCPUs').fill('1');
  await number('Memory (GiB)').fill('0.25');
  await goTo(form, 'Access');
  await textBox(form, 'User').fill('tester');
  await textBox(form, 'Password').fill('e2e-Password-1');
  await textBox(form, 'Password again').fill('e2e-Password-1');
  await goTo(form, 'Boot and first start');
  await form.getByRole('checkbox', { name: 'Wait for the guest agent' }).uncheck();
  return form;
}

export async function createVm({ page, settings, shoot }) {
  await openFromMenu(page, 'Virtual machines');
  await page.getByRole('link', { name: 'Create VM' }).or(button(page, 'Create VM')).first().click();
  const form = await fillForm({ page, settings });
  await shoot('create-form');
  await create(form);
  await heading(page, settings.vmName).waitFor({ timeout: 30 * SECOND });
}

export async function seeItRun({ page, settings, shoot }) {
  await openFromMenu(page, 'Virtual machines');
  const row = vmRow(page, settings.vmName);
  await row.waitFor({ timeout: 30 * SECOND });
  await row.getByText('Running', { exact: true }).waitFor({ timeout: 3 * MINUTE });
  await shoot('list-running');
}

export async function openItsPage({ page, settings, shoot }) {
  await vmRow(page, settings.vmName).getByRole('link', { name: settings.vmName, exact: true }).click();
  await heading(page, settings.vmName).waitFor();
  await shoot('vm-page');
}

export async function forceStop({ page, settings }) {
  await takeAction(page, settings.vmName, 'Force stop', 'Force stop');
  await button(page, 'Start').waitFor({ timeout: MINUTE });
  await page.getByRole('main').getByText('Stopped', { exact: true }).first().waitFor({ timeout: MINUTE });
}

export async function deleteWithDisks({ page, settings, shoot }) {
  await takeAction(page, settings.vmName, 'Delete', 'Delete');
  await openFromMenu(page, 'Virtual machines');
  await vmRow(page, settings.vmName).waitFor({ state: 'detached', timeout: 2 * MINUTE });
  await openFromMenu(page, 'Storage');
  const volumes = page.getByRole('row').filter({ hasText: settings.vmName });
  await until('the disks of the VM are gone', MINUTE, async () => (await volumes.count()) === 0);
  await shoot('after-delete');
}

export async function wasNeverReloaded({ page }) {
  if (!(await page.evaluate(() => window.lqxNotReloaded))) throw new Error('The page was reloaded on the way.');
}
