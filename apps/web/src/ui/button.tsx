import type { ButtonHTMLAttributes, MouseEvent, ReactNode } from 'react';
import './button.css';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly small?: boolean;
  /** Shows that the click was taken and swallows further ones; the button stays focusable. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** A button; never disabled while it works, so that focus and its name stay where they are. */
export function Button({
  look = 'secondary',
  small = false,
  busy = false,
  onClick,
  children,
  className,
  ...rest
}: Props) {
  function click(event: MouseEvent<HTMLButtonElement>) {
    if (busy) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <button
      type="button"
      {...rest}
      className={['button', look, small && 'small', className].filter(Boolean).join(' ')}
      aria-busy={busy || undefined}
      onClick={click}
    >
      {children}
    </button>
  );
}
