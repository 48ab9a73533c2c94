import type { components } from '../core/api/schema';
import type { CustomizationSpec } from '../core/api/types';
import { nameError } from '../core/form/names';
import { EMPTY_DRAFT, type Draft } from '../vms/create/draft';
import { cloudbaseOf, cloudInitOf } from '../vms/create/request';
import { withSpec } from '../vms/create/spec';
import { accessErrors } from '../vms/create/validate';

type ReplaceSpec = components['schemas']['ReplaceCustomizationSpec'];

/** What is typed of a customization spec. */
export interface SpecDraft {
  name: string;
  description: string;
  hostNamePattern: string;
  /** How the guest is set up, in the fields of the wizard. */
  setUp: Draft;
  forgetPassword: boolean;
  forgetUserData: boolean;
}

/** @param spec undefined for a new one */
export const draftOfSpec = (spec: CustomizationSpec | undefined): SpecDraft => ({
  name: spec?.name ?? '',
  description: spec?.description ?? '',
  hostNamePattern: spec?.hostNamePattern ?? '{name}',
  setUp: spec ? withSpec(EMPTY_DRAFT, spec, true) : EMPTY_DRAFT,
  forgetPassword: false,
  forgetUserData: false,
});

/** What comes of a pattern, as the server makes it of an example. */
export const exampleName = (pattern: string, vmName: string, number: string): string =>
  pattern.replaceAll('{name}', vmName).replaceAll('{n}', number);

const HOST_NAME = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;

/** What is wrong with the pattern; undefined when nothing is. */
export function patternError(pattern: string): string | undefined {
  const unknown = pattern.match(/\{[^{}]*\}/g)?.find((found) => found !== '{name}' && found !== '{n}');
  if (unknown) return `There is no ${unknown}: a pattern has {name} and {n} only.`;
  return HOST_NAME.test(exampleName(pattern.trim(), 'vm', '1'))
    ? undefined
    : 'A host name: letters, digits and inner hyphens with dots between them, beside {name} and {n}.';
}

/** What the form itself can tell is wrong. Whoever uses the spec may bring the way in. */
export const specErrors = (draft: SpecDraft): Record<string, string | undefined> => ({
  ...accessErrors({ ...draft.setUp, nobodyLogsIn: true, spec: undefined }),
  name: nameError(draft.name.trim()),
  hostNamePattern: patternError(draft.hostNamePattern),
});

export function specRequest(draft: SpecDraft): ReplaceSpec {
  const { setUp } = draft;
  const forget: ReplaceSpec['forget'] = [
    ...(draft.forgetPassword && setUp.password === '' ? (['password'] as const) : []),
    ...(draft.forgetUserData && setUp.setUp.userData.trim() === '' ? (['userData'] as const) : []),
  ];
  const linux = cloudInitOf(setUp);
  return {
    name: draft.name.trim(),
    description: draft.description.trim(),
    hostNamePattern: draft.hostNamePattern.trim(),
    ...(setUp.setUp.by === 'cloudbase'
      ? { cloudbase: cloudbaseOf(setUp) }
      : {
          cloudInit: { ...linux, sshPasswordLogin: linux.sshPasswordLogin && !forget.includes('password') },
        }),
    ...(forget.length > 0 ? { forget } : {}),
  };
}
