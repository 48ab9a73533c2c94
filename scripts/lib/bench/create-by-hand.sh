#!/usr/bin/env bash
# create-by-hand.sh FOLDER NAME IMAGE SIZE: what an administrator's own script does to make a VM from an image. FOLDER
# holds domain.xml with NAME in place of the domain's name, and the files that cloud-init reads.
set -euo pipefail
folder=$1 name=$2 image=$3 size=$4

qemu-img create -q -f qcow2 -b "$image" -F qcow2 "$folder/$name.qcow2" "$size"
genisoimage -quiet -input-charset utf-8 -volid cidata -joliet -rock -output "$folder/$name.iso" \
  "$folder/meta-data" "$folder/user-data" "$folder/network-config" 2>/dev/null
sed "s/NAME/$name/g" "$folder/domain.xml" > "$folder/$name.xml"
virsh -q -c qemu:///system define "$folder/$name.xml" >/dev/null
virsh -q -c qemu:///system start "$name" >/dev/null
