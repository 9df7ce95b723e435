// What follows each part is none of it: text that fits until shortly before its end is read once.
const BASE64 = /^[A-Za-z0-9+/\s]*(?:=\s*){0,2}$/;

/** Whether a text is something in base64, on any number of lines. Takes time in proportion to its length. */
export const isBase64 = (text: string): boolean => text.trim() !== '' && BASE64.test(text);
