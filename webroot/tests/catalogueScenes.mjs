// The catalogue, with what goes wrong in it.
import { ago, id, task } from './mock/data.mjs';
import { image } from './mock/library.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const inRow = (page, name) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });

/** Images that came from the catalogue, in every state, and sources with a problem. */
function spoil({ state, emit }) {
  const come = (key, name, imageState, more = {}) => {
    const one = image(name, imageState, { catalogueEntryId: id(`entry ${key}`), ...more });
    state.image.push(one);
    emit('image', one, 'created');
    return one;
  };
  come('debian-13-cloud', 'debian-13-cloud', 'READY');
  come('debian-12', 'debian-12', 'REFUSED', {
    problem: 'The list says that the file has another SHA-512 than what arrived. Try it again.',
  });
  const coming = come('ubuntu-24.04', 'ubuntu-24.04', 'CHECKING');
  const more = { targetKind: 'image', targetId: coming.id, step: 'download' };
  const running = task('image.download', 'ubuntu-24.04', 'RUNNING', 43, more);
  state.task.unshift(running);
  emit('task', running, 'created');
  Object.assign(state.catalogue.sources[1], {
    problem: 'catalogue.example.org does not answer within 10 s. Look at the address.',
    problemSince: ago(4000),
    mistakes: ['https://catalogue.example.org/Ours.yaml, line 12, entry 3 (web), url: it is missing.'],
    mistakeCount: 1,
  });
}

async function openSpoilt(page, mock) {
  spoil(mock);
  await page.goto(`${mock.url}/images/catalogue`);
  await page.getByText(/could not be read since/).waitFor();
}

export const CATALOGUE = {
  'catalogue-states': { path: '/images', prepare: openSpoilt },
  'catalogue-mistakes': {
    path: '/images',
    prepare: async (page, mock) => {
      await openSpoilt(page, mock);
      await button(page, 'Mistakes of Ours').click();
    },
  },
  'catalogue-download': {
    path: '/images/catalogue',
    prepare: async (page) => {
      await button(inRow(page, 'Debian 13, network installer'), 'Download').click();
      await page.getByRole('dialog').getByLabel('Name').fill('not a name');
    },
  },
  'catalogue-details': {
    path: '/images/catalogue',
    prepare: async (page) => {
      await button(page, 'Actions for FreeBSD 15.1').click();
      await page.getByRole('menuitem', { name: 'Details' }).click();
    },
  },
  'catalogue-sources': {
    path: '/images',
    prepare: async (page, mock) => {
      await openSpoilt(page, mock);
      await button(page, 'Manage catalogues').click();
      await page.getByRole('dialog').getByLabel('Address').fill('ftp://catalogue.example.org');
    },
  },
  'catalogue-nothing-found': {
    path: '/images/catalogue',
    prepare: (page) => page.getByRole('textbox', { name: 'Find in the catalogue' }).fill('no such system'),
  },
  'catalogue-forbidden': {
    path: '/images/catalogue',
    control: {
      refuse: ({ path }) =>
        path.startsWith('/images/catalogue') && {
          status: 403,
          body: { title: 'Forbidden', status: 403, code: 'FORBIDDEN', detail: 'Only administrators may do this.' },
        },
    },
  },
};
