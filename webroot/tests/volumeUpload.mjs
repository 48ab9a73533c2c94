// How a person has a file of their computer become a volume.
import { button } from './e2e/pageParts.mjs';

const MAGIC = Buffer.from([0x51, 0x46, 0x49, 0xfb]);

export async function openVolumeUpload(page) {
  await button(page, 'Upload volume').click();
  return page.getByRole('dialog', { name: 'Upload volume' });
}

/** A file that begins as its name's ending says: qcow2, unless that is raw. */
function diskBytes(name, length) {
  const bytes = Buffer.alloc(length, 1);
  if (!name.endsWith('.raw')) MAGIC.copy(bytes);
  return bytes;
}

export function chooseDisk(dialog, name, length) {
  const file = { name, mimeType: 'application/octet-stream', buffer: diskBytes(name, length) };
  return dialog.locator('input[type=file]').setInputFiles(file);
}

export async function dropDisk(dialog, name, length) {
  const page = dialog.page();
  const dataTransfer = await page.evaluateHandle(
    ([fileName, size]) => {
      const transfer = new window.DataTransfer();
      transfer.items.add(new window.File([new window.Uint8Array(size)], fileName));
      return transfer;
    },
    [name, length],
  );
  const target = dialog.locator('.pf-v6-c-file-upload');
  for (const event of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(event, { dataTransfer });
}

export const transferOf = (page, name) => page.getByRole('group', { name: `The upload of ${name}`, exact: true });
