import type { Errors } from './validate';

export const STEPS = [
  { id: 'place', name: 'Name and place' },
  { id: 'disks', name: 'Image and disks' },
  { id: 'hardware', name: 'Hardware' },
  { id: 'networks', name: 'Networks' },
  { id: 'access', name: 'Access' },
  { id: 'start', name: 'Boot and first start' },
  { id: 'review', name: 'Review' },
] as const;

export type StepId = (typeof STEPS)[number]['id'];

/** Those in which something is filled in. */
export type FormStepId = Exclude<StepId, 'review'>;

/** Which fields of the form are in a step, by their names among the errors. */
const FIELDS: Record<FormStepId, RegExp> = {
  place: /^(name|description|folder|labels|hostId)$/,
  disks: /^(imageId|volumeId|diskGib|poolId|disks\[\d+\]\..+|cdroms\[\d+\])$/,
  hardware: /^(vcpus|memoryGib|firmware|secureBoot|tpm|cpu|cpuModel|watchdog)$/,
  networks: /^(nics|addresses)\[\d+\]\./,
  access: /^(customizationSpecId|user|password|passwordAgain|nobodyLogsIn|sshKeys\[\d+\])$/,
  start: /^(bootOrder|packages|hostName|locale|timeZone|commands|userData)$/,
};

export const FORM_STEPS = Object.keys(FIELDS) as FormStepId[];

export const nameOf = (step: StepId): string => STEPS.find(({ id }) => id === step)?.name ?? step;

/** Where a field is; undefined for one that the form does not have. */
export const stepOf = (field: string): FormStepId | undefined => FORM_STEPS.find((step) => FIELDS[step].test(field));

/** What is wrong in a step, a message each. */
export const messagesIn = (step: StepId, errors: Errors): readonly string[] =>
  Object.entries(errors).flatMap(([field, message]) =>
    message !== undefined && stepOf(field) === step ? [message] : [],
  );

export const isWrong = (step: StepId, errors: Errors): boolean => messagesIn(step, errors).length > 0;

/** The first one in which something is wrong. */
export const firstWrong = (errors: Errors): FormStepId | undefined => FORM_STEPS.find((step) => isWrong(step, errors));

/** The step at so many places from another one; the other one where there is none. */
export function neighbour(step: StepId, by: 1 | -1): StepId {
  const at = STEPS.findIndex(({ id }) => id === step);
  return STEPS[at + by]?.id ?? step;
}

/** What the list of steps says of one: errors that are shown in it, something that is needed, or that it was looked at. */
export type StepState = 'wrong' | 'needed' | 'done' | 'open';

export function stateOf(step: StepId, shown: Errors, own: Errors, seen: ReadonlySet<StepId>): StepState {
  if (isWrong(step, shown)) return 'wrong';
  if (isWrong(step, own)) return 'needed';
  return seen.has(step) && step !== 'review' ? 'done' : 'open';
}
