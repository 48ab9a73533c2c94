import type { Image, Vm, VmDisk, Volume } from '../../core/api/types';

/** A disk of a VM with what is known of its volume. */
export interface DiskRow {
  vm: Vm;
  disk: VmDisk;
  /** Its volume's, which is read apart from the VM. */
  name: string;
  sizeBytes: number;
}

export function diskRows(vm: Vm, volumes: readonly (Volume | undefined)[]): readonly DiskRow[] {
  return vm.disks.map((disk) => {
    const volume = volumes.find((candidate) => candidate?.id === disk.volumeId);
    return { vm, disk, name: volume?.name ?? disk.volumeId, sizeBytes: volume?.sizeBytes ?? disk.sizeBytes };
  });
}

/** Where the disk comes from, in words. */
export function originOf(disk: VmDisk, images: readonly Image[]): string {
  if (disk.attached) return 'Attached';
  if (disk.imageId === undefined) return 'Made with the VM';
  const image = images.find((candidate) => candidate.id === disk.imageId);
  return image ? `Image ${image.name}` : 'An image';
}
