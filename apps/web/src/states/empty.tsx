import type { ReactNode } from 'react';
import './empty.css';

interface Props {
  readonly title: string;
  readonly children?: ReactNode;
  /** The one thing to do. */
  readonly action?: ReactNode;
}

/** What this place is for and why nothing is in it. */
export function Empty({ title, children, action }: Props) {
  return (
    <div className="empty">
      <h2 className="empty-title">{title}</h2>
      {children && <div className="soft measure">{children}</div>}
      {action && <div className="row">{action}</div>}
    </div>
  );
}
