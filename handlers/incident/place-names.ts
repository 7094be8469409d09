import { readNumeral } from '../numerals.ts'

/** A place in the words it is compared by: 三号楼, 3幢 and 3栋 are one building. */
export interface PlaceName {
  /** What stands before the building, or the whole place where none is told: `丽景新村`, `东门`. */
  base: string
  /** `3`, `A`; absent where no building is told. */
  building?: string
}

const BUILDING = /第?(\d{1,3}|[A-Za-z]|[一二两三四五六七八九十]{1,3})\s*(?:号楼|幢|栋|座|#楼|#)(?!线)/u
/** Spots that belong to the place before them, so that 东门口 and 东门旁边 are 东门. */
const SPOT =
  /(?:门?口|楼下|楼上|旁边?|附近|对面|周边|周围|里面?|外面?|前面?|后面?|上面?|下面?|那里|那边|这里|这边|一带|处)$/u

/** Reads the words of a place; `base` is empty where only a building is told. */
export function readPlaceName(place: string): PlaceName {
  const text = place.normalize('NFKC').replace(/[\s,，。.、]/g, '')
  const found = BUILDING.exec(text)
  if (!found) return { base: cutSpot(text) }
  const told = found[1]!
  const building = /^[A-Za-z]$/.test(told) ? told.toUpperCase() : String(readNumeral(told) ?? told)
  return { base: text.slice(0, found.index), building }
}

function cutSpot(text: string): string {
  const cut = text.replace(SPOT, match => (match.startsWith('门') ? '门' : ''))
  return cut.length >= 2 ? cut : text
}

/** `丽景新村3幢`: one spelling for all ways of saying it. */
export function spellPlace({ base, building }: PlaceName): string {
  return building === undefined ? base : `${base}${building}幢`
}

/** Whether two places may be the same: the building must agree, and the names before it where both tell one. */
export function isSamePlace(one: PlaceName, other: PlaceName): boolean {
  if (one.building !== other.building) return false
  if (one.base === other.base) return true
  const [short, long] = one.base.length <= other.base.length ? [one.base, other.base] : [other.base, one.base]
  if (one.building !== undefined && short === '') return true
  return short.length >= 2 && long.includes(short)
}
