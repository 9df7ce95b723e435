type Base<Key> = Key extends `${infer Name}_one` | `${infer Name}_other` ? Name : Key;
export type Translate<Key extends string> = (key: Key, values?: Record<string, string | number>) => string;

const plural = new Intl.PluralRules('en');

/**
 * Gives the translator of one screen area's English texts, which arrive with the screen that needs them. `{{name}}`
 * stands for a value. Plural keys end in `_one` and `_other` and are asked for by their base with `{count}`. What has
 * no text shows its area and key.
 */
export function defineTexts<const T extends Record<string, string>>(
  area: string,
  english: T,
): Translate<Base<keyof T & string>> {
  const texts: Readonly<Record<string, string>> = english;
  return (key, values = {}) => {
    const { count } = values;
    const counted = typeof count === 'number' ? texts[`${key}_${plural.select(count)}`] : undefined;
    const text = counted ?? texts[key] ?? `${area}.${key}`;
    return text.replaceAll(/\{\{(\w+)\}\}/g, (_placeholder, name: string) => String(values[name] ?? ''));
  };
}
