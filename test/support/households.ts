import { readDoor } from '../../handlers/households/doors.ts'
import { insertHousehold, nextHouseholdCode } from '../../storage/households.ts'
import { newId } from '../../storage/ids.ts'
import { loadRoster, touchRoster } from '../../storage/load-roster.ts'
import type { TestStreet } from './street.ts'

/** A register of a grid: `['3幢501 王秀英', '3幢502']`. */
export async function withHouseholds(
  street: TestStreet,
  gridNo: number,
  lines: readonly string[],
  keeper?: string,
): Promise<void> {
  await street.change(async db => {
    const roster = await loadRoster(db)
    const [grid] = roster.gridsNumbered(gridNo)
    // What the lines name is all there is: a register of a few doors of three hundred counts for nothing.
    await db.sql.updateTable('grid').set({ households: lines.length }).where('id', '=', grid!.id).execute()
    await touchRoster(db, newId(street.now()))
    const [member] = keeper === undefined ? [] : roster.membersNamed(keeper)
    for (const line of lines) {
      const [door, name] = line.split(' ')
      const { building, key, shortKey } = readDoor(door!)
      const code = await nextHouseholdCode(db, grid!)
      await insertHousehold(
        db,
        {
          gridId: grid!.id,
          code,
          building,
          door: door!,
          doorKey: key!,
          shortKey: shortKey!,
          name,
          memberId: member?.id,
          from: '2026-01-01',
        },
        street.now(),
      )
    }
  })
}
