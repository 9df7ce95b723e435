import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import './button.css';

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly href: string;
  /** Dressed as a button; it stays a link. */
  readonly look?: 'primary' | 'secondary' | 'quiet';
  readonly small?: boolean;
}

/** A link within the app; `href` comes from paths.ts. Modified clicks are left to the browser. */
export function AppLink({ href, look, small = false, className, onClick, ...rest }: Props) {
  const router = useRouter();
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !isPlain || rest.target) return;
    event.preventDefault();
    router.history.push(href);
  }
  const looks = look ? `button ${look}${small ? ' small' : ''}` : '';
  return (
    <a
      {...rest}
      href={href}
      onClick={follow}
      className={[looks, className].filter(Boolean).join(' ') || undefined}
    />
  );
}
