import type { ReactNode } from 'react';
import type { Believed } from '../keys/believed-keys.ts';
import type { Verification } from './use-verification.ts';
import { verdictWords } from './verdict-words.ts';

/** The answer in one word, and what it rests on. */
export function Verdict({ verification, believed, children }: { verification: Verification | undefined; believed: Believed | null; children?: ReactNode }) {
  const { tone, word, sentence } = verdictWords(verification, believed);
  return (
    <section className={`verdict-bar verdict-bar-${tone}`} role="status" aria-label="Verdict">
      <p className="verdict-word">{word}</p>
      <p className="verdict-sentence">{sentence}</p>
      <div className="verdict-actions">{children}</div>
    </section>
  );
}
