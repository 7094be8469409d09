import { listPersons, type PersonSpan } from './persons.ts'
import { joinPlaces, listAnchors, type PlaceSpan } from './places.ts'
import type { Reading } from './reading.ts'

/**
 * People and places told in the message. A form of address wins over a place (王奶奶家), a firm over a nickname at its
 * beginning (老张饭店), a place over a bare full name inside it.
 */
export function listWhoAndWhere({ text, input }: Reading): { persons: PersonSpan[]; places: PlaceSpan[] } {
  const candidates = listPersons(text, input.names)
  const anchors = listAnchors(text, input.places)
  const firms = joinPlaces(text, anchors, []).filter(place => place.isFirm && place.strength >= 3)
  const isNameOfFirm = (person: PersonSpan): boolean =>
    firms.some(firm => firm.start === person.start && firm.end > person.end)
  const people = candidates.filter(person => person.form === 'full' || !isNameOfFirm(person))
  // A full name right after a house number ends the address; elsewhere a place may hold a name's characters.
  const firm = people.filter(
    person =>
      person.form !== 'full' ||
      /[\d幢号楼室栋元]\s?$|[:：]$/.test(text.slice(Math.max(0, person.start - 2), person.start)),
  )
  const places = joinPlaces(text, anchors, firm)
  const persons = people.filter(
    person => person.form !== 'full' || !places.some(place => person.start < place.end && person.end > place.start),
  )
  return { persons, places }
}
