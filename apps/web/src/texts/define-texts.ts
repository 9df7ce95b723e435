import i18next from 'i18next';

// Resources arrive with the screen that needs them, so the start is synchronous and empty.
void i18next.init({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: {},
});

type Base<Key> = Key extends `${infer Name}_one` | `${infer Name}_other` ? Name : Key;
export type Translate<Key extends string> = (key: Key, values?: Record<string, string | number>) => string;

/**
 * Registers the English texts of one screen area and gives its translator. Plural keys end in `_one` and `_other`
 * and are asked for by their base with `{count}`.
 */
export function defineTexts<const T extends Record<string, string>>(
  area: string,
  english: T,
): Translate<Base<keyof T & string>> {
  i18next.addResourceBundle('en', area, english, true, true);
  return (key, values) => i18next.t(key, { ...values, ns: area });
}
