export const builtInPackIds = [
  'street-team',
  'street-appraisal',
  'county-grid',
  'town-visits',
  'five-tier',
  'grid-supervision',
  'county-center',
  'village-grid',
] as const

/** Whose rules begin with what: S2-28 stands in `county-grid`. */
const packOfPrefix: Readonly<Record<string, (typeof builtInPackIds)[number]>> = {
  S0: 'street-team',
  S1: 'street-appraisal',
  S2: 'county-grid',
  S3A: 'town-visits',
  S3B: 'five-tier',
  S3C: 'grid-supervision',
  S4A: 'county-center',
  S4B: 'county-center',
  S4D: 'county-center',
  S4C: 'village-grid',
  S4E: 'village-grid',
}

/** The built-in pack of the document that a rule stands in; undefined where there is no such document. */
export function packOfRule(rule: string): (typeof builtInPackIds)[number] | undefined {
  return packOfPrefix[rule.split('-')[0]!]
}
