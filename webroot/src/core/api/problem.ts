import type { FieldError, Problem } from './types';

/** Codes of failures above 499 that say nothing is left of what was asked. */
const REFUSALS: ReadonlySet<string> = new Set(['UNAVAILABLE', 'STORAGE', 'HYPERVISOR']);

/** What went wrong with a request, in words for a person; `status` 0 means that no answer came. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fieldErrors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, status: number, code: string, fieldErrors: readonly FieldError[] = [], retry?: number) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.fieldErrors = fieldErrors;
    this.retryAfterSeconds = retry;
  }

  /** Whether nothing was done; otherwise it may have been, and only the same key asks again without doing it twice. */
  get refused(): boolean {
    return this.answered || REFUSALS.has(this.code);
  }

  /** Whether the server did decide; otherwise the same request may be sent again with the same key. */
  get answered(): boolean {
    return this.status !== 0 && this.status < 500;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'title' in body && 'code' in body;
}

function fieldErrorsOf(problem: Problem): FieldError[] {
  if (problem.errors && problem.errors.length > 0) return problem.errors;
  return problem.field ? [{ field: problem.field, message: problem.detail || problem.title }] : [];
}

/** Reads the header as seconds or as an HTTP date. */
export function parseRetryAfter(header: string | null, now: number = Date.now()): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds));
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}

export function toApiError(status: number, body: unknown, retryAfter: string | null): ApiError {
  const retry = parseRetryAfter(retryAfter);
  if (isProblem(body)) {
    return new ApiError(body.detail || body.title, status, body.code, fieldErrorsOf(body), retry);
  }
  return new ApiError(`The server answered ${status} without saying why.`, status, 'unknown', [], retry);
}

export function unreachable(): ApiError {
  return new ApiError('The server cannot be reached. Check the connection and try again.', 0, 'unreachable');
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong.';
}
