import { isSetUp, type Draft } from './draft';

/** Those that were typed and those of the profile, each once. */
export function filledKeys(draft: Draft): string[] {
  const typed = draft.sshKeys.map((key) => key.trim()).filter((key) => key !== '');
  return [...typed, ...draft.profileKeys.filter((key) => !typed.includes(key))];
}

/** Whether a password or a key is given. */
export const hasWayIn = (draft: Draft): boolean => draft.password !== '' || filledKeys(draft).length > 0;

/** Whether the guest will know a way in, as far as the form can tell: user-data of one's own is read by the server. */
export function somebodyCanLogIn(draft: Draft): boolean {
  const { by, userData } = draft.setUp;
  return !isSetUp(draft) || by === 'cloudbase' || hasWayIn(draft) || (by === 'cloudInit' && userData.trim() !== '');
}
