import { isSetUp, type Draft } from './draft';
import { specOf } from './spec';

/** Those that were typed and those of the profile, each once. */
export function filledKeys(draft: Draft): string[] {
  const typed = draft.sshKeys.map((key) => key.trim()).filter((key) => key !== '');
  return [...typed, ...draft.profileKeys.filter((key) => !typed.includes(key))];
}

/** Whether a password is given, here or by the customization spec. */
export const hasPassword = (draft: Draft): boolean => draft.password !== '' || (specOf(draft)?.passwordSet ?? false);

/** Whether a password or a key is given. */
export const hasWayIn = (draft: Draft): boolean => hasPassword(draft) || filledKeys(draft).length > 0;

/** Whether the guest will know a way in, as far as the form can tell: user-data of one's own is read by the server. */
export function somebodyCanLogIn(draft: Draft): boolean {
  const { by, userData } = draft.setUp;
  const hasUserData = userData.trim() !== '' || (specOf(draft)?.userDataSet ?? false);
  return !isSetUp(draft) || by === 'cloudbase' || hasWayIn(draft) || (by === 'cloudInit' && hasUserData);
}
