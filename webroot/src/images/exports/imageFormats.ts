import type { Image } from '../../core/api/types';
import type { FormatChoice } from '../../exports/CreateExportForm';

const OVA: FormatChoice = { value: 'ova', label: 'OVA, a machine with this disk for other programs' };
const QCOW2: FormatChoice = { value: 'qcow2', label: 'qcow2, as small as what is on it' };
const RAW: FormatChoice = { value: 'raw', label: 'raw, every byte as a guest sees it' };

/** What a file of it can be, what it is already first. */
export function imageFormats(format: Image['format']): readonly [FormatChoice, ...FormatChoice[]] {
  switch (format) {
    case 'iso':
      return [{ value: 'iso', label: 'ISO, as it is' }];
    case 'ova':
      return [{ value: 'ova', label: 'OVA, the whole machine' }];
    case 'raw':
      return [{ value: 'raw', label: 'raw, as it is' }, QCOW2, OVA];
    default:
      return [{ value: 'qcow2', label: 'qcow2, as it is' }, RAW, OVA];
  }
}
