import { hasPrivateNumber } from '../../storage/masking.ts'

/** Residents as people speak of them: by a form of address and by full name. */
const NAMES = ['王奶奶', '赵国强', '孙大爷', '周小梅']
const DOORS = /50\d室?/

/** Finds what must not be read in a group: residents' names, doors, telephone and identity numbers. */
export function createReader(): { names: readonly string[]; listLeaks(text: string): string[] } {
  return {
    names: NAMES,
    listLeaks(text) {
      const names = NAMES.filter(name => text.includes(name))
      const door = DOORS.exec(text)?.[0]
      return [...names, ...(door ? [door] : []), ...(hasPrivateNumber(text) ? ['a number'] : [])]
    },
  }
}
