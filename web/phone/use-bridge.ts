import { useCallback, useEffect, useRef } from 'preact/hooks'
import type { App } from '../shared/phone-api.ts'
import { type Bridge, openBridge } from './bridge/bridge.ts'

/** Begins to load what the app offers as soon as the page stands, so that the first touch need not wait. */
export function useBridge(app: App): () => Promise<Bridge> {
  const opening = useRef<Promise<Bridge> | undefined>(undefined)
  const bridge = useCallback(() => {
    opening.current ??= openBridge(app)
    return opening.current
  }, [app])
  useEffect(() => void bridge(), [bridge])
  return bridge
}
