// Blanks of every kind, line ends, control characters and characters of no width, but for the two selectors of emoji.
const UNSEEN = /^(?![\ufe0e\ufe0f])[\s\p{Z}\p{Cc}\p{Default_Ignorable_Code_Point}]$/u;

/** Pasted text without what surrounds it unseen. What is inside stays, for the schema to accept or reject. */
export function trimPasted(text: string): string {
  const characters = Array.from(text);
  const isSeen = (character: string) => !UNSEEN.test(character);
  const first = characters.findIndex(isSeen);
  return first < 0 ? '' : characters.slice(first, characters.findLastIndex(isSeen) + 1).join('');
}
