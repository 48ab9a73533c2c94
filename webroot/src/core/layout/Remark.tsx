interface Props {
  text: string | undefined;
  danger?: boolean;
}

/** A sentence below the value of a cell: a few lines of it, all of it on hover. */
export function Remark({ text, danger = false }: Props) {
  if (!text) return null;
  return (
    <p className={`lqx-remark ${danger ? 'lqx-failure' : 'lqx-subtle'}`} title={text}>
      {text}
    </p>
  );
}
