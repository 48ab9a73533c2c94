import { FileUpload, FormGroup, Radio } from '@patternfly/react-core';
import { useRef, useState } from 'react';
import { api, once, unwrap } from '../core/api/client';
import type { CreateImage, Image } from '../core/api/types';
import { FormModal } from '../core/form/FormModal';
import { SelectField, TextField } from '../core/form/fields';
import { nameError } from '../core/form/names';
import { useList } from '../core/live/collection';
import { hosts } from '../hosts/hosts';
import { guessFormat, nameFromFile } from './fileNames';
import { transfers } from './transfers';

type Format = CreateImage['format'];

const FORMATS: { value: Format; label: string }[] = [
  { value: 'qcow2', label: 'qcow2' },
  { value: 'raw', label: 'raw' },
  { value: 'iso', label: 'ISO' },
];
const SHA256 = /^[0-9a-fA-F]{64}$/;

const text = (value: string, key: string): Record<string, string> =>
  value.trim() === '' ? {} : { [key]: value.trim() };

/** Announces an image, then sends its file or has a host read it. */
export function AddImageModal({ onClose }: { onClose: () => void }) {
  const [source, setSource] = useState<'upload' | 'host'>('upload');
  const [file, setFile] = useState<File>();
  const [path, setPath] = useState('');
  const [hostId, setHostId] = useState('');
  const [name, setName] = useState('');
  const [format, setFormat] = useState<Format>('qcow2');
  const [operatingSystem, setOperatingSystem] = useState('');
  const [defaultUser, setDefaultUser] = useState('');
  const [sha256, setSha256] = useState('');
  const announced = useRef<Image>(undefined);
  const hostList = useList(hosts).data ?? [];

  const suggest = (fileName: string): void => {
    if (name === '') setName(nameFromFile(fileName));
    setFormat(guessFormat(fileName) ?? format);
  };
  const shaError = sha256.trim() === '' || SHA256.test(sha256.trim()) ? undefined : '64 hexadecimal digits.';
  const pathError = path === '' || path.startsWith('/') ? undefined : 'An absolute path, beginning with /.';
  const sourceGiven = source === 'upload' ? file !== undefined : path.length > 1 && pathError === undefined;
  const ready = sourceGiven && nameError(name) === undefined && shaError === undefined;

  const submit = async (): Promise<void> => {
    const body = {
      name,
      format,
      ...text(operatingSystem, 'operatingSystem'),
      ...text(defaultUser, 'defaultUser'),
      ...text(sha256, 'sha256'),
    };
    // When only the second request failed, the image of the first is still waiting for its file.
    announced.current ??= await unwrap(api.POST('/images', { params: { header: once() }, body }));
    const imageId = announced.current.id;
    if (source === 'upload' && file) {
      transfers.start(imageId, announced.current.name, file);
      return;
    }
    await unwrap(
      api.POST('/images/{imageId}/import', {
        params: { path: { imageId }, header: once() },
        body: { path, ...(hostId === '' ? {} : { hostId }) },
      }),
    );
  };
  const fields = ['name', 'format', 'operatingSystem', 'defaultUser', 'sha256', 'path', 'hostId'];
  return (
    <FormModal
      title="Add image"
      submitLabel="Add image"
      ready={ready}
      fields={fields}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <FormGroup label="Source" role="radiogroup" fieldId="image-source" isInline>
            <Radio
              id="image-upload"
              name="image-source"
              label="Upload from this computer"
              isChecked={source === 'upload'}
              onChange={() => setSource('upload')}
            />
            <Radio
              id="image-from-host"
              name="image-source"
              label="Import from a host"
              isChecked={source === 'host'}
              onChange={() => setSource('host')}
            />
          </FormGroup>
          {source === 'upload' ? (
            <FormGroup label="File" fieldId="image-file" isRequired>
              <FileUpload
                id="image-file"
                hideDefaultPreview
                filename={file?.name ?? ''}
                filenamePlaceholder="Drop a file here or choose one"
                browseButtonText="Choose"
                onFileInputChange={(_event, chosen) => {
                  setFile(chosen);
                  suggest(chosen.name);
                }}
                onClearClick={() => setFile(undefined)}
              />
            </FormGroup>
          ) : (
            <>
              <TextField
                id="image-path"
                label="Path on the host"
                required
                mono
                value={path}
                error={pathError ?? errorOf('path')}
                onChange={(value) => {
                  setPath(value);
                  suggest(value);
                }}
              />
              <SelectField
                id="image-host"
                label="Host"
                value={hostId}
                error={errorOf('hostId')}
                choices={[
                  { value: '', label: 'Any host' },
                  ...hostList.map((host) => ({ value: host.id, label: host.name })),
                ]}
                onChange={setHostId}
              />
            </>
          )}
          <TextField
            id="image-name"
            label="Name"
            required
            value={name}
            error={(name === '' ? undefined : nameError(name)) ?? errorOf('name')}
            onChange={setName}
          />
          <SelectField
            id="image-format"
            label="Format"
            required
            value={format}
            error={errorOf('format')}
            choices={FORMATS}
            onChange={(value) => setFormat(value as Format)}
          />
          <TextField
            id="image-os"
            label="Operating system"
            value={operatingSystem}
            error={errorOf('operatingSystem')}
            onChange={setOperatingSystem}
          />
          <TextField
            id="image-user"
            label="Default user"
            value={defaultUser}
            error={errorOf('defaultUser')}
            hint="Suggested when a VM is created from it, as in debian."
            onChange={setDefaultUser}
          />
          <TextField
            id="image-sha256"
            label="SHA-256"
            mono
            value={sha256}
            error={shaError ?? errorOf('sha256')}
            hint="The image is refused when its file has another one."
            onChange={setSha256}
          />
        </>
      )}
    </FormModal>
  );
}
