/** A text with some of its places marked: start and end, in order. */
export function MarkedText({ text, places }: { text: string; places: readonly (readonly number[])[] }) {
  const parts = places.reduce<{ text: string; isMarked: boolean; end: number }[]>((all, [start = 0, end = 0]) => {
    const from = all.at(-1)?.end ?? 0;
    return [
      ...all,
      { text: text.slice(from, start), isMarked: false, end: start },
      { text: text.slice(start, end), isMarked: true, end },
    ];
  }, []);
  const rest = text.slice(parts.at(-1)?.end ?? 0);
  return (
    <>
      {parts.map((part, at) => (part.isMarked ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>))}
      {rest}
    </>
  );
}
