import { useEffect, useRef, type ReactNode } from 'react';
import { PRODUCT } from '../texts/common.js';
import { takeNavigation } from './navigation-mark.js';

interface Props {
  readonly children: string;
  /** Where it differs from the heading: "Connection, step 2 of 4". */
  readonly documentTitle?: string;
  readonly eyebrow?: ReactNode;
  readonly aside?: ReactNode;
}

/** The h1 of a page: sets the document title, and takes the focus when the page was navigated to. */
export function PageHeading({ children, documentTitle = children, eyebrow, aside }: Props) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${documentTitle}, ${PRODUCT}`;
  }, [documentTitle]);
  useEffect(() => {
    if (takeNavigation()) ref.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="page-head">
      <div className="stack tight">
        {eyebrow && <div className="eyebrow row">{eyebrow}</div>}
        <h1 ref={ref} tabIndex={-1}>
          {children}
        </h1>
      </div>
      {aside && <div className="row">{aside}</div>}
    </div>
  );
}
