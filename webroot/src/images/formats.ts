import type { CreateImage, Image } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';

type Format = CreateImage['format'];

/** What the file of an image can be; the last ones are other programs' and become qcow2. */
export const FORMATS: { value: Format; label: string }[] = [
  { value: 'qcow2', label: 'qcow2' },
  { value: 'raw', label: 'raw' },
  { value: 'iso', label: 'ISO' },
  { value: 'vmdk', label: 'VMDK (VMware)' },
  { value: 'vhd', label: 'VHD (Azure, Hyper-V)' },
  { value: 'vhdx', label: 'VHDX (Hyper-V)' },
  { value: 'vdi', label: 'VDI (VirtualBox)' },
  { value: 'qed', label: 'QED' },
  { value: 'ova', label: 'OVA (a whole appliance)' },
];

const FOREIGN: ReadonlySet<string> = new Set(['vmdk', 'vhd', 'vhdx', 'vdi', 'qed']);

/** What is done with a file of this format, beyond that it is checked. */
export const hintOf = (format: Format): string => {
  if (format === 'ova') return 'Each of its disks becomes an image of its own, and its hardware is kept for VMs.';
  return FOREIGN.has(format)
    ? 'It is converted to qcow2. One that is compressed (gzip, xz, zstd, bzip2) is unpacked before.'
    : 'One that is compressed (gzip, xz, zstd, bzip2) is unpacked.';
};

const labelOf = (format: string): string => FORMATS.find(({ value }) => value === format)?.label ?? format;

/** What an image's file was that was unpacked or converted, as in "VMDK (VMware), compressed by gzip, 1.2 GiB". */
export function cameAs({ cameAs: came }: Pick<Image, 'cameAs'>): string | undefined {
  if (!came) return undefined;
  const compressed = came.compression ? [`compressed by ${came.compression}`] : [];
  return [labelOf(came.format), ...compressed, formatBytes(came.fileBytes)].join(', ');
}
