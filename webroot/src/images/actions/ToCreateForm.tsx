import { Navigate } from 'react-router';
import type { ActionDialogProps } from '../../core/actions/action';
import type { Image } from '../../core/api/types';

/** The create form is the dialog. */
export function ToCreateForm({ target }: ActionDialogProps<Image>) {
  return <Navigate to={`/vms/new?image=${target.id}`} />;
}
