import { getLocation$ as getLocation } from 'dingtalk-jsapi/api/union/getLocation'
import { scan$ as scan } from 'dingtalk-jsapi/api/union/scan'
import dd from 'dingtalk-jsapi/entry/mobile'
import type { App } from '../../shared/phone-api.ts'
import { postJson } from '../http.ts'
import type { Bridge } from './bridge.ts'
import { NOT_LOCATED } from './browser.ts'
import { within } from './within.ts'

const READY_MS = 8_000
const LOCATE_MS = 20_000
const SCAN_MS = 5 * 60_000
const HASH_KEPT = 'xiaoge-dingtalk-hash'

interface Signed {
  timestamp: number
  nonceStr: string
  signature: string
}

/** Inside DingTalk: position with an address, and codes; photos come through the browser's own field. @throws where dd.config is refused */
export async function openDingtalk(app: App & { kind: 'dingtalk' }, browser: Bridge): Promise<Bridge> {
  if (dd.env.platform === 'notInDingTalk' || !app.agentId) return browser
  await configure(app.corpId, app.agentId)
  return {
    async locate() {
      const params = {
        type: 1,
        useCache: false,
        coordinate: '1',
        cacheTimeout: 20,
        withReGeocode: true,
        targetAccuracy: '200',
      }
      const { latitude, longitude, accuracy, address } = await within(LOCATE_MS, NOT_LOCATED, getLocation(params))
      const [lat, lng] = [Number(latitude), Number(longitude)]
      if (!Number.isFinite(lat) || !Number.isFinite(lng)) throw new Error(NOT_LOCATED)
      // `coordinate: '1'` is GCJ-02, and the only one that comes with an address.
      return {
        lat,
        lng,
        datum: 'GCJ-02',
        accuracyM: Math.round(Number(accuracy)) || undefined,
        name: address || undefined,
      }
    },
    async scan() {
      const read = await within(SCAN_MS, '没扫到。', scan({ type: 'qrCode' })).catch(() => undefined)
      return read?.code
    },
  }
}

/** A page may call dd.config once. Which hash a client wants is told nowhere: a refused one is remembered, the next page tries the other. */
async function configure(corpId: string, agentId: string): Promise<void> {
  const hash = localStorage.getItem(HASH_KEPT) === 'sha1' ? 'sha1' : 'sha256'
  const url = location.href.replace(/#.*$/, '')
  const { timestamp, nonceStr, signature } = await postJson<Signed>('/sign', { url, hash })
  const jsApiList = ['device.geolocation.get', 'biz.util.scan']
  const ready = new Promise<void>((resolve, reject) => {
    dd.error(error => reject(new Error('dd.config was refused', { cause: error })))
    dd.config({ agentId, corpId, timeStamp: timestamp, nonceStr, signature, type: 0, jsApiList })
    dd.ready(() => resolve())
  })
  await within(READY_MS, '钉钉没有准备好。', ready).catch(error => {
    localStorage.setItem(HASH_KEPT, hash === 'sha1' ? 'sha256' : 'sha1')
    throw error
  })
}
