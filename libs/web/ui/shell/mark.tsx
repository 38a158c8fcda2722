/** Goliath's sign: many small circles that hold one large. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" fill="none">
      <circle cx="12" cy="12" r="5.2" fill="var(--g-accent)" />
      <circle cx="12" cy="12" r="9" stroke="var(--g-accent)" opacity="0.45" />
      <g fill="var(--mantine-color-text)">
        <circle cx="12" cy="3" r="2" />
        <circle cx="19.8" cy="16.5" r="2" />
        <circle cx="4.2" cy="16.5" r="2" />
      </g>
    </svg>
  );
}
