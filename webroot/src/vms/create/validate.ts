import type { FieldError, Image } from '../../core/api/types';
import { formatBytes, GIB, gibCeil } from '../../core/format/bytes';
import { nameError, normaliseField } from '../../core/form/names';
import { allAddressErrors } from './addresses';
import { cardErrors, cardField } from './cards';
import { isSetUp, ownDisks, type Draft } from './draft';
import { furtherErrors, hardwareErrors, organisationErrors, tuningErrors } from './hardwareRules';
import { somebodyCanLogIn } from './logIn';
import { setUpErrors } from './setUp';
import { specOf } from './spec';
import { sshKeyError } from './sshKeys';
import { stepOf, type StepId } from './steps';
import { words } from './words';

/** Messages by field of the draft; one key of several is `sshKeys[1]`. */
export type Errors = Readonly<Record<string, string | undefined>>;

const USER = /^[a-z_][a-z0-9_-]{0,31}$/;
const PACKAGE = /^[A-Za-z0-9][A-Za-z0-9.+:~=_-]*$/;

/** What the first disk of a VM needs. */
export const leastBytes = ({ appliance, virtualSizeBytes }: Image): number =>
  appliance ? (appliance.disks[0]?.capacityBytes ?? 0) : virtualSizeBytes;

function diskError(draft: Draft, image: Image | undefined): string | undefined {
  if (draft.firstDisk === 'volume') return undefined;
  if (!(draft.diskGib > 0)) return 'A size is needed.';
  const least = draft.firstDisk === 'image' && image ? leastBytes(image) : undefined;
  if (least !== undefined && draft.diskGib * GIB < least) {
    return `The image needs ${formatBytes(least)}: at least ${gibCeil(least)} GiB.`;
  }
  return undefined;
}

const keyErrors = (draft: Draft): Record<string, string | undefined> =>
  Object.fromEntries(
    draft.sshKeys.map((key, i) => [`sshKeys[${i}]`, key.trim() === '' ? undefined : sshKeyError(key)]),
  );

function accountErrors(draft: Draft): Record<string, string | undefined> {
  return {
    user: USER.test(draft.user.trim())
      ? undefined
      : 'A user is needed: lower-case letters, digits, underscore and hyphen.',
    passwordAgain: draft.password === draft.passwordAgain ? undefined : 'The two passwords differ.',
    nobodyLogsIn:
      somebodyCanLogIn(draft) || draft.nobodyLogsIn
        ? undefined
        : 'Nobody could log in: give a password or an SSH key, or confirm that this is meant.',
  };
}

/** A single machine has no number that its customization spec could call it by. */
function numberError(draft: Draft): Record<string, string> {
  const isNumbered = specOf(draft)?.hostNamePattern.includes('{n}') === true && draft.setUp.hostName.trim() === '';
  return isNumbered ? { hostName: 'The customization spec numbers clones: give this machine a host name.' } : {};
}

/** Of what the chosen program is told; the rest is not sent. */
export function accessErrors(draft: Draft): Record<string, string | undefined> {
  const { by } = draft.setUp;
  const badPackage = words(draft.packages).find((name) => !PACKAGE.test(name));
  return {
    ...keyErrors(draft),
    ...setUpErrors(draft.setUp),
    ...numberError(draft),
    ...(by === 'cloudbase' ? {} : accountErrors(draft)),
    ...(by === 'cloudInit'
      ? { packages: badPackage && `${badPackage} is not a package's name.`, ...allAddressErrors(draft.cards) }
      : {}),
  };
}

/** What the form itself can tell is wrong. */
export function validate(draft: Draft, image: Image | undefined): Errors {
  return {
    name: nameError(draft.name.trim()),
    imageId: image || draft.firstDisk !== 'image' ? undefined : 'Choose an image.',
    volumeId: draft.firstDisk === 'volume' && draft.volumeId === '' ? 'Choose a volume.' : undefined,
    diskGib: diskError(draft, image),
    vcpus: Number.isInteger(draft.vcpus) && draft.vcpus >= 1 && draft.vcpus <= 512 ? undefined : 'From 1 to 512.',
    memoryGib: draft.memoryGib >= 0.0625 && draft.memoryGib <= 16384 ? undefined : 'From 0.0625 GiB (64 MiB) up.',
    ...organisationErrors(draft.folder, draft.labels),
    ...tuningErrors(draft.tuning, 'disks[0]'),
    ...furtherErrors(draft.furtherDisks),
    ...hardwareErrors(draft.hardware, draft.vcpus),
    ...cardErrors(draft.cards),
    ...(isSetUp(draft) ? accessErrors(draft) : {}),
  };
}

/** What is shown: what the server said, and what is wrong in the steps that were left once. */
export function shownErrors(own: Errors, refused: Errors, seen: ReadonlySet<StepId>): Errors {
  const found = Object.entries(own).filter(([field]) => {
    const step = stepOf(field);
    return step !== undefined && seen.has(step);
  });
  const isFound = ([, message]: [string, string | undefined]) => message !== undefined;
  return { ...refused, ...Object.fromEntries(found.filter(isFound)) };
}

export function hasErrors(errors: Errors): boolean {
  return Object.values(errors).some((message) => message !== undefined);
}

const SERVER_FIELDS: readonly (readonly [RegExp, string])[] = [
  [/^name$/, 'name'],
  [/^description$/, 'description'],
  [/^disks\[0\]\.sizeBytes$/, 'diskGib'],
  [/^disks\[0\]\.volumeId$/, 'volumeId'],
  [/^disks\[0\]\.imageId$/, 'imageId'],
  [/^disks\[0\]\.poolId$/, 'poolId'],
  [/^disks(\[0\])?$/, 'imageId'],
  [/^folder$/, 'folder'],
  [/^labels/, 'labels'],
  [/^cpu\.model$/, 'cpuModel'],
  [/^cpu/, 'cpu'],
  [/^firmware$/, 'firmware'],
  [/^secureBoot$/, 'secureBoot'],
  [/^tpm$/, 'tpm'],
  [/^watchdog/, 'watchdog'],
  [/^cdroms(?!\[\d)/, 'cdroms[0]'],
  [/^bootOrder/, 'bootOrder'],
  [/^vcpus$/, 'vcpus'],
  [/^memoryBytes$/, 'memoryGib'],
  [/^hostId$/, 'hostId'],
  [/^nics$/, 'nics[0].network'],
  [/^(cloudInit|ignition|cloudbase)\.hostName$/, 'hostName'],
  [/^(cloudInit|ignition|cloudbase)\.nobodyLogsIn$/, 'nobodyLogsIn'],
  [/^cloudInit\.runCommands/, 'commands'],
  [/^cloudInit\.locale$/, 'locale'],
  [/^cloudInit\.timeZone$/, 'timeZone'],
  [/^((cloudInit|cloudbase)\.userData|ignition\.config)$/, 'userData'],
  [/^(cloudInit|ignition|cloudbase)\.user$/, 'user'],
  [/^(cloudInit|ignition|cloudbase)\.password$/, 'password'],
  [/^cloudInit\.packages/, 'packages'],
  [/^customizationSpecId$/, 'customizationSpecId'],
];

/** The index, in the form, of the nth key that is filled in; the server never sees the empty ones. */
function keyField(draft: Draft, sent: number): string {
  const filled = draft.sshKeys.flatMap((key, index) => (key.trim() === '' ? [] : [index]));
  return `sshKeys[${filled[sent] ?? 0}]`;
}

/** The form's field of a disk: those of an appliance, which are sent before those that were added, have none. */
function diskField(draft: Draft, path: string): string | undefined {
  const found = /^disks\[(\d+)\]\.?(.*)$/.exec(path);
  if (!found) return undefined;
  const sent = Number(found[1]);
  const shown = sent === 0 ? 0 : sent - ownDisks(draft);
  const isShown = sent === 0 || (shown >= 1 && shown <= draft.furtherDisks.length);
  return isShown ? `disks[${shown}].${found[2] === '' ? 'sizeBytes' : found[2]}` : undefined;
}

/** Puts the server's field errors at the form's fields; what fits nowhere is returned apart. */
export function placeServerErrors(draft: Draft, sent: readonly FieldError[]): { errors: Errors; rest: FieldError[] } {
  const errors: Record<string, string> = {};
  const rest: FieldError[] = [];
  for (const error of sent) {
    const path = normaliseField(error.field);
    const key = /^(?:cloudInit|ignition|cloudbase)\.sshKeys(?:\[(\d+)\])?/.exec(path);
    const field = key
      ? keyField(draft, Number(key[1] ?? 0))
      : (SERVER_FIELDS.find(([form]) => form.test(path))?.[1] ??
        diskField(draft, path) ??
        cardField(draft.cards, path) ??
        /^cdroms\[\d+\]/.exec(path)?.[0]);
    if (field) errors[field] ??= error.message;
    else rest.push(error);
  }
  return { errors, rest };
}
