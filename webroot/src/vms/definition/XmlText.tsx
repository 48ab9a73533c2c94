interface Props {
  /** For screen readers. */
  name: string;
  text: string;
}

/** XML with numbered lines, in the order and form in which it came. */
export function XmlText({ name, text }: Props) {
  const lines = text.replace(/\n$/, '').split('\n');
  return (
    // Who has no mouse scrolls it with the arrow keys, for which it has to have the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section aria-label={name} tabIndex={0} className="lqx-xml">
      <pre>
        {lines.map((line, index) => (
          <span key={index} className="lqx-xml-line">
            {line}
            {'\n'}
          </span>
        ))}
      </pre>
    </section>
  );
}
