const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe to stand in a mail. Only {@link html} makes it. */
export class SafeHtml {
  constructor(readonly markup: string) {}
}

/** A template whose every value is escaped, unless it was made by this function itself. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | SafeHtml | readonly SafeHtml[])[]
): SafeHtml {
  return new SafeHtml(
    parts.reduce((markup, part, index) => markup + toMarkup(values[index - 1] ?? '') + part),
  );
}

function toMarkup(value: string | SafeHtml | readonly SafeHtml[]): string {
  if (value instanceof SafeHtml) return value.markup;
  if (typeof value !== 'string') return value.map((item) => item.markup).join('');
  return escapeHtml(value);
}

/** Text as it stands in HTML, in an attribute too. */
export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
