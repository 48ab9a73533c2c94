interface Props {
  label: string;
  words: readonly string[];
  nothing: string;
}

/** Some sentences or facts in a cell, one below the other. */
export function Words({ label, words, nothing }: Props) {
  if (words.length === 0) return <span className="lqx-subtle">{nothing}</span>;
  return (
    <ul className="lqx-plain" aria-label={label}>
      {words.map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  );
}
