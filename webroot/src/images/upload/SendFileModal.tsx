import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import type { Image } from '../../core/api/types';
import { FormModal } from '../../core/form/FormModal';
import { FileField } from '../../core/form/FileField';
import { transfers } from '../../core/upload/transfers';
import { contentPath } from '../images';

export function SendFileModal({ target, onClose }: ActionDialogProps<Image>) {
  const [file, setFile] = useState<File>();
  const send = async (): Promise<void> => {
    if (file) await transfers.start({ path: contentPath(target), name: target.name, file });
  };
  return (
    <FormModal
      title={`Upload the file of ${target.name}`}
      submitLabel="Upload"
      ready={file !== undefined}
      fields={[]}
      onSubmit={send}
      onClose={onClose}
    >
      {() => <FileField id="draft-file" label="File" required file={file} onChange={setFile} />}
    </FormModal>
  );
}
