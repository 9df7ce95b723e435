import { useState, type HTMLInputTypeAttribute, type ReactNode } from 'react';
import { t } from '../texts/common.js';
import type { FieldProps } from './use-form.js';
import './fields.css';

interface Shared {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly field: FieldProps;
  readonly isOptional?: boolean;
}

function Field({ label, hint, field, isOptional = false, children }: Shared & { children: ReactNode }) {
  return (
    <div className={field.error ? 'field wrong' : 'field'}>
      <label htmlFor={field.id}>{label}</label>
      {isOptional && <span className="soft small"> ({t('optional')})</span>}
      {hint && (
        <div className="field-hint" id={`${field.id}-hint`}>
          {hint}
        </div>
      )}
      {children}
      {field.error && (
        <div className="field-error" id={`${field.id}-error`}>
          {field.error}
        </div>
      )}
    </div>
  );
}

function describe(field: FieldProps, hint: ReactNode) {
  const ids = [hint && `${field.id}-hint`, field.error && `${field.id}-error`].filter(Boolean).join(' ');
  return {
    id: field.id,
    name: field.name,
    'aria-invalid': field.error ? true : undefined,
    'aria-describedby': ids || undefined,
  };
}

interface TextProps extends Shared {
  readonly type?: HTMLInputTypeAttribute;
  readonly autoComplete?: string;
  readonly isMono?: boolean;
  readonly min?: string;
  readonly isReadOnly?: boolean;
}

export function TextField({
  type = 'text',
  autoComplete = 'off',
  isMono = false,
  min,
  isReadOnly = false,
  ...shared
}: TextProps) {
  const { field, hint } = shared;
  return (
    <Field {...shared}>
      <input
        {...describe(field, hint)}
        className={isMono ? 'input mono' : 'input'}
        type={type}
        min={min}
        readOnly={isReadOnly}
        value={field.value}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => field.onChange(event.target.value)}
      />
    </Field>
  );
}

/** A secret: hidden, pasteable, open to password managers; "Show" reveals it. */
export function SecretField({ autoComplete = 'off', ...shared }: Shared & { autoComplete?: string }) {
  const { field, hint } = shared;
  const [isShown, setShown] = useState(false);
  return (
    <Field {...shared}>
      <div className="input-with-button">
        <input
          {...describe(field, hint)}
          className="input"
          type={isShown ? 'text' : 'password'}
          value={field.value}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => field.onChange(event.target.value)}
        />
        <button type="button" className="reveal" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? t('hide') : t('show')}
        </button>
      </div>
    </Field>
  );
}

export function TextAreaField(shared: Shared) {
  const { field, hint } = shared;
  return (
    <Field {...shared}>
      <textarea
        {...describe(field, hint)}
        className="input mono"
        rows={5}
        value={field.value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => field.onChange(event.target.value)}
      />
    </Field>
  );
}

interface FileProps extends Shared {
  /** Endings of the files to choose from, as `accept` has them. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

/** A file, read here: the field's value is what the form makes of it. */
export function FileField({ accept, onFile, ...shared }: FileProps) {
  const { field, hint } = shared;
  return (
    <Field {...shared}>
      <input
        {...describe(field, hint)}
        className="input"
        type="file"
        accept={accept}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onFile(file);
        }}
      />
    </Field>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export function SelectField({ options, ...shared }: Shared & { options: readonly Option[] }) {
  const { field, hint } = shared;
  return (
    <Field {...shared}>
      <select
        {...describe(field, hint)}
        className="input"
        value={field.value}
        onChange={(event) => field.onChange(event.target.value)}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}
