import type { FieldError } from '@gangway/contract/errors';
import type { RefObject } from 'react';
import { t } from '../texts/states.js';

interface Props {
  readonly errors: readonly FieldError[];
  readonly labels: Readonly<Record<string, string>>;
  readonly idOf: (field: string) => string;
  readonly summaryRef: RefObject<HTMLDivElement | null>;
}

/** Lists what was refused and links to each field; takes the focus after an invalid submit. */
export function ErrorSummary({ errors, labels, idOf, summaryRef }: Props) {
  if (errors.length === 0) return null;
  return (
    <div className="summary" ref={summaryRef} tabIndex={-1} role="group" aria-labelledby="error-summary">
      <p id="error-summary" className="notice-title">
        {t('summary.title', { count: errors.length })}
      </p>
      <ul>
        {errors.map(({ field, message }) => (
          <li key={field}>
            <a
              href={`#${idOf(field)}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(idOf(field))?.focus();
              }}
            >
              {labels[field] ? `${labels[field]}: ${message}` : message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
