// What a person does to disks, for the behaviour tests and the look-checks.
import { button } from './e2e/pageParts.mjs';

export const disks = (page) => page.getByRole('grid', { name: 'Disks', exact: true });
export const diskRow = (page, name) => disks(page).getByRole('row').filter({ hasText: name });

export async function openAttach(page) {
  await button(page, 'Attach volume').click();
  return page.getByRole('dialog', { name: /^Attach a volume to/ });
}

/** Takes an action of a volume's menu. */
export async function ofVolume(page, name, action) {
  await button(page, `Actions for ${name}`).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
  return page.getByRole('dialog');
}

export async function detach(page, name) {
  await button(diskRow(page, name), 'Detach').click();
  const question = page.getByRole('dialog', { name: /Detach/ });
  await button(question, 'Detach').click();
}
