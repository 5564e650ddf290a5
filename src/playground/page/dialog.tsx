import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

export interface DialogParts {
  title: string;
  onClose(): void;
  /** Its buttons, where they are not in what it holds. */
  foot: ComponentChildren;
  children: ComponentChildren;
  closeLabel?: string;
}

/** A window over the page. The browser keeps the focus in it, and gives it back afterwards. */
export function Dialog({ title, onClose, foot, children, closeLabel }: DialogParts) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class="dialog-head">
        <h2 id={heading}>{title}</h2>
        {closeLabel && (
          <button type="button" class="close" aria-label={closeLabel} onClick={onClose}>
            <span aria-hidden="true">✕</span>
          </button>
        )}
      </div>
      <div class="dialog-body">{children}</div>
      {foot && <div class="dialog-foot">{foot}</div>}
    </dialog>
  );
}
