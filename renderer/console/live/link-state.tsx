import { useFleet } from './fleet-context.tsx';

const WORDS = {
  connecting: 'Connecting',
  live: 'Live',
  lost: 'Hub unreachable, trying again',
  denied: 'No access',
} as const;

/** Whether what the page shows is what is. */
export function LinkState() {
  const { link, fault } = useFleet();
  return (
    <p className={`link link-${link}`} role="status" title={fault}>
      <span className="dot" aria-hidden="true" />
      {WORDS[link]}
    </p>
  );
}
