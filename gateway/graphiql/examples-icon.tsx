/** A list with a play mark: the examples. */
export function ExamplesIcon() {
  return (
    <svg viewBox="0 0 24 24" height="1em" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M4 6h16M4 12h7M4 18h7" strokeLinecap="round" />
      <path d="M15 11.5v8l6-4z" strokeLinejoin="round" />
    </svg>
  );
}
