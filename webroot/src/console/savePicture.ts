/** What a file is called that holds a screen at a moment; a VM's name is safe in it. */
export function pictureName(vmName: string, now: Date): string {
  const pad = (number: number): string => String(number).padStart(2, '0');
  const day = [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join('-');
  return `${vmName} ${day} ${[now.getHours(), now.getMinutes(), now.getSeconds()].map(pad).join('-')}.png`;
}

/** Gives the browser a file to save. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
