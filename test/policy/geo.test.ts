import { describe, expect, test } from 'vitest'
import { measureDistanceM, toWgs84 } from '../../policy/geo.ts'

/** The same spot in Hangzhou in both datums, by the published transformation. */
const wgs = { lat: 30.2741, lng: 120.1551, datum: 'WGS-84' } as const
const gcj = { lat: 30.27173, lng: 120.15989, datum: 'GCJ-02' } as const

describe('positions', () => {
  test('are the same place in either datum, to a few metres', () => {
    expect(measureDistanceM(wgs, gcj)).toBeLessThan(20)
  })

  test('taken for the wrong datum are hundreds of metres off', () => {
    expect(measureDistanceM(wgs, { ...gcj, datum: 'WGS-84' })).toBeGreaterThan(400)
  })

  test('outside China are the same in both', () => {
    const tokyo = { lat: 35.68, lng: 139.76, datum: 'GCJ-02' } as const
    expect(toWgs84(tokyo)).toEqual({ ...tokyo, datum: 'WGS-84' })
  })

  test.each([
    [{ lat: 30.2741, lng: 120.1551 }, { lat: 30.2741, lng: 120.1551 }, 0],
    [{ lat: 0, lng: 0 }, { lat: 0, lng: 1 }, 111_195],
    [{ lat: 39.9, lng: 116.4 }, { lat: 31.23, lng: 121.47 }, 1_067_000],
    [{ lat: 0, lng: 0 }, { lat: 0, lng: 180 }, 20_015_115],
  ])('are as far apart as the great circle between them', (a, b, metres) => {
    const measured = measureDistanceM({ ...a, datum: 'WGS-84' }, { ...b, datum: 'WGS-84' })
    expect(Math.abs(measured - metres)).toBeLessThanOrEqual(metres * 0.001)
  })
})
