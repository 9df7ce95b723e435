import type { ReactNode } from 'react';
import { StatusIcon, type Tone } from './status-badge.js';
import './notice.css';

interface Props {
  readonly tone: Extract<Tone, 'info' | 'ok' | 'warn' | 'bad' | 'waiting' | 'live'>;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Said by screen readers as soon as it appears. */
  readonly isAlert?: boolean;
}

export function Notice({ tone, title, children, actions, isAlert = false }: Props) {
  return (
    <div className={`notice tone-${tone}`} role={isAlert ? 'alert' : undefined}>
      <StatusIcon tone={tone} size={20} />
      <div className="stack tight grow">
        {title && <p className="notice-title">{title}</p>}
        {children && <div className="notice-body">{children}</div>}
        {actions && <div className="row">{actions}</div>}
      </div>
    </div>
  );
}
