import { useId } from 'react';
import '../forms/fields.css';

interface Props {
  readonly label: string;
  readonly allLabel: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

/** A filter above a list; empty means all. */
export function FilterSelect({ label, allLabel, value, options, onChange }: Props) {
  const id = useId();
  return (
    <div>
      <label className="small" htmlFor={id}>
        {label}
      </label>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{allLabel}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
