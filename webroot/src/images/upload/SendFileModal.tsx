import { FileUpload, FormGroup } from '@patternfly/react-core';
import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import type { Image } from '../../core/api/types';
import { FormModal } from '../../core/form/FormModal';
import { transfers } from './transfers';

export function SendFileModal({ target, onClose }: ActionDialogProps<Image>) {
  const [file, setFile] = useState<File>();
  const send = async (): Promise<void> => {
    if (file) await transfers.start(target.id, target.name, file);
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
      {() => (
        <FormGroup label="File" fieldId="draft-file" isRequired>
          <FileUpload
            id="draft-file"
            hideDefaultPreview
            filename={file?.name ?? ''}
            filenamePlaceholder="Drop a file here or choose one"
            browseButtonText="Choose"
            onFileInputChange={(_event, chosen) => setFile(chosen)}
            onClearClick={() => setFile(undefined)}
          />
        </FormGroup>
      )}
    </FormModal>
  );
}
