import type { Host, Image, Pool, Volume } from '../../core/api/types';
import { shownAddresses } from './addresses';
import type { Card } from './cards';
import { draftDevices } from './devices';
import { isSetUp, machineOf, type Draft } from './draft';
import { drivesOf, EMPTY_DRIVE, parseLabels, type DiskKind } from './hardware';
import { filledKeys, hasPassword } from './logIn';
import { SETTERS } from './setUp';
import { specOf } from './spec';
import type { FormStepId } from './steps';
import { words } from './words';

/** What the things are called that a draft names by their ids. */
export interface Known {
  images: readonly Image[];
  volumes: readonly Volume[];
  pools: readonly Pool[];
  hosts: readonly Host[];
}

/** Several lines where there are several things. */
export interface ReviewFact {
  term: string;
  lines: readonly string[];
}

const UNKNOWN = 'not chosen yet';
const named = (things: readonly { id: string; name: string }[], id: string): string =>
  things.find((thing) => thing.id === id)?.name ?? (id === '' ? UNKNOWN : id);
const orNone = (text: string): readonly string[] => (text.trim() === '' ? [] : [text.trim()]);
const gib = (size: number): string => (Number.isNaN(size) ? 'no size yet' : `${size} GiB`);

/** Without those of which there is nothing to say. */
const facts = (all: readonly (readonly [string, readonly string[]])[]): readonly ReviewFact[] =>
  all.filter(([, lines]) => lines.length > 0).map(([term, lines]) => ({ term, lines }));

function place(draft: Draft, { hosts }: Known): readonly ReviewFact[] {
  const labels = Object.entries(parseLabels(draft.labels)).map(([key, value]) => (value ? `${key}=${value}` : key));
  return facts([
    ['Name', orNone(draft.name)],
    ['Description', orNone(draft.description)],
    ['Folder', orNone(draft.folder)],
    ['Labels', labels.length === 0 ? [] : [labels.join(', ')]],
    ['Host', [draft.hostId === '' ? 'Automatic' : named(hosts, draft.hostId)]],
  ]);
}

interface AnyDisk {
  kind: DiskKind;
  imageId: string;
  volumeId: string;
  poolId: string;
  sizeGib: number;
}

function diskText({ kind, imageId, volumeId, poolId, sizeGib }: AnyDisk, { images, volumes, pools }: Known): string {
  if (kind === 'volume') return `The volume ${named(volumes, volumeId)}`;
  const from = kind === 'image' ? `from ${named(images, imageId)}` : 'empty';
  return `${gib(sizeGib)}, ${from}, ${poolId === '' ? 'in a pool that the platform chooses' : `in ${named(pools, poolId)}`}`;
}

function disks(draft: Draft, known: Known): readonly ReviewFact[] {
  const { firstDisk: kind, imageId, volumeId, poolId, diskGib: sizeGib } = draft;
  const brought = (machineOf(draft)?.disks ?? []).map(
    ({ imageId: image, sizeBytes }) => `${sizeBytes / 2 ** 30} GiB, ${image ? 'of the appliance' : 'empty'}`,
  );
  const all = [
    diskText({ kind, imageId, volumeId, poolId, sizeGib }, known),
    ...brought,
    ...draft.furtherDisks.map((disk) => diskText(disk, known)),
  ];
  const drives = drivesOf(draft.hardware).map((drive) =>
    drive === EMPTY_DRIVE ? 'Empty' : named(known.images, drive),
  );
  return facts([...all.map((text, i) => [`Disk ${i + 1}`, [text]] as const), ['CD-ROM', drives]]);
}

function hardware({ vcpus, memoryGib, hardware: machine }: Draft): readonly ReviewFact[] {
  const { firmware, secureBoot, tpm, cpuModel, watchdog, clipboard } = machine;
  const counts = [machine.sockets, machine.cores, machine.threads].map((count) => (Number.isNaN(count) ? 1 : count));
  const isTold = ![machine.sockets, machine.cores, machine.threads].every(Number.isNaN);
  const further = [tpm && 'TPM 2.0', watchdog && 'watchdog', clipboard && 'shared clipboard'].filter(Boolean);
  return facts([
    ['vCPUs', [isTold ? `${vcpus} (${counts.join(' × ')})` : String(vcpus)]],
    ['Memory', [gib(memoryGib)]],
    ['CPU model', [cpuModel === '' ? 'Automatic' : cpuModel]],
    ['Firmware', [firmware === 'bios' ? 'BIOS' : `UEFI${secureBoot ? ', secure boot' : ''}`]],
    ['Further', further.length === 0 ? [] : [further.join(', ')]],
  ]);
}

function cardLines({ network, linkUp, mac, addresses }: Card, hasAddresses: boolean): readonly string[] {
  const given = shownAddresses(addresses)
    .map(({ text }) => text)
    .filter((text) => text !== '');
  const asks = [addresses.v4 === 'dhcp' && 'DHCP', addresses.v6 === 'dhcp' && 'DHCPv6'].filter(Boolean).join(', ');
  const first = [network, mac.trim(), linkUp ? '' : 'not plugged in'].filter(Boolean).join(', ');
  return hasAddresses ? [first, [asks, ...given].filter(Boolean).join(', ')].filter(Boolean) : [first];
}

function networks(draft: Draft): readonly ReviewFact[] {
  const hasAddresses = isSetUp(draft) && draft.setUp.by === 'cloudInit';
  if (draft.cards.length === 0) return facts([['Network cards', ['None']]]);
  return facts(draft.cards.map((card, i) => [`Card ${i + 1}`, cardLines(card, hasAddresses)] as const));
}

function access(draft: Draft): readonly ReviewFact[] {
  const { by } = draft.setUp;
  if (!isSetUp(draft)) return facts([['Account', ['None is made']]]);
  const keys = filledKeys(draft).length;
  const given = draft.password === '' ? 'Of the customization spec' : 'Given';
  const password = !hasPassword(draft) ? 'None' : draft.sshPasswordLogin ? `${given}, also for SSH` : given;
  return facts([
    ['Customization spec', orNone(specOf(draft)?.name ?? '')],
    ['Set up by', [SETTERS.find(({ value }) => value === by)?.label ?? by]],
    ...(by === 'cloudbase'
      ? []
      : ([
          ['User', orNone(draft.user)],
          ['Password', [password]],
        ] as const)),
    ['SSH keys', [keys === 0 ? 'None' : String(keys)]],
  ]);
}

function start(draft: Draft): readonly ReviewFact[] {
  const { setUp, hardware: machine } = draft;
  const devices = draftDevices(draft);
  const order = machine.bootOrder.map((device) => devices.find(({ value }) => value === device)?.label ?? device);
  const waits = draft.waitForAgent && draft.firstDisk === 'image';
  const after = draft.start ? (waits ? 'Started, until its agent answers' : 'Started') : 'Left off';
  const isByCloudInit = isSetUp(draft) && setUp.by === 'cloudInit';
  return facts([
    ['Once it is made', [after]],
    ['Packages', isByCloudInit ? orNone(words(draft.packages).join(', ')) : []],
    ['Agent', isByCloudInit ? [setUp.agent ? 'Is installed' : 'Is not installed'] : []],
    ['Host name', isSetUp(draft) ? orNone(setUp.hostName) : []],
    ['Own user-data', isSetUp(draft) && setUp.userData.trim() !== '' ? ['Given'] : []],
    ['Boots from', [order.length === 0 ? 'Automatic' : order.join(', ')]],
  ]);
}

/** All that was chosen, by the step in which it is changed. */
export function reviewFacts(draft: Draft, known: Known): Record<FormStepId, readonly ReviewFact[]> {
  return {
    place: place(draft, known),
    disks: disks(draft, known),
    hardware: hardware(draft),
    networks: networks(draft),
    access: access(draft),
    start: start(draft),
  };
}
