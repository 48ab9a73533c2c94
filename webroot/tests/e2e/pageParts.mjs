// How a user, or a screen reader, would name the parts of a page.

export const button = (within, name) => within.getByRole('button', { name, exact: true });

export const textBox = (within, name) => within.getByRole('textbox', { name, exact: true });

export const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });

export async function openFromMenu(page, entry, title = entry) {
  // Narrow windows hide the navigation behind a button.
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: entry, exact: true });
  await link.click();
  await heading(page, title).waitFor();
}

export function vmRow(page, name) {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
}

export async function takeAction(page, vmName, action, confirmation) {
  await button(page, `Actions for ${vmName}`).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await button(dialog, confirmation).click();
  await dialog.waitFor({ state: 'detached' });
}
