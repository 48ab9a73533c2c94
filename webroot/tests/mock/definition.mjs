// libvirt's XML of a domain, more or less.
const disk = ({ volumeId }, index) => `    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='none' io='native' discard='unmap'/>
      <source file='/var/lib/limiquantix/pools/local/volumes/${volumeId}.qcow2' index='${index + 1}'/>
      <target dev='vd${String.fromCharCode(97 + index)}' bus='virtio'/>
      <serial>${volumeId}</serial>
      <alias name='virtio-disk${index}'/>
      <address type='pci' domain='0x0000' bus='0x04' slot='0x0${index}' function='0x0'/>
    </disk>`;

const xml = (vm, id, memoryBytes) => `<domain type='kvm'${id}>
  <name>${vm.name}</name>
  <uuid>${vm.id}</uuid>
  <metadata>
    <lqx:vm xmlns:lqx="https://limiquantix.io/domain/1" id="${vm.id}" digest="${'0123456789abcdef'.repeat(4)}"/>
  </metadata>
  <memory unit='KiB'>${memoryBytes / 1024}</memory>
  <currentMemory unit='KiB'>${memoryBytes / 1024}</currentMemory>
  <vcpu placement='static'>${vm.vcpus}</vcpu>
  <os>
    <type arch='x86_64' machine='pc-q35-10.0'>hvm</type>
    <boot dev='hd'/>
  </os>
  <features>
    <acpi/>
    <apic/>
  </features>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
${vm.disks.map(disk).join('\n')}
    <graphics type='vnc' socket='/var/lib/libvirt/qemu/domain-1-${vm.name}/vnc.sock'>
      <listen type='socket'/>
    </graphics>
  </devices>
</domain>
`;

/** The definition of a VM; it has twice the memory from its next start on when its memory is `pending`. */
export function definitionAnswer(vm, control, { json, problem }) {
  if (control.hostSilent) return problem(503, 'UNAVAILABLE', 'The host kvm1.example.net does not answer.');
  if (vm.phase === 'CREATING')
    return problem(
      409,
      'CONFLICT',
      `${vm.name} is being created; it has a definition once its host has made its domain.`,
    );
  const on = ['RUNNING', 'PAUSED', 'STOPPING'].includes(vm.powerState);
  return json(200, {
    ...(on ? { live: xml(vm, " id='1'", vm.memoryBytes) } : {}),
    defined: xml(vm, '', vm.memoryBytes * (control.pendingMemory ? 2 : 1)),
    readAt: new Date().toISOString(),
  });
}
