import { ApiError } from './problem';

/** Who this tab acts as, and what proves that a change comes from its page. */
export interface Identity {
  userId: string;
  userName: string;
  csrfToken: string;
}

let present: Identity | undefined;
let readAgain: () => Promise<void> = () => Promise.resolve();
let reading: Promise<void> | undefined;

export function getIdentity(): Identity | undefined {
  return present;
}

export function setIdentity(identity: Identity | undefined): void {
  present = identity;
}

/** Called when the server may know another session than this tab; takes over what the server says. */
export function setIdentityReader(reader: () => Promise<void>): void {
  readAgain = reader;
}

function renew(): Promise<void> {
  reading ??= readAgain()
    // The refusal that led here is what is told then.
    .catch(() => undefined)
    .finally(() => (reading = undefined));
  return reading;
}

const isSame = (one: Identity, other: Identity): boolean =>
  one.userId === other.userId && one.csrfToken === other.csrfToken;

function otherUser({ userName }: Identity): ApiError {
  const message = `This browser is now logged in as ${userName}, so nothing was done. Try again if ${userName} is to do it.`;
  return new ApiError(message, 403, 'OTHER_USER');
}

/**
 * Sends a change with the session's token. All tabs of a browser share the session's cookie but not its token: when
 * somebody logged in on another one, the change is refused, and sent once more with the new token. What one user asked
 * for is never done in the name of another.
 *
 * @param asker who asked for it, where that was earlier
 */
export async function sendChange<R>(
  send: (csrfToken: string | undefined) => Promise<R>,
  isForbidden: (answer: R) => boolean,
  asker: Identity | undefined = present,
): Promise<R> {
  if (present && asker && present.userId !== asker.userId) throw otherUser(present);
  const before = present;
  const answer = await send(before?.csrfToken);
  if (!before || !isForbidden(answer)) return answer;
  if (present && isSame(present, before)) await renew();
  const now = getIdentity();
  if (!now || isSame(now, before)) return answer;
  if (now.userId === before.userId) return send(now.csrfToken);
  throw otherUser(now);
}
