/** The number of the event that a reader has seen last, from what it says; 0 for nothing, and for nonsense. */
export function toAfterSeq(lastEventId: string | null | undefined): number {
  const seq = Number.parseInt(lastEventId ?? '0', 10);
  return Number.isSafeInteger(seq) && seq > 0 ? seq : 0;
}
