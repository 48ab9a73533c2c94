import type { Draft } from './draft';
import type { Errors } from './validate';

export interface SectionProps {
  draft: Draft;
  errors: Errors;
  edit: (change: Partial<Draft>) => void;
}
