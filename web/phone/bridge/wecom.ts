import * as ww from '@wecom/jssdk'
import type { App } from '../../shared/phone-api.ts'
import { compressPhoto } from '../compress.ts'
import { postJson } from '../http.ts'
import { newUuid } from '../outbox/entry.ts'
import type { Bridge, Shot } from './bridge.ts'
import { NOT_LOCATED } from './browser.ts'
import { within } from './within.ts'

const READY_MS = 8_000
const LOCATE_MS = 15_000
/** Somebody looks for the right picture. */
const CHOOSE_MS = 5 * 60_000
const UPLOAD_MS = 60_000
const NO_PHOTO = '没取到照片，请再选一次。'

/** Inside WeCom. @throws where the page may not use the app: then the browser's own ways serve */
export async function openWecom(app: App & { kind: 'wecom' }, browser: Bridge): Promise<Bridge> {
  if (!ww.env.isWeCom) return browser
  const { corpId, agentId } = app
  ww.register({
    corpId,
    agentId,
    jsApiList: ['getLocation', 'chooseImage', 'getLocalImgData', 'uploadImage', 'scanQRCode'],
    getConfigSignature: url => postJson('/sign', { url, hash: 'sha1' }),
  })
  await within(READY_MS, '企业微信没有准备好。', ww.ensureCorpConfigReady())

  const isPhone = /Android|iPhone|iPad|Harmony/i.test(navigator.userAgent)
  return {
    ...(isPhone && { takePhotos }),

    async locate() {
      const found = await within(LOCATE_MS, NOT_LOCATED, ww.getLocation({ type: ww.LocationType.wgs84 }))
      // Numbers on one system, text on the other.
      const [lat, lng, accuracy] = [found.latitude, found.longitude, found.accuracy].map(Number)
      if (!Number.isFinite(lat) || !Number.isFinite(lng)) throw new Error(NOT_LOCATED)
      return { lat: lat!, lng: lng!, datum: 'WGS-84', accuracyM: accuracy ? Math.round(accuracy) : undefined }
    },

    async scan() {
      const read = await within(CHOOSE_MS, '没扫到。', ww.scanQRCode({ needResult: true })).catch(ignoreCancel)
      return read?.resultStr?.replace(/^[A-Z]+_\d+,/, '')
    },
  }
}

/** On a desk the app has no camera to offer: there the browser's own field serves. */
async function takePhotos(most: number): Promise<Shot[]> {
  const chosen = await within(CHOOSE_MS, NO_PHOTO, ww.chooseImage({ count: most })).catch(ignoreCancel)
  const shots: Shot[] = []
  // One at a time: the app uploads no two at once.
  for (const localId of chosen?.localIds ?? []) shots.push(await readShot(localId))
  return shots
}

/** The bytes where the app hands them out (iPhones): smaller, and sent again from where the line broke. Else WeCom keeps the photo. */
async function readShot(localId: string): Promise<Shot> {
  try {
    const { localData } = await within(UPLOAD_MS, NO_PHOTO, ww.getLocalImgData({ localId }))
    const base64 = localData.replace(/^data:[^,]*,/, '').replace(/\s/g, '')
    const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
    const { bytes: small, preview } = await compressPhoto(new Blob([bytes]))
    return { photo: { id: newUuid(), bytes: small }, preview }
  } catch {
    const { serverId } = await within(UPLOAD_MS, NO_PHOTO, ww.uploadImage({ localId, isShowProgressTips: true }))
    return { photo: { media: serverId } }
  }
}

/** Whoever goes back without choosing has not failed. */
function ignoreCancel(error: unknown): undefined {
  const told = (error as { errMsg?: string; cause?: { errMsg?: string } }) ?? {}
  if (/:cancel$/.test(told.errMsg ?? told.cause?.errMsg ?? '')) return undefined
  throw error
}
