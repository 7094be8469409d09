import { useState } from 'preact/hooks'
import type { MyDay } from '../shared/phone-api.ts'
import type { Fix } from './bridge/bridge.ts'
import { getJson } from './http.ts'
import { locationOf, PlaceField } from './place-field.tsx'
import { Result } from './result.tsx'
import type { TaskProps } from './task.ts'
import { useSubmit } from './use-submit.ts'

const NAMES = { on: '上班打卡', off: '下班打卡' } as const

/** One touch. */
export function CheckIn({ data, outbox, bridge }: TaskProps) {
  const [checkIn, setCheckIn] = useState(data.day.checkIn)
  const [fix, setFix] = useState<Fix>()
  const { isSending, fault, outcome, submit, reset } = useSubmit(outbox)
  const other = checkIn.next === 'on' ? 'off' : 'on'
  const clock = (kind: 'on' | 'off') => void submit({ is: 'checkIn', kind }, { location: locationOf(fix) })

  /** Shows what the server has by now; without a line, what it had. */
  function goBack(): void {
    reset()
    setFix(undefined)
    getJson<MyDay>('/day').then(
      day => setCheckIn(day.checkIn),
      () => {},
    )
  }

  if (outcome) return <Result outcome={outcome} outbox={outbox} again="返回打卡" onAgain={goBack} />
  return (
    <>
      <h1>打卡</h1>
      <p class="quiet">{data.today}</p>
      {checkIn.refusal ? (
        <p class="words">{checkIn.refusal}</p>
      ) : (
        <>
          {checkIn.words && <p class="words">{checkIn.words}</p>}
          <button type="button" class="round" disabled={isSending} onClick={() => clock(checkIn.next)}>
            {isSending ? '正在记…' : NAMES[checkIn.next]}
          </button>
          {fault && (
            <p class="fault" role="alert">
              {fault}
            </p>
          )}
          <PlaceField fix={fix} setFix={setFix} bridge={bridge} />
          <button type="button" class="plain wide" disabled={isSending} onClick={() => clock(other)}>
            我要打的是{NAMES[other].slice(0, 2)}卡
          </button>
        </>
      )}
    </>
  )
}
