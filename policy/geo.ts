import gcoord from 'gcoord'

/**
 * WGS-84 is what satellites and browsers tell; GCJ-02 what Chinese maps, DingTalk's located addresses and WeCom's attendance data are
 * drawn in. The two lie 100 to 700 metres apart within China, so a position without its datum is worth nothing.
 */
export type Datum = 'WGS-84' | 'GCJ-02'

/** Degrees. */
export interface Position {
  lat: number
  lng: number
  datum: Datum
}

const EARTH_RADIUS_M = 6_371_008.8

/** The one place where datums are converted. */
export function toWgs84({ lat, lng, datum }: Position): Position {
  if (datum === 'WGS-84') return { lat, lng, datum }
  const [convertedLng, convertedLat] = gcoord.transform([lng, lat], gcoord.GCJ02, gcoord.WGS84)
  return { lat: convertedLat, lng: convertedLng, datum: 'WGS-84' }
}

/** Whole metres along the surface between two positions, whatever their datums. */
export function measureDistanceM(a: Position, b: Position): number {
  const [from, to] = [toWgs84(a), toWgs84(b)]
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const halfLat = Math.sin(radians(to.lat - from.lat) / 2)
  const halfLng = Math.sin(radians(to.lng - from.lng) / 2)
  const haversine = halfLat ** 2 + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * halfLng ** 2
  return Math.round(2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(haversine))))
}
