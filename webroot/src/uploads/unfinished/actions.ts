import { AVAILABLE, type Action } from '../../core/actions/action';
import type { Image } from '../../core/api/types';
import { forgetParts } from '../../images/upload/imageUpload';
import { SendFileModal } from '../../images/upload/SendFileModal';

/** A page can only read a file that a person chose on it: it has to be chosen once more. */
export const goOn: Action<Image> = {
  id: 'go-on',
  label: 'Go on',
  availability: () => AVAILABLE,
  dialog: SendFileModal,
};

export const forgetUnfinished: Action<Image> = {
  id: 'forget',
  label: 'Forget',
  danger: true,
  availability: () => AVAILABLE,
  confirm: ({ name }) => ({
    title: `Forget what came of ${name}?`,
    body: 'What was uploaded so far is deleted from the host. The image stays a draft, and its file can be uploaded from the start.',
    confirmLabel: 'Forget',
  }),
  run: async ({ id }) => {
    await forgetParts(id);
    return undefined;
  },
};
