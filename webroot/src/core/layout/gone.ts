import { ApiError } from '../api/problem';

/** Whether the thing that was asked for does not exist, or no longer does. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
