import { stepElementId } from './Step';
import type { StepId } from './steps';

/** Where the keyboard goes on: at the beginning of a step, or at the first thing that is wrong in it. */
export interface Focus {
  step: StepId;
  to: 'heading' | 'error';
}

const FIELD = 'input, select, textarea';

/** The field that is marked, or one that stands with a message. */
function wrongField(step: HTMLElement): HTMLElement | null | undefined {
  const marked = step.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (marked) return marked;
  const message = step.querySelector('.pf-v6-c-helper-text__item.pf-m-error');
  return message?.closest('.pf-v6-c-form__group')?.querySelector<HTMLElement>(FIELD);
}

export function moveFocus({ step, to }: Focus): void {
  const element = document.getElementById(stepElementId(step));
  if (!element) return;
  const field = to === 'error' ? wrongField(element) : undefined;
  (field ?? element.querySelector<HTMLElement>('h2'))?.focus();
}
