import { Link } from 'react-router';
import { tabPath, type LibraryTab } from '../../images/tabs';

const TEXTS: Record<LibraryTab, string> = {
  cloud: 'Images of the library',
  isos: 'ISOs of the library',
  appliances: 'Appliances of the library',
};

/** To the library in a window of its own: the form stays as it is. */
export function LibraryLink({ tab }: { tab: LibraryTab }) {
  return (
    <Link to={tabPath(tab)} target="_blank">
      {TEXTS[tab]}
      <span className="pf-v6-screen-reader"> (in a new window)</span>
    </Link>
  );
}
