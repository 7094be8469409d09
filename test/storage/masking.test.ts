import { expect, it } from 'vitest'
import { maskPlace } from '../../storage/masking.ts'

it.each([
  ['石板巷17号3单元302', '石板巷17号3单元***'],
  ['石板巷17号3单元302室', '石板巷17号3单元***'],
  ['石板巷17号5室', '石板巷17号***'],
  ['石板巷501A室', '石板巷***'],
  ['3幢三零二室', '3幢***'],
  ['3-2-501', '3-2-***'],
  ['3幢', '3幢'],
  ['塘下弄14号', '塘下弄14号'],
  ['社区三楼会议室', '社区三楼会议室'],
])('hides the door in %s', (place, masked) => {
  expect(maskPlace(place)).toBe(masked)
})
