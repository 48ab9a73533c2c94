import { Checkbox } from '@patternfly/react-core';
import type { Pool } from '../../core/api/types';
import { SelectField } from '../../core/form/fields';
import { SHARING_WARNING } from './words';

const FORMATS = { qcow2: 'qcow2: grows as it is written to, has snapshots', raw: 'raw: the plain bytes' } as const;

export interface FormatChoice {
  /** Left to the server where undefined. */
  format: keyof typeof FORMATS | undefined;
  shareable: boolean;
}

/** What was chosen, as far as the pool has it. */
export function possibleFormat({ format, shareable }: FormatChoice, pool: Pool | undefined): FormatChoice {
  const formats = pool?.abilities?.volumeFormats ?? [];
  if (shareable && formats.includes('raw')) return { format: 'raw', shareable };
  return { format: format && formats.includes(format) ? format : undefined, shareable: false };
}

interface Props {
  pool: Pool | undefined;
  value: FormatChoice;
  errorOf: (field: string) => string | undefined;
  onChange: (value: FormatChoice) => void;
}

/** How a new volume is kept, and how many VMs may have it. */
export function FormatFields({ pool, value, errorOf, onChange }: Props) {
  const formats = pool?.abilities?.volumeFormats ?? [];
  const possible = possibleFormat(value, pool);
  const hasRaw = formats.includes('raw');
  return (
    <>
      {formats.length > 1 && (
        <SelectField
          id="volume-format"
          label="Format"
          value={possible.format ?? ''}
          error={errorOf('format')}
          hint={possible.shareable ? 'What several VMs may use is always raw.' : undefined}
          choices={[
            { value: '', label: 'Automatic', disabled: possible.shareable },
            ...Object.entries(FORMATS).map(([format, label]) => ({
              value: format,
              label,
              disabled: !formats.includes(format) || (possible.shareable && format !== 'raw'),
            })),
          ]}
          onChange={(next) => onChange({ ...value, format: next === '' ? undefined : (next as keyof typeof FORMATS) })}
        />
      )}
      <Checkbox
        id="volume-shareable"
        label="Several VMs may use it at once"
        description={hasRaw ? SHARING_WARNING : 'Such a volume is raw, and its pool has none of these now.'}
        isDisabled={!hasRaw}
        isChecked={possible.shareable}
        onChange={(_event, shareable) => onChange({ ...value, shareable })}
      />
    </>
  );
}
