import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { button, openPage, sent } from './harness.mjs';

const HELLO = `/vms/${id('vm hello')}`;

test('what somebody changed by hand is shown on the page of the VM, and taken back on request', async (t) => {
  const { page, mock } = await openPage(t, HELLO, 'full', { drifted: ['hello'] });
  await page.getByText('Drifted', { exact: true }).waitFor();
  const table = page.getByRole('grid', { name: 'Changed outside of LimiQuantix' });
  const memory = table.getByRole('row').filter({ hasText: 'Memory' });
  await memory.getByText('2 GiB').waitFor();
  await memory.getByText('4 GiB').waitFor();
  await table.getByText('something that LimiQuantix does not know: <devices/sound>').waitFor();
  await button(page, 'Correct').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('What was changed of hello outside of LimiQuantix is taken back.').waitFor();
  await button(dialog, 'Correct').click();
  await sent(mock, 'POST', `${HELLO}/correct-drift`);
  await table.waitFor({ state: 'detached' });
  await page.getByText('Drifted', { exact: true }).waitFor({ state: 'detached' });
});

test('what can be kept of it is made the VM’s own, and what cannot says why', async (t) => {
  const { page, mock } = await openPage(t, HELLO, 'full', { drifted: ['hello'] });
  const table = page.getByRole('grid', { name: 'Changed outside of LimiQuantix' });
  await table.getByText('LimiQuantix has no setting for it.').waitFor();
  await button(page, 'Accept').hover();
  await page.getByText('Disk vdx: Disks come and go by LimiQuantix alone. All is accepted or nothing.').waitFor();
  mock.control.acceptable = true;
  await page.reload();
  await button(page, 'Accept').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Memory: 2 GiB becomes 4 GiB.').waitFor();
  await button(dialog, 'Accept').click();
  await sent(mock, 'POST', `${HELLO}/accept-drift`);
  await table.waitFor({ state: 'detached' });
});

test('a VM that is as it was made says nothing of that', async (t) => {
  const { page, mock } = await openPage(t, HELLO);
  await sent(mock, 'GET', `${HELLO}/drift`);
  await page.getByRole('heading', { name: 'Machine' }).waitFor();
  await page.getByText('Drifted', { exact: true }).waitFor({ state: 'detached' });
});
