import { parseLabels, type FurtherDisk, type Hardware, type Tuning } from './hardware';

type Found = Record<string, string | undefined>;

const KEY = /^[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$/;
const MOST_IOPS = 'A whole number from 1 up, or nothing.';

const isLimit = (typed: number, whole: boolean): boolean =>
  Number.isNaN(typed) || (typed > 0 && (!whole || Number.isInteger(typed)));

/** @param at of the fields, as in `disks[0]` */
export function tuningErrors(tuning: Tuning, at: string): Found {
  return {
    [`${at}.readIops`]: isLimit(tuning.readIops, true) ? undefined : MOST_IOPS,
    [`${at}.writeIops`]: isLimit(tuning.writeIops, true) ? undefined : MOST_IOPS,
    [`${at}.readBytesPerSecond`]: isLimit(tuning.readMib, false) ? undefined : 'More than 0, or nothing.',
    [`${at}.writeBytesPerSecond`]: isLimit(tuning.writeMib, false) ? undefined : 'More than 0, or nothing.',
  };
}

export function furtherErrors(disks: readonly FurtherDisk[]): Found {
  return Object.assign(
    {},
    ...disks.map(({ kind, imageId, volumeId, sizeGib, tuning }, i) => ({
      [`disks[${i + 1}].imageId`]: kind === 'image' && imageId === '' ? 'Choose an image.' : undefined,
      [`disks[${i + 1}].volumeId`]: kind === 'volume' && volumeId === '' ? 'Choose a volume.' : undefined,
      [`disks[${i + 1}].sizeBytes`]: kind !== 'volume' && !(sizeGib > 0) ? 'A size is needed.' : undefined,
      ...tuningErrors(tuning, `disks[${i + 1}]`),
    })),
  ) as Found;
}

function topologyError({ sockets, cores, threads }: Hardware, vcpus: number): string | undefined {
  const said = [sockets, cores, threads].filter((count) => !Number.isNaN(count));
  if (said.length === 0) return undefined;
  if (said.some((count) => !Number.isInteger(count) || count < 1)) return 'Whole numbers from 1 up.';
  const product = said.reduce((all, count) => all * count, 1);
  return product === vcpus ? undefined : `They make ${product} vCPUs, and the VM has ${vcpus}.`;
}

export function hardwareErrors(hardware: Hardware, vcpus: number): Found {
  return { cpu: topologyError(hardware, vcpus) };
}

export function organisationErrors(folder: string, labels: string): Found {
  const names = folder.trim().split('/');
  const isBad = names.some((name) => name.trim() === '' || name === '.' || name === '..');
  const badKey = Object.keys(parseLabels(labels)).find((key) => !KEY.test(key));
  return {
    folder: folder.trim() === '' || !isBad ? undefined : 'Names with "/" between them, as in team/web.',
    labels: badKey === undefined ? undefined : `"${badKey}" is not a label: letters, digits and . _ / - between them.`,
  };
}
