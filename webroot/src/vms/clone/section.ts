import type { Vm } from '../../core/api/types';
import type { CloneDraft, CloneErrors } from './cloneDraft';

/** What each part of the form gets. */
export interface CloneFieldsProps {
  vm: Vm;
  draft: CloneDraft;
  /** Of the form and of the server, by the server's names of the fields. */
  errors: CloneErrors;
  edit: (change: Partial<CloneDraft>) => void;
}
