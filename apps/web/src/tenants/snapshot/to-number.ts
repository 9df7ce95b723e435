const number = new Intl.NumberFormat('en-GB');

/** "1,234". */
export const toNumber = (value: number): string => number.format(value);
