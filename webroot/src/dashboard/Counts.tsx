import { StateLabel } from '../core/layout/StateLabel';
import type { Count } from './summary';

/** Numbers with the states that they count. */
export function Counts({ label, counts }: { label: string; counts: readonly Count[] }) {
  return (
    <ul className="lqx-plain lqx-counts" aria-label={label}>
      {counts.map(({ text, tone, count }) => (
        <li key={text}>
          <span className="lqx-count">{count.toLocaleString()}</span>
          {count === 0 ? <span className="lqx-subtle">{text}</span> : <StateLabel text={text} tone={tone} plain />}
        </li>
      ))}
    </ul>
  );
}
