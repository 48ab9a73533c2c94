import { Button, ToolbarItem } from '@patternfly/react-core';
import { CopyIcon, DownloadIcon, SyncAltIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { saveFile } from '../../console/savePicture';

interface Props {
  text: string;
  fileName: string;
  onRead: () => void;
}

/** What can be done with a definition. */
export function DefinitionButtons({ text, fileName, onRead }: Props) {
  const [outcome, setOutcome] = useState<{ text: string; words: string }>();
  const say = (words: string): void => setOutcome({ text, words });
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => say('Copied'),
      () => say('The browser did not let it be copied'),
    );
  };
  return (
    <>
      <ToolbarItem>
        <Button variant="secondary" icon={<CopyIcon />} onClick={copy}>
          Copy
        </Button>
      </ToolbarItem>
      <ToolbarItem>
        <Button
          variant="secondary"
          icon={<DownloadIcon />}
          onClick={() => saveFile(new Blob([text], { type: 'application/xml' }), fileName)}
        >
          Download
        </Button>
      </ToolbarItem>
      <ToolbarItem>
        <Button variant="link" icon={<SyncAltIcon />} onClick={onRead}>
          Read again
        </Button>
      </ToolbarItem>
      <ToolbarItem alignSelf="center">
        <span role="status" className="lqx-subtle">
          {outcome?.text === text && outcome.words}
        </span>
      </ToolbarItem>
    </>
  );
}
