import { readPlaceName } from '../incident/place-names.ts'
import { NUMERAL, readNumeral } from '../numerals.ts'

/** An address of a household. */
export interface Door {
  /** `3`, `A`; absent where the address tells none. */
  building?: string
  /** One spelling for all ways of writing it; absent where it names no door but a building or an entrance at most. */
  key?: string
  /** The same without the entrance (单元): people leave it out. */
  shortKey?: string
}

const BUILDING = /^.*?第?(?:\d{1,3}|[A-Za-z]|[一二两三四五六七八九十]{1,3})\s*(?:号楼|幢|栋|座|#楼|#)/u
const DASHED = /^(\d{1,3})[-－–—](?:(\d{1,2})[-－–—])?(\d{2,4})室?$/u
const ENTRANCE = new RegExp(`^${NUMERAL}\\s*(?:单元|门洞?)`, 'u')
const ROOM = /^(\d{1,4}[A-Za-z]?)(?:室|号|户)?/u

/** Reads `3幢2单元501`, `三号楼501室`, `3-2-501`, `石板巷17号`; what follows the door is left out. */
export function readDoor(address: string): Door {
  const told = address.normalize('NFKC').replace(/[\s,，。.、]/g, '')
  const [, dashedBuilding, dashedEntrance, dashedRoom] = DASHED.exec(told) ?? []
  if (dashedRoom !== undefined) return spell(String(Number(dashedBuilding)), dashedEntrance, dashedRoom)
  const { base, building } = readPlaceName(told)
  if (building === undefined) return readLane(base)
  const behind = told.replace(BUILDING, '')
  const entrance = ENTRANCE.exec(behind)
  const room = ROOM.exec(behind.slice(entrance?.[0].length ?? 0))?.[1]
  return room === undefined ? { building } : spell(building, entrance?.[1], room)
}

function spell(building: string, entrance: string | undefined, room: string): Door {
  const shortKey = `${building}幢${room.toUpperCase()}`
  const number = readNumeral(entrance)
  return {
    building,
    key: number === undefined ? shortKey : `${building}幢${number}单元${room.toUpperCase()}`,
    shortKey,
  }
}

/** In a lane or a village the house is the door: `石板巷17号`. */
function readLane(base: string): Door {
  const [lane] = /^.*?\d{1,4}号?(?:之\d{1,2})?/u.exec(base) ?? []
  if (lane === undefined) return {}
  const key = lane.replace(/号$/, '')
  return { key, shortKey: key }
}
