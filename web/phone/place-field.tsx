import { useState } from 'preact/hooks'
import type { Bridge, Fix } from './bridge/bridge.ts'

/** Where somebody is, only if they say so: never asked for by itself, and taken off with one touch. */
export function PlaceField({ fix, setFix, bridge }: { fix?: Fix; setFix(fix?: Fix): void; bridge(): Promise<Bridge> }) {
  const [isLooking, setLooking] = useState(false)
  const [fault, setFault] = useState<string>()

  async function locate(): Promise<void> {
    setLooking(true)
    setFault(undefined)
    try {
      setFix(await (await bridge()).locate())
    } catch (error) {
      setFault((error as Error).message)
    } finally {
      setLooking(false)
    }
  }

  if (fix)
    return (
      <div class="field">
        <p class="attached">
          <span>已附上位置{fix.accuracyM !== undefined && `（误差约 ${fix.accuracyM} 米）`}</span>
          <button type="button" class="plain" onClick={() => setFix()}>
            去掉
          </button>
        </p>
        <label for="place-name">这是哪儿（可不填）</label>
        <input
          id="place-name"
          value={fix.name ?? ''}
          maxLength={100}
          placeholder="如：社区服务站"
          onInput={event => setFix({ ...fix, name: event.currentTarget.value })}
        />
      </div>
    )
  return (
    <div class="field">
      <button type="button" class="second" disabled={isLooking} onClick={() => void locate()}>
        {isLooking ? '正在取位置…' : '附上我的位置（可不附）'}
      </button>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}

/** As it is sent: an empty name is none. */
export function locationOf(fix: Fix | undefined) {
  if (!fix) return undefined
  const { lat, lng, datum, name } = fix
  return { lat, lng, datum, ...(name?.trim() ? { name: name.trim() } : {}) }
}
