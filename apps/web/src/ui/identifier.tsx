/** A long identifier, in full, selectable, breaking where it must. */
export function Identifier({ value }: { value: string }) {
  return <code translate="no">{value}</code>;
}
