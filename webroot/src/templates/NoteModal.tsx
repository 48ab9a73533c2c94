import { useState } from 'react';
import type { ActionDialogProps } from '../core/actions/action';
import { api, unwrap } from '../core/api/client';
import { TextField } from '../core/form/fields';
import { FormModal } from '../core/form/FormModal';
import { useListsAnew, type TemplateOf } from './templates';

/** Asks for the note of a template. */
export function NoteModal({ target: { family, version }, onClose }: ActionDialogProps<TemplateOf>) {
  const [note, setNote] = useState(version.note);
  const readAnew = useListsAnew();
  const submit = async (): Promise<void> => {
    await unwrap(api.PATCH('/vms/{vmId}/template', { params: { path: { vmId: version.vmId } }, body: { note } }));
    await readAnew();
  };
  return (
    <FormModal
      title={`Note of ${family}, version ${version.version}`}
      submitLabel="Save"
      ready
      fields={['note']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <TextField id="template-note" label="Note" rows={3} value={note} error={errorOf('note')} onChange={setNote} />
      )}
    </FormModal>
  );
}
