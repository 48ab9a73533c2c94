import { AVAILABLE, type Action } from '../../../core/actions/action';
import { AdoptVolumeModal, type Found } from './AdoptVolumeModal';

export const adoptVolume: Action<Found> = {
  id: 'adopt',
  label: 'Adopt',
  availability: () => AVAILABLE,
  dialog: AdoptVolumeModal,
};
