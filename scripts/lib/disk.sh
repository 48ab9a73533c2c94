# shellcheck shell=bash
# A disk that starts under BIOS, made of a directory tree: no loop device, no mount, no kernel module. Needs common.sh.

disk_start=2048 # first sector of the partition; GRUB lives in the gap before it

# disk_make TREE OUT.qcow2 MEGABYTES [-c]: one ext4 partition with the tree's content, compressed with -c; GRUB runs the
# tree's /boot/grub/grub.cfg.
# The file system's UUID is in disk_uuid, set by the caller where the tree has to know it.
disk_make() {
  local tree=$1 out=$2 sectors=$(($3 * 2048)) work
  shift 3
  work=$(mktemp -d "$out.XXXXXX")
  truncate -s $((sectors * 512)) "$work/raw"
  printf 'label: dos\nstart=%s, size=%s, type=83, bootable\n' $disk_start $((sectors - disk_start)) | sfdisk -q "$work/raw"
  disk_file_system "$tree" "$work/raw" $(((sectors - disk_start) / 2))
  disk_boot_loader "$work"
  qemu-img convert -q -f raw -O qcow2 "$@" "$work/raw" "$out"
  rm -rf "$work"
}

# Features are listed in full, because newer tools turn on by default what an older GRUB or resize2fs cannot read.
disk_file_system() {
  mke2fs -q -F -t ext4 -U "${disk_uuid:-random}" -m 0 -d "$1" \
    -O none,has_journal,ext_attr,resize_inode,dir_index,filetype,extent,64bit,flex_bg,sparse_super,large_file,huge_file,dir_nlink,extra_isize,metadata_csum \
    -E offset=$((disk_start * 512)),lazy_itable_init=1,lazy_journal_init=1 "$2" "$3k"
}

# What grub-install would do with a device: its first sector (without the partition table), then the core right after.
disk_boot_loader() {
  local core=$1/core.img
  grub-mkimage -O i386-pc -p '(hd0,msdos1)/boot/grub' -o "$core" biosdisk part_msdos ext2 linux linux16 normal configfile echo
  [ "$(stat -c %s "$core")" -lt $(((disk_start - 1) * 512)) ] || die "GRUB's core does not fit before the partition"
  dd if=/usr/lib/grub/i386-pc/boot.img of="$1/raw" bs=440 count=1 conv=notrunc status=none
  dd if="$core" of="$1/raw" bs=512 seek=1 conv=notrunc status=none
}
