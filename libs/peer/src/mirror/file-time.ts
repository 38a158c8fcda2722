/** Seconds for `utimes`: half a microsecond more, as the system cuts the fraction off. */
export function secondsOf(mtimeMs: number): number {
  return (mtimeMs + 0.0005) / 1000;
}
