/** Whole per cent; undefined where nothing was due. All but one never reads 100. */
export function percent(part: number, whole: number): number | undefined {
  if (whole === 0) return undefined
  return part < whole ? Math.min(99, Math.round((part / whole) * 100)) : 100
}

/** `62%`, or `—` of nothing. */
export function percentOf(part: number, whole: number): string {
  const value = percent(part, whole)
  return value === undefined ? '—' : `${value}%`
}
