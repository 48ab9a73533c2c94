import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { api, once, unwrap } from '../../core/api/client';
import { FormModal } from '../../core/form/FormModal';
import { TextField } from '../../core/form/fields';
import { urlError } from '../add/form';
import type { LibraryImage } from '../library';

/** For an image whose file never came, or was refused. */
export function DownloadFileModal({ target: image, onClose }: ActionDialogProps<LibraryImage>) {
  const [url, setUrl] = useState('');
  // The same address keeps its key: an answer that was lost is not asked for twice.
  const [attempt, setAttempt] = useState({ url: '', key: '' });
  const download = async (): Promise<void> => {
    const key = attempt.url === url ? attempt.key : crypto.randomUUID();
    setAttempt({ url, key });
    const params = { path: { imageId: image.id }, header: once(key) };
    await unwrap(api.POST('/images/{imageId}/download', { params, body: { url: url.trim() } }));
  };
  return (
    <FormModal
      title={`Download the file of ${image.name}`}
      submitLabel="Download"
      ready={url.trim() !== '' && urlError(url) === undefined}
      fields={['url']}
      onSubmit={download}
      onClose={onClose}
    >
      {(errorOf) => (
        <TextField
          id="download-url"
          label="Address"
          required
          mono
          value={url}
          error={urlError(url) ?? errorOf('url')}
          hint="A host fetches it, and goes on where the connection was cut."
          onChange={setUrl}
        />
      )}
    </FormModal>
  );
}
