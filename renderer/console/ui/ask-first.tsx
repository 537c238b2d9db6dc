import { type ReactNode, useId, useRef } from 'react';

/** A button for what shoppers would notice: it says what will happen, and does it only when that is confirmed. */
export function AskFirst({ label, question, confirm, onConfirm, children }: { label: string; question: string; confirm: string; onConfirm: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  return (
    <>
      <button className="button" type="button" aria-haspopup="dialog" onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby={titleId}>
        <h2 id={titleId}>{question}</h2>
        <p>{children}</p>
        <form method="dialog" className="dialog-buttons">
          {/* First, so that Enter out of habit changes nothing. */}
          <button className="button">Cancel</button>
          <button className="button button-strong" onClick={onConfirm}>
            {confirm}
          </button>
        </form>
      </dialog>
    </>
  );
}
