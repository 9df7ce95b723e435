import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import './dialog.css';

interface Props {
  readonly title: string;
  readonly isOpen: boolean;
  /** Absent: the dialog cannot be dismissed. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
}

/** A modal on the platform's own <dialog>: focus trap, Escape and the inert page come with it. */
export function Dialog({ isOpen, ...rest }: Props) {
  return isOpen ? <OpenDialog {...rest} /> : null;
}

function OpenDialog({ title, onClose, children }: Omit<Props, 'isOpen'>) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // A layout effect of the component that goes away: it closes while the element still stands, and only then does the
  // browser give the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
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
