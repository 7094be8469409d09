import type { Bridge, Fix } from './bridge.ts'

const PATIENCE_MS = 15_000
export const NOT_LOCATED = '没取到位置，可以不附，或到窗边再试一次。'
const REFUSED = '手机没有允许取位置。可以不附；要附请在手机设置里打开定位。'
/** PERMISSION_DENIED of the geolocation standard. */
const DENIED = 1

/** What every browser can do by itself. */
export const browserBridge: Bridge = {
  locate: () =>
    new Promise<Fix>((resolve, reject) => {
      if (!navigator.geolocation) return reject(new Error(NOT_LOCATED))
      navigator.geolocation.getCurrentPosition(
        ({ coords }) =>
          resolve({
            lat: coords.latitude,
            lng: coords.longitude,
            datum: 'WGS-84',
            accuracyM: Math.round(coords.accuracy),
          }),
        ({ code }) => reject(new Error(code === DENIED ? REFUSED : NOT_LOCATED)),
        { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60_000 },
      )
    }),
}
