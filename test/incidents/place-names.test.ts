import { describe, expect, it } from 'vitest'
import { isSamePlace, readPlaceName, spellPlace } from '../../handlers/incident/place-names.ts'

describe('the names of places', () => {
  it.each([
    ['3幢', '3幢'],
    ['三号楼', '3幢'],
    ['第3栋', '3幢'],
    ['3#楼', '3幢'],
    ['A座', 'A幢'],
    ['a座', 'A幢'],
    ['丽景新村12幢401室', '丽景新村12幢'],
    ['十二幢二单元', '12幢'],
    ['东门口', '东门'],
    ['东门旁边', '东门'],
    ['沿河路', '沿河路'],
    ['３幢', '3幢'],
  ])('%s is spelled %s', (told, spelled) => {
    expect(spellPlace(readPlaceName(told))).toBe(spelled)
  })

  it.each([
    ['3幢', '三号楼302', true],
    ['丽景新村3幢', '3号楼', true],
    ['丽景新村3幢', '城北家园3幢', false],
    ['3幢', '13幢', false],
    ['3幢', '东门', false],
    ['东门口', '小区东门', true],
    ['沿河路', '沿河巷', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(isSamePlace(readPlaceName(one), readPlaceName(other))).toBe(same)
    expect(isSamePlace(readPlaceName(other), readPlaceName(one))).toBe(same)
  })
})
