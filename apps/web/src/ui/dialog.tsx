import { useEffect, useId, useRef, type ReactNode } from 'react';
import './dialog.css';

interface Props {
  readonly title: string;
  readonly isOpen: boolean;
  /** Absent: the dialog cannot be dismissed. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
}

/** A modal on the platform's own <dialog>: focus trap, Escape and the inert page come with it. */
export function Dialog({ title, isOpen, onClose, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!isOpen || !dialog || dialog.open) return;
    dialog.showModal();
    return () => dialog.close();
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <dialog
      ref={ref}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <div className="stack">
        <h2 id={titleId}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
