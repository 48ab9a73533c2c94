import { Link } from 'react-router';
import { Remark } from '../../core/layout/Remark';
import { StateLabel } from '../../core/layout/StateLabel';
import { TaskProgress } from '../../tasks/TaskProgress';
import { isUsable } from '../images';
import { imageState } from '../imageState';
import { imagePath } from '../tabs';
import type { EntryRow } from './entryRow';

/** The image that came from an entry, and how far it is. */
export function InLibrary({ row: { image, task, name } }: { row: EntryRow }) {
  if (!image) return <>–</>;
  return (
    <>
      {isUsable(image) ? (
        <Link to={imagePath(image)} title={image.name}>
          In the library
        </Link>
      ) : (
        <StateLabel {...imageState(image)} title={image.name} />
      )}
      <TaskProgress task={task} of={name} />
      <Remark text={image.problem} danger />
    </>
  );
}
