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
  const [list, setList] = useState('');
  // The same file keeps its key: an answer that was lost is not asked for twice.
  const [attempt, setAttempt] = useState({ asked: '', key: '' });
  const download = async (): Promise<void> => {
    const body = { url: url.trim(), ...(list.trim() === '' ? {} : { checksumsUrl: list.trim() }) };
    const asked = JSON.stringify(body);
    const key = attempt.asked === asked ? attempt.key : crypto.randomUUID();
    setAttempt({ asked, key });
    const params = { path: { imageId: image.id }, header: once(key) };
    await unwrap(api.POST('/images/{imageId}/download', { params, body }));
  };
  return (
    <FormModal
      title={`Download the file of ${image.name}`}
      submitLabel="Download"
      ready={url.trim() !== '' && urlError(url) === undefined && urlError(list) === undefined}
      fields={['url', 'checksumsUrl']}
      onSubmit={download}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
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
          <TextField
            id="download-list"
            label="List of checksums"
            mono
            value={list}
            error={urlError(list) ?? errorOf('checksumsUrl')}
            hint="Where the checksums are published, as SHA256SUMS. The file is compared with its line, beside what the image was announced with."
            onChange={setList}
          />
        </>
      )}
    </FormModal>
  );
}
