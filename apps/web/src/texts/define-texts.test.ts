import { describe, expect, it } from 'vitest';
import { defineTexts, type Translate } from './define-texts.js';

const t = defineTexts('mails', {
  hello: 'Hello, {{name}}: {{name}}, {{place}}!',
  unread_one: '{{count}} mail',
  unread_other: '{{count}} mails',
  price: 'It costs $& and $1',
});

describe('defineTexts', () => {
  it('puts values in, every time they are named, and nothing where there is none', () => {
    expect(t('hello', { name: '<Ann>' })).toBe('Hello, <Ann>: <Ann>, !');
    expect(t('hello', { name: '$& {{place}}', place: 'x' })).toBe('Hello, $& {{place}}: $& {{place}}, x!');
    expect(t('price')).toBe('It costs $& and $1');
  });

  it('counts', () => {
    expect([0, 1, 2].map((count) => t('unread', { count }))).toEqual(['0 mails', '1 mail', '2 mails']);
  });

  it('shows area and key of what has no text', () => {
    const unknown: Translate<string> = t as Translate<string>;
    expect(unknown('missing')).toBe('mails.missing');
  });
});
