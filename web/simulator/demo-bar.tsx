import { useState } from 'preact/hooks'
import type { DemoView } from '../shared/simulator-api.ts'

interface Props {
  demo?: DemoView
  start(): Promise<void>
  stop(): Promise<void>
}

const ENDS: Partial<Record<DemoView['state'], string>> = {
  done: '演完了。随便点开一个群看看，或者自己说一句。',
  stopped: '演示已停下，说过的话都还在。',
}

/** 演示一天: a whole working day of the street in under a minute. */
export function DemoBar({ demo, start, stop }: Props) {
  const [fault, setFault] = useState<string>()
  const attempt = (action: () => Promise<void>) => {
    setFault(undefined)
    action().catch((error: Error) => setFault(error.message))
  }
  if (demo?.state === 'playing') {
    return (
      <div class="demo playing" role="status">
        <span class="scene">{demo.scene || '演示开始了…'}</span>
        <progress max={demo.steps} value={demo.step} aria-label="演示进度" />
        <button type="button" onClick={() => attempt(stop)}>
          停下
        </button>
      </div>
    )
  }
  return (
    <div class="demo">
      <span class="scene" role="status">
        {fault ?? demo?.error ?? ENDS[demo?.state ?? 'idle'] ?? '第一次来？一分钟看完街道的一天：'}
      </span>
      <button type="button" class="primary" onClick={() => attempt(start)}>
        演示一天
      </button>
      <a href="/sim/h5" target="_blank" rel="noopener">
        手机页
      </a>
    </div>
  )
}
