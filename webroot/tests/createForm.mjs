// The steps of the wizard that makes a VM, as a person takes them.
import { button } from './e2e/pageParts.mjs';

export const createForm = (page) => page.getByRole('form', { name: 'Create VM' });

/** A step in the list of them, whatever is said of it there. */
export const stepIn = (form, name) =>
  form
    .getByRole('navigation', { name: 'Steps of the new VM' })
    .getByRole('button', { name: new RegExp(`^${name}( ?,|$)`) });

export const goTo = (form, name) => stepIn(form, name).click();

/** Goes to the end and asks for the VM. */
export async function create(form) {
  await goTo(form, 'Review');
  await button(form, 'Create VM').click();
}
