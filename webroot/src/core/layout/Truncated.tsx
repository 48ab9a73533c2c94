import { Link } from 'react-router';

interface Props {
  text: string;
  to?: string;
}

/** A name on one line, cut where there is no room, whole on hover. */
export function Truncated({ text, to }: Props) {
  return to ? (
    <Link to={to} className="lqx-truncate" title={text}>
      {text}
    </Link>
  ) : (
    <span className="lqx-truncate" title={text}>
      {text}
    </span>
  );
}
