// The steps of the wizard that makes a pool, as a person takes them.
import { button, textBox } from './e2e/pageParts.mjs';

export async function openPoolWizard(page) {
  await button(page, 'Create pool').click();
  return page.getByRole('dialog', { name: 'Create pool' });
}

/** Fills in a directory pool and goes on to the last step. */
export async function fillDirectoryPool(wizard, name, path) {
  await textBox(wizard, 'Name').fill(name);
  await button(wizard, 'Next').click();
  await textBox(wizard, 'Directory').fill(path);
  await button(wizard, 'Next').click();
}

/** From the last step to the settings and back, with another directory. */
export async function correctDirectory(wizard, path) {
  await button(wizard, 'Back').click();
  await textBox(wizard, 'Directory').fill(path);
  await button(wizard, 'Next').click();
}

/** The button of the last step. */
export const create = (wizard) => button(wizard, 'Create pool');
